"""Tampering: what somebody changes in an archive behind the program's back, and whether `archive verify` finds it.

Bytes of records and inventories; files removed, added, renamed, cut, swapped; versions and whole records moved about;
rewrites that are consistent, so that every OCFL validator calls them valid, and only the chain of the register tells;
rows and links of the register changed by SQL; the mark beside a case edited or taken away. Each change is undone
before the next, and at the end the archive must again be in order.

    tamper.py --bin target/release/vanthu [--bytes N] [--every N] [--folder /dev/shm]

`--every 1` tries every file and every change of the register; a sample takes every N-th.
"""

import argparse
import hashlib
import json
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import mixed
from results import Results

SEED = 20261126
PATIENCE = 3600  # seconds; only ends what waits for ever
OBJECT = "0=ocfl_object_1.1"
SIDECAR = "inventory.json.sha512"


class Archive:
    """An office with its archive, a copy of what it was, and the program that verifies it."""

    def __init__(self, program: Path, office: Path):
        self.program, self.office = program, office
        self.archive = office / "luu_tru"
        self.root = self.archive / "ho_so"
        self.copy = office.parent / f"{office.name}_nguyen"
        shutil.copytree(self.archive, self.copy)

    def call(self, *arguments: str) -> subprocess.CompletedProcess:
        command = [str(self.program), *arguments, "--van-phong", str(self.office)]
        return subprocess.run(command, cwd=self.office, capture_output=True, text=True, timeout=PATIENCE, check=False)

    def verify(self, *arguments: str) -> subprocess.CompletedProcess:
        return self.call("archive", "verify", *arguments)

    def restore(self) -> None:
        shutil.rmtree(self.archive)
        shutil.copytree(self.copy, self.archive)

    def files(self) -> list[Path]:
        return sorted(path for path in self.root.rglob("*") if path.is_file())

    def folders(self) -> list[Path]:
        return sorted(path for path in self.root.rglob("*") if path.is_dir())

    def objects(self) -> list[Path]:
        """Those with the most versions first."""
        found = sorted(path.parent for path in self.root.rglob(OBJECT))
        return sorted(found, key=lambda one: -len(list(one.glob("v[0-9]*"))))

    def reads(self) -> str:
        """All that the register says."""
        file = self.office.parent / "doc.csv"
        said = self.call("register", "list").stdout + self.call("register", "head").stdout
        self.call("register", "export", str(file), "--force")
        codes = re.findall(r"^(\S+)  (?:.*?/(\d{4}))", said, re.M)
        shown = (self.call("register", "show", code, "--nam", year).stdout for code, year in codes)
        return said + file.read_text("utf-8-sig") + "".join(shown)


def found(verified: subprocess.CompletedProcess) -> bool:
    """Whether the fault was told, in words and by the exit code; nothing else counts as found."""
    return verified.returncode == 1 and "panicked" not in verified.stderr and ("lỗi" in verified.stderr)


def make(program: Path, place: Path, name: str, seed: str, reserve: int = 3) -> mixed.Office:
    """An office of a dozen records, of one to four versions."""
    office = mixed.Office(program, place / name, False, random.Random(seed), mixed.signer())
    acts = [office.issue] * 9 + [lambda: office.issue(reserve=True)] * reserve + [office.void, office.replace, office.correct]
    acts += [office.scan] * 5 + [office.signed, office.recall]
    for turn, act in enumerate(acts):
        office.day = mixed.FIRST + (mixed.LAST - mixed.FIRST) * turn // len(acts)
        act()
    assert not office.wrong, office.wrong
    return office


