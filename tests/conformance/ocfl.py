"""The archive as ocfl-py and rocfl judge it, a handed-over record as bagit does; and what the program itself finds.

Every damage of a list is done to a copy of an office, and the two validators and the program must each find it: a
program that finds everything in order is to be believed only if it also finds what others find.
"""

import hashlib
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import programs
from results import Results

BIN = Path(sys.executable).parent  # of the venv: the scripts of ocfl-py and bagit
ROCFL = BIN.parents[1] / "bin" / "rocfl"
SAMPLES = Path(__file__).resolve().parents[1] / "cases" / "samples"
RECORDS = Path("luu_tru") / "ho_so"
OBJECT = "0=ocfl_object_1.1"

JUDGES = {"ocfl-py", "rocfl", "vanthu"}
BLIND = {"a file is a link": {"ocfl-py"}}  # it follows links

Verify = Callable[[Path], bool]  # whether the program finds the archive of an office in order


def check(results: Results, program: Path) -> None:
    """An office of the real program: its root, a record handed over, and every damage."""
    with tempfile.TemporaryDirectory() as folder:
        office = Path(folder) / "van_phong"
        if not build(results, program, office):
            return
        judge_root(results, office / RECORDS)
        bag = Path(folder) / "giao_nop"
        run(results, program, "archive", "export", "1", "--van-phong", office, "--out", bag)
        judge_bag(results, bag)

        def verify(copy: Path) -> bool:
            return programs.call(program, "archive", "verify", "--van-phong", copy).returncode == 0

        judge_damages(results, office, Path(folder) / "hong", verify)


def build(results: Results, program: Path, office: Path) -> bool:
    """`vanthu init`, then every sample issued without number and date of its own; one is recalled: two versions."""
    done = run(results, program, "init", office)
    for sample in sorted(p for p in SAMPLES.glob("*") if (p / "ho_so.yaml").is_file()):
        case = office / "ho_so" / sample.name
        shutil.copytree(sample, case, ignore=shutil.ignore_patterns("*.pdf", "*.docx"))
        for file in case.glob("*.yaml"):
            kept = re.sub(r"^(so|ngay):.*\n", "", file.read_text("utf-8"), flags=re.MULTILINE)
            file.write_text(kept, "utf-8")
        root = ("--root", case / "templates") if (case / "templates").is_dir() else ()
        done &= run(results, program, "issue", case, "--ngay", "26/11/2026", "--nguoi", "Trần Thị B", *root)
    return done & run(results, program, "register", "recall", "1", "--ly-do", "thử", "--van-phong", office)


def run(results: Results, program: Path, *arguments) -> bool:
    answer = programs.call(program, *arguments)
    trouble = (answer.stderr or answer.stdout).strip().splitlines()[:1] if answer.returncode else []
    label = f"vanthu {arguments[0]} exits 0"
    results.add(label, Path(str(arguments[1])).name, not answer.returncode, "".join(trouble))
    return not answer.returncode


def judge_root(results: Results, root: Path) -> None:
    """A storage root with all its objects: no error and no warning."""
    objects = [file.parent for file in sorted(root.rglob(OBJECT))]
    versions = sum(len(list(o.glob("v[0-9]*"))) for o in objects)
    results.add("records in the archive", root.name, objects, f"{len(objects)} objects, {versions} versions")
    answer = programs.call(BIN / "ocfl-root.py", "validate", "--root", root)
    passed = answer.returncode == 0 and f"Storage root {root} is VALID" in answer.stdout
    results.add("ocfl-py: storage root", root.name, passed, last(answer.stdout) or answer.stderr)
    verdicts, warnings = by_ocfl_py(objects)
    wrong = [o.name for o in objects if not verdicts.get(o)]
    figure = wrong[:3] or f"{len(objects)} objects"
    results.add("ocfl-py: every object is valid", root.name, objects and not wrong, figure)
    results.add("ocfl-py: no warning", root.name, not warnings, warnings[:3])
    answer = programs.call(ROCFL, "-r", root, "validate")
    counts = dict(re.findall(r"^ *(Total objects|Invalid objects|Storage issues): +(\d+)", answer.stdout, re.MULTILINE))
    wanted = {"Total objects": str(len(objects)), "Invalid objects": "0", "Storage issues": "0"}
    results.add("rocfl: root and objects are valid", root.name, not answer.returncode and counts == wanted, counts)
    warned = re.findall(r".*\bW\d{3}\b.*", answer.stdout)
    results.add("rocfl: no warning", root.name, not warned, warned[:3])


