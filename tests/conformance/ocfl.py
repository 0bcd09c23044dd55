"""What ocfl-py and rocfl say of an archive, and bagit of a record that is handed over."""

import hashlib
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

import programs
from results import Results

BIN = Path(sys.executable).parent  # of the venv: the scripts of ocfl-py and bagit
ROCFL = BIN.parents[1] / "bin" / "rocfl"
OBJECT = "0=ocfl_object_1.1"


def objects_of(folder: Path) -> list[Path]:
    return [file.parent for file in sorted(folder.rglob(OBJECT))]


def judge_root(results: Results, root: Path) -> None:
    """A storage root with all its objects: no error and no warning."""
    objects = objects_of(root)
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
    """Which objects ocfl-py finds valid, and its warnings. One on which it breaks off has no verdict."""
    verdicts: dict[Path, bool] = {}
    warnings: list[str] = []
    rest = objects
    while rest:
        answer = programs.call(BIN / "ocfl-validate.py", *rest)
        found = re.findall(r"^OCFL v1\.\d Object at (.*) is (VALID|INVALID)$", answer.stdout, re.MULTILINE)
        verdicts |= {Path(path): verdict == "VALID" for path, verdict in found}
        warnings += re.findall(r".*\[W\d{3}\w?\].*", answer.stdout)
        refused = re.findall(r"^Bad path '", answer.stdout, re.MULTILINE)
        rest = rest[len(found) + len(refused) + 1 :]  # those after the one on which it broke off
    return verdicts, warnings


def judge_bag(results: Results, bag: Path, root: Path, whole: bool) -> None:
    """A handed-over record: complete, its digests fit, its files are those of the archive. `whole`: all versions."""
    answer = programs.call(BIN / "bagit.py", "--validate", bag)
    results.add("bagit: the bag is valid", bag.name, answer.returncode == 0, last(answer.stderr))
    record = kept(bag, root)
    inner = objects_of(bag)
    if whole:
        verdicts, warnings = by_ocfl_py(inner)
        valid = [verdicts.get(one) for one in inner] == [True] and not warnings
        results.add("ocfl-py: the record in the bag is valid", bag.name, valid, f"{len(inner)} objects {warnings[:1]}")
        wanted = digests(record) if record else {}
        found = digests(inner[0]) if inner else {}
    else:
        wanted = newest(record) if record else {}
        found = digests(bag / "data")
    results.add("the bag holds what the archive has", bag.name, wanted and found == wanted, f"{len(found)} files")
    judge_changed_bag(results, bag)


def judge_changed_bag(results: Results, bag: Path) -> None:
    """The control: bagit finds a changed byte."""
    with tempfile.TemporaryDirectory() as folder:
        broken = Path(folder) / bag.name
        shutil.copytree(bag, broken)
        files = sorted(p for p in (broken / "data").rglob("*") if p.is_file())
        if files:
            files[0].write_bytes(files[0].read_bytes()[:-1] + b"?")  # of the same size, so that the digest must tell
        answer = programs.call(BIN / "bagit.py", "--validate", broken)
        told = f"{files[0].name} sha512 validation failed" in answer.stderr if files else False
        results.add("bagit: a changed file is found", bag.name, answer.returncode and told, last(answer.stderr))


def kept(bag: Path, root: Path) -> Path | None:
    """The object of the archive that a bag names."""
    info = (bag / "bag-info.txt").read_text("utf-8") if bag.is_dir() else ""
    named = re.findall(r"^External-Identifier: (.*)$", info, re.MULTILINE)
    ids = {json.loads((one / "inventory.json").read_text("utf-8"))["id"]: one for one in objects_of(root)}
    return ids.get("".join(named))


def newest(record: Path) -> dict[str, str]:
    """The files of the newest version by their logical path."""
    inventory = json.loads((record / "inventory.json").read_text("utf-8"))
    state = inventory["versions"][inventory["head"]]["state"]
    return {path: digest for digest, paths in state.items() for path in paths}


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha512(path.read_bytes()).hexdigest() for path in files}


def last(text: str) -> str:
    return next(iter(reversed(text.strip().splitlines())), "")