def check(results: Results, program: Path, changes: int = 150, every: int = 20, folder: str | None = None) -> None:
    """So many single bytes, every `every`-th of the other changes."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        office = make(program, Path(place), "vp", "tamper")
        archive = Archive(program, office.folder)
        versions = [len(list(one.glob("v[0-9]*"))) for one in archive.objects()]
        verified = archive.verify("--deep")
        figure = f"{len(versions)} records, {sum(versions)} versions, {len(archive.files())} files; exit code {verified.returncode}"
        results.add("tamper: the archive is in order before", "", verified.returncode == 0 and max(versions) >= 3, figure)
        before, digest = archive.reads(), tree(archive.root)
        single_bytes(results, archive, changes)
        files(results, archive, every)
        records(results, archive, make(program, Path(place), "vp_khac", "another office").folder, every)
        consistent(results, archive, every)
        database(results, archive, every, before)
        tail(results, archive, office)
        marks(results, archive, office, every)
        same = tree(archive.root) == digest
        verified = archive.verify("--deep")
        figure = f"exit code {verified.returncode}, {'the same files' if same else 'files changed'}"
        results.add("tamper: the archive is in order again at the end", "", verified.returncode == 0 and same, figure)


def tree(root: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        digest.update(str(path.relative_to(root)).encode() + b"\0" + (path.read_bytes() if path.is_file() else b""))
    return digest.hexdigest()


def add(results: Results, kind: str, tried: int, missed: list[str]) -> None:
    figure = f"{tried - len(missed)} of {tried} found" + "".join(f"; missed: {one}" for one in missed[:3])
    results.add(f"tamper: {kind}", "", tried and not missed, figure)
    for one in missed:
        print("tamper:", kind, one, file=sys.stderr)


# Bytes.


def single_bytes(results: Results, archive: Archive, changes: int) -> None:
    """One byte of one file at a time: half of them in files chosen alike, half in bytes chosen alike."""
    chance = random.Random(SEED)
    paths = archive.files()
    sizes = [path.stat().st_size for path in paths]
    tried: dict[str, int] = {}
    missed: dict[str, list[str]] = {}
    turns = chance.sample(paths, len(paths))  # so that every file has its turn, if there are changes enough
    for turn in range(changes):
        path = turns[turn] if turn < len(turns) else chance.choice(paths) if turn % 2 else chance.choices(paths, sizes)[0]
        before = path.read_bytes()
        at, flip = chance.randrange(len(before)), chance.randrange(1, 256)
        path.write_bytes(before[:at] + bytes([before[at] ^ flip]) + before[at + 1 :])
        verified = archive.verify()
        path.write_bytes(before)
        kind = sort(path, archive.root)
        tried[kind] = tried.get(kind, 0) + 1
        if not found(verified):
            missed.setdefault(kind, []).append(f"{path.relative_to(archive.root)} byte {at} ^ {flip:#x}: {verified.returncode} {verified.stderr[-200:]}")
    for kind in sorted(tried):
        add(results, f"a byte of {kind}", tried[kind], missed.get(kind, []))
    total = sum(tried.values())
    add(results, "a byte anywhere in the records", total, [one for own in missed.values() for one in own])


def sort(path: Path, root: Path) -> str:
    if path.name in ("inventory.json", SIDECAR):
        place = "a version" if re.fullmatch(r"v\d+", path.parent.name) else "a record"
        return f"{'the sidecar' if path.name == SIDECAR else 'the inventory'} of {place}"
    if path.name.startswith("0="):
        return "a declaration"
    return "a kept file" if "content" in path.parts else "a file of the root"


# Files and folders.


def files(results: Results, archive: Archive, every: int) -> None:
    """Every file removed, emptied, cut, lengthened, renamed, made a link; something added to every folder; files swapped."""
    chance = random.Random(SEED)
    changes: dict[str, Iterator[tuple[Path, Callable[[Path], None]]]] = {
        "a file removed": ((path, Path.unlink) for path in archive.files()),
        "a file emptied": ((path, lambda path: path.write_bytes(b"")) for path in archive.files()),
        "a file cut by half": ((path, lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])) for path in archive.files()),
        "a byte added to a file": ((path, lambda path: path.write_bytes(path.read_bytes() + b"\n")) for path in archive.files()),
        "a file renamed": ((path, lambda path: path.rename(path.with_name(path.name + "~"))) for path in archive.files()),
        "a file made a link to the same bytes": ((path, link) for path in archive.files()),
        "a file made a folder": ((path, folder) for path in archive.files()),
        "a file added to a folder": ((path, lambda path: (path / "them.txt").write_text("x")) for path in archive.folders()),
        "an empty folder added to a folder": ((path, lambda path: (path / "them").mkdir()) for path in archive.folders()),
        "a folder removed": ((path, shutil.rmtree) for path in archive.folders()),
        "two files swapped": ((path, lambda path: swap(path, chance.choice(others(path, archive)))) for path in archive.files()),
    }
    for kind, own in changes.items():
        tried, missed = 0, []
        for at, (path, change) in enumerate(list(own)):
            if every > 1 and at % every != chance.randrange(every):
                continue
            change(path)
            verified = archive.verify()
            archive.restore()
            tried += 1
            # OCFL lets a version have other folders (W002), so of an empty one the program only warns.
            is_told = kind.startswith("an empty folder") and "OCFL W002" in verified.stderr
            if not found(verified) and not is_told:
                missed.append(f"{path.relative_to(archive.root)}: {verified.returncode} {verified.stderr[-200:]}")
        add(results, kind, tried, missed)


def link(path: Path) -> None:
    elsewhere = path.parents[len(path.parts) - 2 - path.parts.index("luu_tru")] / "ngoai"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def others(path: Path, archive: Archive) -> list[Path]:
    own = path.read_bytes()
    return [other for other in archive.files() if other.read_bytes() != own]


def swap(one: Path, other: Path) -> None:
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


# Records as wholes.


def records(results: Results, archive: Archive, other: Path, every: int) -> None:
    """Records moved, copied, exchanged; versions swapped; a record of another office under the same number."""
    theirs = {file.parent.name: file.parent for file in sorted((other / "luu_tru" / "ho_so").rglob(OBJECT))}
    for kind, change in RECORDS.items():
        tried, missed = 0, []
        for target in archive.objects():
            if (every > 1 and tried == 3) or change(target, archive, theirs) is None:
                continue
            verified = archive.verify()
            archive.restore()
            tried += 1
            if not found(verified):
                missed.append(f"{target.name}: {verified.returncode} {verified.stderr[-200:]}")
        add(results, kind, tried, missed)


def removed(target: Path, archive: Archive, _theirs: dict) -> bool:
    prune(target, archive.root)
    return True


def prune(target: Path, root: Path) -> None:
    """Takes a record away with the folders that only it was in, as an honest hand would."""
    shutil.rmtree(target)
    for above in target.parents:
        if above == root or any(above.iterdir()):
            return
        above.rmdir()


def copied(target: Path, archive: Archive, _theirs: dict) -> bool:
    shutil.copytree(target, target.with_name(target.name + "1"))
    return True


def copied_to_its_own_place(target: Path, archive: Archive, _theirs: dict) -> bool:
    """A copy under another number, where that number belongs, its inventories still of the old one."""
    name = target.name + "1"
    shutil.copytree(target, home(archive.root, name))
    return True


def renumbered(target: Path, archive: Archive, _theirs: dict) -> bool:
    """The same, its inventories of the new number: a record as valid as any, of which the register knows nothing."""
    copy = home(archive.root, target.name + "1")
    shutil.copytree(target, copy)
    for inventory in copy.rglob("inventory.json"):
        put(inventory, inventory.read_text("utf-8").replace(identity(target.name), identity(copy.name)))
    return True


def moved(target: Path, archive: Archive, _theirs: dict) -> bool:
    target.rename(target.parent / "dau_day")
    return True


def exchanged(target: Path, archive: Archive, _theirs: dict) -> bool | None:
    other = next(one for one in archive.objects() if one != target)
    swap_folders(target, other)
    return True


def versions_swapped(target: Path, _archive: Archive, _theirs: dict) -> bool | None:
    if not (target / "v2").is_dir():
        return None
    swap_folders(target / "v1", target / "v2")
    return True


def contents_swapped(target: Path, _archive: Archive, _theirs: dict) -> bool | None:
    if not (target / "v2").is_dir():
        return None
    swap_folders(target / "v1" / "content", target / "v2" / "content")
    return True


def version_doubled(target: Path, _archive: Archive, _theirs: dict) -> bool:
    last = len(list(target.glob("v[0-9]*")))
    shutil.copytree(target / f"v{last}", target / f"v{last + 1}")
    return True


def another_offices(target: Path, _archive: Archive, theirs: dict) -> bool | None:
    if target.name not in theirs:
        return None
    shutil.rmtree(target)
    shutil.copytree(theirs[target.name], target)
    return True


def one_more_of_another_office(target: Path, archive: Archive, theirs: dict) -> bool | None:
    """A record that is valid, of a number that this office never gave."""
    own = {one.name for one in archive.objects()}
    strange = [one for name, one in theirs.items() if name not in own]
    if not strange:
        return None
    shutil.copytree(strange[0], archive.root / strange[0].relative_to(next(p for p in strange[0].parents if p.name == "ho_so")))
    return True


def swap_folders(one: Path, other: Path) -> None:
    aside = one.with_name(one.name + "_tam")
    one.rename(aside)
    other.rename(one)
    aside.rename(other)


def identity(name: str) -> str:
    """The id of a record by the name of its folder."""
    return re.sub(r"%([0-9a-f]{2})", lambda escape: chr(int(escape[1], 16)), name)


def home(root: Path, name: str) -> Path:
    """Where a record of that name belongs: by the SHA-256 of its id, three folders deep."""
    digest = hashlib.sha256(identity(name).encode()).hexdigest()
    return root / digest[:3] / digest[3:6] / digest[6:9] / name


RECORDS = {
    "a record removed": removed,
    "a record copied under another name": copied,
    "a record copied to where another number belongs": copied_to_its_own_place,
    "a record copied and renumbered": renumbered,
    "a record's folder renamed": moved,
    "two records exchanged": exchanged,
    "two versions swapped": versions_swapped,
    "the contents of two versions swapped": contents_swapped,
    "a version doubled": version_doubled,
    "a record of another office with the same number": another_offices,
    "a record of another office more": one_more_of_another_office,
}


# Rewrites that OCFL validators call valid.


def put(inventory: Path, text: str) -> None:
    inventory.write_text(text, "utf-8")
    digest = hashlib.sha512(text.encode()).hexdigest()
    (inventory.parent / SIDECAR).write_text(f"{digest} inventory.json\n", "utf-8")


def rewrite(target: Path, logical: str, change: Callable[[bytes], bytes]) -> bool:
    """Changes a file of the first version and every digest of it in every inventory."""
    file = target / "v1" / "content" / logical
    if not file.is_file():
        return False
    before, after = file.read_bytes(), change(file.read_bytes())
    file.write_bytes(after)
    old, new = (hashlib.sha512(text).hexdigest() for text in (before, after))
    for inventory in [target / "inventory.json", *target.glob("v*/inventory.json")]:
        put(inventory, inventory.read_text("utf-8").replace(old, new))
    return True


def rolled_back(target: Path) -> bool:
    """The newest version taken away as if it had never been."""
    last = len(list(target.glob("v[0-9]*")))
    if last < 2:
        return False
    shutil.rmtree(target / f"v{last}")
    put(target / "inventory.json", (target / f"v{last - 1}" / "inventory.json").read_text("utf-8"))
    return True


def went_on(target: Path) -> bool:
    """A version more, with the same files."""
    text = (target / "inventory.json").read_text("utf-8")
    inventory = json.loads(text)
    last = int(inventory["head"][1:])
    inventory["versions"][f"v{last + 1}"] = inventory["versions"][f"v{last}"]
    inventory["head"] = f"v{last + 1}"
    (target / f"v{last + 1}").mkdir()
    for folder in (target, target / f"v{last + 1}"):
        put(folder / "inventory.json", json.dumps(inventory, ensure_ascii=False))
    return True


def retold(target: Path) -> bool:
    """Another date and another name in the inventories, nothing else."""
    for inventory in [target / "inventory.json", *target.glob("v*/inventory.json")]:
        put(inventory, inventory.read_text("utf-8").replace("+07:00", "+08:00"))
    return True


def other_reason(text: bytes) -> bytes:
    return text.replace(b'"signer":"', b'"signer":"X ', 1)


CONSISTENT: dict[str, Callable[[Path], bool]] = {
    "a word of the case": lambda o: rewrite(o, "ho_so.yaml", lambda text: text + b"# x\n"),
    "the PDF": lambda o: rewrite(o, "van_ban.pdf", lambda text: text + b"\n"),
    "the DOCX": lambda o: rewrite(o, "van_ban.docx", lambda text: text[:-1] + b"\1"),
    "the event": lambda o: rewrite(o, "su_kien.json", other_reason),
    "the metadata": lambda o: rewrite(o, "du_lieu_dac_ta.xml", lambda text: text.replace(b">", b"> ", 1)),
    "the dates of the inventories": retold,
    "the newest version taken away": rolled_back,
    "a version more": went_on,
}


def consistent(results: Results, archive: Archive, every: int) -> None:
    """Each rewrite of each record that has what is rewritten: valid to OCFL, found by the chain."""
    ocfl, trouble = validator()
    for kind, change in CONSISTENT.items():
        tried, missed, valid = 0, [], 0
        for target in archive.objects()[:: min(every, 5)]:
            before = tree(target)
            if not change(target) or tree(target) == before:
                archive.restore()
                continue
            # An outside validator takes a second, so it sees two of them.
            if ocfl and valid < 2:
                verdicts, _ = ocfl.by_ocfl_py([target])
                valid += bool(verdicts.get(target))
                if not verdicts.get(target):
                    missed.append(f"{target.name}: not a valid record, so nothing is shown")
            verified = archive.verify()
            archive.restore()
            tried += 1
            if not found(verified):
                missed.append(f"{target.name}: {verified.returncode} {verified.stderr[-200:]}")
        add(results, f"rewritten consistently: {kind}", tried, missed)
        passed = valid > 0 if ocfl else False
        results.add("tamper: ocfl-py calls the rewritten record valid", kind, passed, f"{valid} records" if ocfl else trouble)


def validator():
    """The module with ocfl-py, or why there is none."""
    try:
        import ocfl
    except ImportError as fault:
        return None, fault
    return ocfl, ""


# The register.


def database(results: Results, archive: Archive, every: int, before: str) -> None:
    """Rows and links changed by SQL, with all triggers dropped and put back: found, or all reads as before."""
    path = archive.archive / "so_dang_ky.db"
    statements = [statement for _, group in sql(path) for statement in group]
    tried, missed, harmless = 0, [], []
    for at, (name, statement) in enumerate(statements):
        if every > 1 and at % max(1, every // 4):
            continue
        if not by_sql(path, statement):
            archive.restore()
            continue
        tried += 1
        verified = archive.verify()
        if not found(verified):
            unchanged = verified.returncode == 0 and archive.reads() == before
            (harmless if unchanged else missed).append(f"{name}: {statement[:90]}: {verified.returncode}{verified.stderr[-200:]}")
        archive.restore()
    add(results, "the register changed by SQL", tried, missed)
    figure = f"{len(harmless)} of {tried}" + "".join(f"; {one}" for one in harmless[:3])
    results.add("tamper: changed by SQL, and all reads as before", "", True, figure)


def sql(path: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Statements for every column of every row, rows removed, added and exchanged."""
    with sqlite3.connect(path) as connection:
        entries = [row[0] for row in connection.execute("SELECT id FROM entry ORDER BY id")]
        events = [row[0] for row in connection.execute("SELECT seq FROM event ORDER BY seq")]
    connection.close()
    texts = {"organ": "'X'", "label": "'khac'", "object": "object || 'x'", "request": "lower(hex(randomblob(16)))", "date": "date(date, '+1 day')",
             "given_at": "'2020-01-01T00:00:00+07:00'", "given_by": "'Kẻ lạ'", "type_name": "'Thư'", "subject": "'Khác'",
             "state": "CASE state WHEN 'phat_hanh' THEN 'thu_hoi' ELSE 'phat_hanh' END", "version": "version + 1", "case_sha256": "'" + "0" * 64 + "'",
             "year": "year - 1", "number": "number + 500", "letter": "'z'", "seq": "(SELECT max(seq) FROM event)"}
    for column, value in texts.items():
        yield column, [(f"entry.{column}", f"UPDATE entry SET {column} = {value} WHERE id = {row}") for row in entries]
    texts = {"body": "replace(body, 'signer\":\"', 'signer\":\"X')", "inventory_sha512": "'" + "0" * 128 + "'", "hash": "'" + "0" * 63 + "' || (seq % 10)", "object": "(SELECT object FROM entry ORDER BY id DESC LIMIT 1)"}
    for column, value in texts.items():
        yield column, [(f"event.{column}", f"UPDATE event SET {column} = {value} WHERE seq = {row}") for row in events]
    yield "entry", [("a row removed", f"DELETE FROM entry WHERE id = {row}") for row in entries]
    yield "event", [("a link removed", f"DELETE FROM event WHERE seq = {row}") for row in events]
    both = "DELETE FROM event WHERE object = (SELECT object FROM entry WHERE id = {0}); DELETE FROM search WHERE rowid = {0}; DELETE FROM entry WHERE id = {0}"
    yield "number", [("a number removed with its links", both.format(row)) for row in entries]
    yield "words", [("search", f"UPDATE search SET folded = 'x' WHERE rowid = {row}") for row in entries]
    yield "words", [("search", f"DELETE FROM search WHERE rowid = {row}") for row in entries]
    exchange = "UPDATE event SET body = CASE seq WHEN {0} THEN (SELECT body FROM event WHERE seq = {1}) ELSE (SELECT body FROM event WHERE seq = {0}) END WHERE seq IN ({0}, {1})"
    yield "order", [("links exchanged", exchange.format(one, one + 1)) for one in events[:-1]]
    more = "INSERT INTO event (seq, object, body, inventory_sha512, hash) SELECT {0} + 1, object, replace(replace(body, '\"seq\":{0},', '\"seq\":' || ({0} + 1) || ','), '\"version\":', '\"version\":1'), inventory_sha512, '" + "a" * 64 + "' FROM event WHERE seq = {0}"
    yield "more", [("a link more", more.format(events[-1]))]
    row = "INSERT INTO entry (year, organ, label, number, letter, object, request, date, given_at, given_by, type_name, subject, state, version, case_sha256) SELECT year, organ, label, (SELECT max(number) + 7 FROM entry), '', object || 'x', lower(hex(randomblob(16))), date, given_at, given_by, type_name, subject, 'giu_so', 0, '' FROM entry WHERE id = {0}"
    yield "more", [("a row more", row.format(row_id)) for row_id in entries]
    tail = "UPDATE entry SET state = 'giu_so', version = 0, seq = NULL, case_sha256 = '' WHERE object = (SELECT object FROM event WHERE seq = {0}) AND version = 1; DELETE FROM event WHERE seq = {0}"
    yield "tail", [("the last link taken away with what it said", tail.format(events[-1]))]


