"""Some forty damages to a record and to the root, each to a copy of an office: who finds them.

A program that finds everything in order is to be believed only if it also finds what others find: ocfl-py, rocfl and
`archive verify` must each find every damage, but for those to which ocfl-py is blind. The program must also say where:
it tells of no record that nobody touched.
"""

import hashlib
import json
import random
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import mixed
import ocfl
import programs
from results import Results

RECORDS = Path("luu_tru") / "ho_so"
JUDGES = {"ocfl-py", "rocfl", "vanthu"}
# It follows links, breaks off with an error of its own, and does not look for strange keys.
BLIND = {name: {"ocfl-py"} for name in ("a file is a link", "no manifest", "a key that OCFL does not know")}


def check(results: Results, program: Path) -> None:
    """Each damage to a copy of an office of a few records, one of them of three versions."""
    with tempfile.TemporaryDirectory() as folder:
        office = mixed.Office(program, Path(folder) / "vp", False, random.Random(mixed.SEED), None)
        for act in (office.issue, office.scan, office.recall, office.issue, lambda: office.issue(reserve=True)):
            act()
        results.add("damages: an office to damage", "", not office.wrong, office.wrong[:1] or f"{len(office.rows)} records")
        control = damaged(office.folder, Path(folder) / "lanh", lambda target, root: None)
        copies = {name: damaged(office.folder, Path(folder) / str(n), of) for n, (name, of) in enumerate(DAMAGES.items())}
        verdicts, _ = ocfl.by_ocfl_py([target for _, target in [control, *copies.values()]])
        found = finders(program, *control, verdicts)
        results.add("damages: a copy without any is in order for all three", "", not found, ", ".join(found))
        for name, (copy, target) in copies.items():
            found = finders(program, copy, target, verdicts)
            wanted = JUDGES - BLIND.get(name, set())
            results.add("damages: found by each", name, set(found) == wanted, "by " + (", ".join(found) or "none"))


def damaged(office: Path, copy: Path, damage: Callable[[Path, Path], None]) -> tuple[Path, Path]:
    """A copy of the office with the damage done; and the object it was done to, which has the most versions."""
    shutil.copytree(office, copy)
    root = copy / RECORDS
    target = max(ocfl.objects_of(root), key=lambda o: len(list(o.glob("v[0-9]*"))))
    damage(target, root)
    return copy, target


def finders(program: Path, copy: Path, target: Path, verdicts: dict[Path, bool]) -> list[str]:
    """Who finds that something is wrong with a copy of the office. A judge that could not judge has found nothing."""
    root = copy / RECORDS
    found = {
        "ocfl-py": verdicts.get(target) is False or in_root_by_ocfl_py(root),
        "rocfl": bool(re.search(r"\[E\d{3}\]", programs.call(ocfl.ROCFL, "-r", root, "validate").stdout)),
        "vanthu": by_program(program, copy, target),
    }
    return [judge for judge, did in found.items() if did]


def in_root_by_ocfl_py(root: Path) -> bool:
    """Whether something is wrong between the objects. Half a second each, so it is asked last."""
    answer = programs.call(ocfl.BIN / "ocfl-root.py", "validate", "--root", root)
    return f"Storage root {root} is INVALID" in answer.stdout


def by_program(program: Path, copy: Path, target: Path) -> bool:
    """Whether a fault is told, in words and by the exit code, and of no record but the damaged one."""
    answer = programs.call(program, "archive", "verify", "--van-phong", copy)
    others = [o.name for o in ocfl.objects_of(copy / RECORDS) if o != target]
    blamed = [name for name in others if name in answer.stderr or unquote(name) in answer.stderr]
    return answer.returncode == 1 and "lỗi[" in answer.stderr and "--> ho_so" in answer.stderr and not blamed


def edited(change: Callable[[dict], None]) -> Callable[[Path, Path], None]:
    """A change of the main inventory and the newest version's, with sidecars that fit."""

    def damage(target: Path, _root: Path) -> None:
        inventory = json.loads((target / "inventory.json").read_text("utf-8"))
        head = inventory["head"]
        change(inventory)
        for folder in (target, target / head):
            put(folder, json.dumps(inventory, ensure_ascii=False))

    return damage


def put(folder: Path, text: str) -> None:
    (folder / "inventory.json").write_text(text, "utf-8")
    digest = hashlib.sha512(text.encode()).hexdigest()
    (folder / "inventory.json.sha512").write_text(f"{digest} inventory.json\n", "utf-8")