def by_ocfl_py(objects: list[Path]) -> tuple[dict[Path, bool], list[str]]:
    """Which objects ocfl-py finds valid, and its warnings."""
    answer = programs.call(BIN / "ocfl-validate.py", *objects)
    found = re.findall(r"^OCFL v1\.\d Object at (.*) is (VALID|INVALID)$", answer.stdout, re.MULTILINE)
    warnings = re.findall(r".*\[W\d{3}\w?\].*", answer.stdout)
    return {Path(path): verdict == "VALID" for path, verdict in found}, warnings


def judge_bag(results: Results, bag: Path) -> None:
    """A handed-over record: complete, its digests fit, its size is as it says."""
    answer = programs.call(BIN / "bagit.py", "--validate", bag)
    results.add("bagit: the bag is valid", bag.name, answer.returncode == 0, last(answer.stderr))
    inner = [file.parent for file in bag.rglob(OBJECT)]
    verdicts, warnings = by_ocfl_py(inner) if inner else ({}, [])
    results.add("ocfl-py: a record in a bag is valid", bag.name, all(verdicts.values()) and not warnings, len(inner))
    with tempfile.TemporaryDirectory() as folder:
        broken = Path(folder) / bag.name
        shutil.copytree(bag, broken)
        files = sorted(p for p in (broken / "data").rglob("*") if p.is_file())
        if files:
            files[0].write_bytes(files[0].read_bytes()[:-1] + b"?")  # of the same size, so that the digest must tell
        answer = programs.call(BIN / "bagit.py", "--validate", broken)
        results.add("bagit: a changed file is found", bag.name, files and answer.returncode != 0, last(answer.stderr))


def judge_damages(results: Results, office: Path, scratch: Path, verify: Verify) -> None:
    """Each damage to a copy of the office: the two validators and the program all find it."""
    copies = {name: damaged(office, scratch / str(n), damage) for n, (name, damage) in enumerate(DAMAGES.items())}
    control = damaged(office, scratch / "lanh", lambda target, root: None)
    verdicts, _ = by_ocfl_py([target for _, target in [control, *copies.values()]])
    found = finders(*control, verdicts, verify)
    results.add("a copy without damage is in order for all three", office.name, not found, ", ".join(found))
    for name, (copy, target) in copies.items():
        found = finders(copy, target, verdicts, verify)
        wanted = JUDGES - BLIND.get(name, set())
        results.add("damage is found by each", name, wanted <= set(found), "by " + (", ".join(found) or "none"))


def finders(copy: Path, target: Path, verdicts: dict[Path, bool], verify: Verify) -> list[str]:
    """Who finds that something is wrong with a copy of the office."""
    root = copy / RECORDS
    in_root = programs.call(BIN / "ocfl-root.py", "validate", "--root", root)
    found = {
        "ocfl-py": not verdicts.get(target) or in_root.returncode != 0 or "INVALID" in in_root.stdout,
        "rocfl": programs.call(ROCFL, "-r", root, "validate").returncode != 0,
        "vanthu": not verify(copy),
    }
    return [judge for judge, did in found.items() if did]


def damaged(office: Path, copy: Path, damage: Callable[[Path, Path], None]) -> tuple[Path, Path]:
    """A copy of the office with the damage done; and the object it was done to, which has the most versions."""
    shutil.copytree(office, copy)
    root = copy / RECORDS
    objects = [file.parent for file in sorted(root.rglob(OBJECT))]
    target = max(objects, key=lambda o: len(list(o.glob("v[0-9]*"))))
    damage(target, root)
    return copy, target


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
    "no declaration": lambda o, r: (o / OBJECT).unlink(),
    "a declaration with other contents": lambda o, r: (o / OBJECT).write_text("ocfl_object_1.0\n"),
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


def last(text: str) -> str:
    return next(iter(reversed(text.strip().splitlines())), "")