def by_sql(path: Path, statement: str) -> bool:
    """Runs a statement with no trigger in the way, and puts the triggers back as they were; whether anything changed."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid").fetchall()
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN")
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        changes = connection.total_changes
        for part in statement.split("; "):
            connection.execute(part)
        changed = connection.total_changes > changes
        for _, text in triggers:
            connection.execute(text)
        connection.execute("COMMIT")
        return changed
    except sqlite3.IntegrityError:  # a constraint of the table itself forbids it
        return False
    finally:
        connection.close()


def tail(results: Results, archive: Archive, office: mixed.Office) -> None:
    """An archive put back to what it was some acts ago, whole: only a head that was kept elsewhere tells."""
    head = office.folder.parent / "dau_chuoi.txt"
    for turn in range(4):
        office.day = mixed.LAST
        office.scan() if turn % 2 else office.issue()
    assert not office.wrong, office.wrong
    head.write_text(archive.call("register", "head").stdout, "utf-8")
    verified = archive.verify("--dau-chuoi", str(head))
    results.add("tamper: an exported head fits the archive it is of", "", verified.returncode == 0, verified.stderr[-200:])
    archive.restore()
    verified = archive.verify()
    results.add("tamper: a tail that was cut off whole is NOT found without a head", "as the docs say", verified.returncode == 0, f"exit code {verified.returncode}")
    verified = archive.verify("--dau-chuoi", str(head))
    results.add("tamper: a tail that was cut off is found with an exported head", "", found(verified), verified.stderr[-200:])


# The mark beside a case.


def marks(results: Results, archive: Archive, office: mixed.Office, every: int) -> None:
    """The mark edited or taken away: the same case gets no second number, and nothing is lost."""
    rows = [row for row in office.in_state(mixed.ISSUED) if row.case and (office.folder / row.case / "phat_hanh.yaml").is_file()]
    rows = [row for row in rows if row.key in known(archive, office)]
    rows = rows[: 2 if every > 1 else len(rows)]
    before, digest = archive.reads(), tree(archive.root)
    for order in ("ky_truoc", "so_truoc"):
        office.order(order)
        options = ["--reserve"] if order == "so_truoc" else []
        for name, change in MARKS.items():
            wrong = []
            for row in rows:
                mark = office.folder / row.case / "phat_hanh.yaml"
                other = next(one for one in rows if one != row)
                kept = mark.read_text("utf-8")
                change(mark, kept, (office.folder / other.case / "phat_hanh.yaml").read_text("utf-8"))
                done = archive.call("issue", row.case, *options)
                if "panicked" in done.stderr or done.returncode not in (0, 1, 2):
                    wrong.append(f"{row.code}: {done.stderr[-200:]}")
                if archive.reads() != before or tree(archive.root) != digest or archive.verify().returncode != 0:
                    wrong.append(f"{row.code}: changed the archive: {done.stdout} {done.stderr[-200:]}")
                    archive.restore()
                remove(mark)
                mark.write_text(kept, "utf-8")
            results.add(f"tamper: mark {name}: no second number", order, rows and not wrong, f"{len(rows)} cases, {len(wrong)} wrong" + "".join(f"; {one}" for one in wrong[:2]))
            for one in wrong:
                print("tamper:", name, one, file=sys.stderr)


def known(archive: Archive, office: mixed.Office) -> set[tuple]:
    """Keys of the rows that are still in the register: the last acts were undone."""
    listed = archive.call("register", "list").stdout
    return {key for key, row in office.rows.items() if re.search(rf"^{re.escape(row.code)} +{re.escape(mixed.short(row.day))} ", listed, re.M)}


def remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def refilled(mark: Path, text: str) -> None:
    remove(mark)
    mark.write_text(text, "utf-8")


MARKS: dict[str, Callable[[Path, str, str], None]] = {
    "removed": lambda mark, text, other: remove(mark),
    "emptied": lambda mark, text, other: refilled(mark, ""),
    "with another request": lambda mark, text, other: refilled(mark, re.sub(r"yeu_cau: .*", "yeu_cau: " + "ab" * 16, text)),
    "with only another request": lambda mark, text, other: refilled(mark, "yeu_cau: " + "ab" * 16 + "\n"),
    "with a request that is none": lambda mark, text, other: refilled(mark, "yeu_cau: ../../x\n"),
    "of another case": lambda mark, text, other: refilled(mark, other),
    "that is not YAML": lambda mark, text, other: refilled(mark, "{["),
    "that is a folder": lambda mark, text, other: (remove(mark), mark.mkdir()),
    "that is a link to nothing": lambda mark, text, other: (remove(mark), mark.symlink_to("khong_co")),
    "without the code": lambda mark, text, other: refilled(mark, "".join(line for line in text.splitlines(True) if line.startswith("yeu_cau"))),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--bytes", type=int, default=5000)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--folder", help="where the offices are made; a folder in memory is fastest")
    options = parser.parse_args()
    results = Results()
    check(results, Path(options.bin).resolve(), options.bytes, options.every, options.folder)
    return results.tell()


if __name__ == "__main__":
    sys.exit(main())