def content(target: Path) -> Path:
    """A file of the first version."""
    return sorted(p for p in (target / "v1" / "content").rglob("*") if p.is_file())[0]


def newest(inventory: dict) -> dict:
    return inventory["versions"][inventory["head"]]


def to_none(inventory: dict) -> None:
    newest(inventory)["state"]["0" * 128] = ["khong_co.txt"]


def leads_up(inventory: dict) -> None:
    digest = next(iter(inventory["manifest"]))
    inventory["manifest"][digest] = ["v1/content/../../../mat.txt"]


def twice(inventory: dict) -> None:
    digest = next(iter(newest(inventory)["state"]))
    newest(inventory)["state"][digest] = ["a", "a/b"]


def another_past(inventory: dict) -> None:
    inventory["versions"]["v1"]["state"] = newest(inventory)["state"]


def linked(target: Path, root: Path) -> None:
    file, elsewhere = content(target), root.parent / "that"
    file.rename(elsewhere)
    file.symlink_to(elsewhere)


def unregistered(target: Path, _root: Path) -> None:
    text = (target / "v1" / "inventory.json").read_text("utf-8")
    put(target, text)


DAMAGES: dict[str, Callable[[Path, Path], None]] = {
    "a byte of a file": lambda o, r: content(o).write_bytes(content(o).read_bytes()[:-1] + b"?"),
    "an empty file": lambda o, r: content(o).write_bytes(b""),
    "a file is gone": lambda o, r: content(o).unlink(),
    "a file has another name": lambda o, r: content(o).rename(content(o).with_name("ten_khac")),
    "a file too many in content": lambda o, r: (o / "v1" / "content" / "them.txt").write_text("a"),
    "a file too many in a version": lambda o, r: (o / "v1" / "them.txt").write_text("a"),
    "a file too many in the object": lambda o, r: (o / "them.txt").write_text("a"),
    "a folder too many in the object": lambda o, r: (o / "them").mkdir(),
    "an empty folder in content": lambda o, r: (o / "v1" / "content" / "trong").mkdir(),
    "a file is a link": linked,
    "the first version is gone": lambda o, r: shutil.rmtree(o / "v1"),
    "a version too many": lambda o, r: shutil.copytree(o / "v1", o / "v9"),
    "the newest version is not told of": unregistered,
    "no declaration": lambda o, r: (o / ocfl.OBJECT).unlink(),
    "a declaration with other contents": lambda o, r: (o / ocfl.OBJECT).write_text("ocfl_object_1.0\n"),
    "no inventory": lambda o, r: (o / "inventory.json").unlink(),
    "an inventory with a blank more": lambda o, r: (o / "inventory.json").open("a").write(" "),
    "an inventory that is no JSON": lambda o, r: put(o, "{"),
    "no sidecar": lambda o, r: (o / "inventory.json.sha512").unlink(),
    "no sidecar in a version": lambda o, r: (o / "v1" / "inventory.json.sha512").unlink(),
    "a sidecar without a name": lambda o, r: (o / "inventory.json.sha512").write_text("abc\n"),
    "a wrong sidecar": lambda o, r: (o / "inventory.json.sha512").write_text("0" * 128 + " inventory.json\n"),
    "no id": edited(lambda i: i.pop("id")),
    "another type": edited(lambda i: i.update(type="https://ocfl.io/9.9/spec/#inventory")),
    "an algorithm that is not allowed": edited(lambda i: i.update(digestAlgorithm="md5")),
    "a head that is not there": edited(lambda i: i.update(head="v9")),
    "no manifest": edited(lambda i: i.pop("manifest")),
    "no versions": edited(lambda i: i.pop("versions")),
    "a state of a strange digest": edited(to_none),
    "a content path that leads up": edited(leads_up),
    "a logical path below a file": edited(twice),
    "no date": edited(lambda i: newest(i).pop("created")),
    "a date without a time zone": edited(lambda i: newest(i).update(created="2026-11-26T08:30:00")),
    "a message that is a number": edited(lambda i: newest(i).update(message=3)),
    "a user without a name": edited(lambda i: newest(i).update(user={"address": "urn:b"})),
    "the past is another": edited(another_past),
    "a fixity that is a list": edited(lambda i: i.update(fixity=[])),
    "a key that OCFL does not know": edited(lambda i: i.update(ghi_chu="a")),
    "an empty folder in the root": lambda o, r: (r / "abc").mkdir(),
    "a file in the hierarchy": lambda o, r: (o.parent / "la.txt").write_text("a"),
    "no declaration of the root": lambda o, r: (r / "0=ocfl_1.1").unlink(),
}
