"""Hostile names and ids, given everywhere a name goes in: nothing outside the office is opened, made, renamed or deleted.

Names that lead elsewhere, that no system should have, that look like others: as case folders and files, data files,
numbers, offices, outputs, agencies, wordings, notes; in the mark beside a case; planted in the archive as inventories,
objects and files; and links to the outside in every place of the office. Each call of the program runs under strace;
every file that it opens, makes, renames or deletes must lie in the office, or be what the clerk named. Afterwards the
archive must be in order, unless the fault was planted in it: then the program must say so, and not fall over.

    hostile_names.py --bin target/release/vanthu [--every N] [--where REGEX] [--folder /dev/shm]
"""

import argparse
import errno
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import hostile
from results import Results

PATIENCE = 3600  # seconds; only ends what waits for ever
OBJECT = "0=ocfl_object_1.1"
SIDECAR = "inventory.json.sha512"
CODE = "01/BC-SVH"

NAMES = [
    "..", ".", "../ngoai/mat", "../../ngoai/mat", "a/../../../ngoai/mat", "..\\..\\ngoai\\mat", "/etc/passwd", "/", "//ngoai", "C:\\Windows\\x",
    "\\\\may\\chia", "~/x", "", " ", "x ", " x", "x.", "...", "x..", "-x", "--van-phong=..", "*", "?", "$(touch ngoai)", "`id`", "%2e%2e%2fngoai",
    "'; DROP TABLE entry;--", '"x"', "|x", "<x>", "x:y", "CON", "NUL", "nul.txt", "COM1", "com¹.pdf", "LPT9", "AUX", "PRN", "CONIN$",
    "Đề án", unicodedata.normalize("NFD", "Đề án"), "Hồ sơ", "a" * 255, "ạ" * 100, "a" * 300, "a/" * 200 + "a", "x\u202egnp", "x\u2066y\u2069", "x\u200fy", "x\u200by",
    "\ufeffx", "x\u00a0y", "x\x01y", "x\x1b[31my", "x\ny", "x\ty", "x\rý", "x\x7f", "😀", "x\U000e0001y", os.fsdecode(b"x\xff\xfey"), "so_dang_ky.db", "luu_tru", "khoa",
]
# Characters that turn a line round or steer a terminal.
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass
class Trial:
    """A call with a hostile name: what is laid out before, the arguments, what the clerk names, and whether the archive is then at fault."""

    place: str
    name: str
    arguments: list[str]
    lay: Callable[[Path], object] = lambda office: None
    named: list[str] = field(default_factory=list)
    planted: bool = False


# Where each name goes in.

CASE = """phien_ban: 1
loai: {loai}
{mau}co_quan_khac:
  ten: {ten}
  ten_trong_cau: Sở Văn hóa
  ky_hieu: SVH
  dia_danh: Hà Nội
so:
ngay: 20/11/2026
trich_yeu: Kết quả công tác {n}
huong: len_tren
kinh_gui:
  - Bộ Văn hóa
noi_dung:
  ve: kết quả công tác
  muc:
    - tieu_de: Kết quả thực hiện
      noi_dung: Đã thực hiện, số liệu tại Phụ lục.
nguoi_ky:
  chuc_vu: GIÁM ĐỐC
  ho_ten: Nguyễn Thị Minh Hà
noi_nhan:
  - Như trên
luu:
  noi_luu: VT
phu_luc:
  - tieu_de: DANH MỤC HỒ SƠ
    cot:
      - {{khoa: ten, ten: Tên hồ sơ}}
    dong_tu_tep:
      tep: {tep}
"""


def quoted(text: str) -> str:
    """A text as YAML has it in double quotes, escapes and all."""
    return json.dumps(os.fsencode(text).decode("utf-8", "replace"))


def write_case(folder: Path, file: str = "ho_so.yaml", data: str | None = "bang.csv", **facts: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    facts = {"loai": "bao_cao", "mau": "", "ten": "SỞ VĂN HÓA", "tep": "bang.csv", "n": "quý II", **facts}
    (folder / file).write_text(CASE.format(**facts), "utf-8")
    if data:
        (folder / data).write_text("ten\nHồ sơ công việc\n", "utf-8")


def can_be_a_name(name: str) -> bool:
    return name not in ("", ".", "..") and "/" not in name and len(os.fsencode(name)) <= 240


def trials(desk: Path) -> Iterator[Trial]:
    for name in NAMES:
        if can_be_a_name(name):
            yield Trial("case folder", name, ["issue", f"ho_so/{name}"], lambda office, name=name: write_case(office / "ho_so" / name))
            yield Trial("case file", name, ["issue", f"ho_so/tep/{name}.yaml"], lambda office, name=name: write_case(office / "ho_so/tep", f"{name}.yaml"))
            yield Trial("data file that is there", name, ["issue", "ho_so/moi"],
                        lambda office, name=name: write_case(office / "ho_so/moi", data=name, tep=quoted(name)))
        yield Trial("data file", name + "\0", ["issue", "ho_so/moi"], lambda office, name=name: write_case(office / "ho_so/moi", tep=quoted(name + "\0")))
        yield Trial("data file", name, ["issue", "ho_so/moi"], lambda office, name=name: write_case(office / "ho_so/moi", tep=quoted(name)))
        yield Trial("agency", name, ["issue", "ho_so/moi"], lambda office, name=name: write_case(office / "ho_so/moi", ten=quoted(name)))
        yield Trial("wording", name, ["issue", "ho_so/moi"], lambda office, name=name: write_case(office / "ho_so/moi", mau=f"mau: {quoted(name)}\n"))
        yield Trial("type", name, ["issue", "ho_so/moi"], lambda office, name=name: write_case(office / "ho_so/moi", loai=quoted(name)))
        number = name or "01/"
        for command in (["register", "show", number], ["register", "void", number, "--ly-do", "x"], ["archive", "attach", number, "quet.png", "--scan"],
                        ["archive", "export", number, "../ra/goi"], ["archive", "find", number], ["register", "recall", number, "--ly-do", "x"]):
            yield Trial("number", name, [*command[:2], "--", *command[2:]] if "--scan" not in command and "--ly-do" not in command else command, named=["../ra/goi"])
        yield Trial("office", name, ["register", "list", "--van-phong", name], named=[name])
        yield Trial("office", name, ["issue", "ho_so/cho", "--van-phong", name], named=[name])
        if can_be_a_name(name):
            for command in (["register", "export", f"../ra/{name}.csv"], ["register", "print", f"../ra/{name}"], ["archive", "backup", f"../ra/{name}"],
                            ["archive", "export", CODE, f"../ra/{name}"], ["register", "head", "--ra", f"../ra/{name}"]):
                yield Trial("output", name, command, named=["../ra"])
        yield Trial("series", name, ["register", "list", f"--day-so={name}", f"--co-quan={name}"])
        yield Trial("series in the rules", name, ["issue", "ho_so/cho"], lambda office, name=name: settings(office, f"day_so_rieng:\n  - {quoted(name)}\n"))
        yield Trial("note and actor", name, ["issue", "ho_so/cho", f"--ghi-chu={name}", f"--nguoi={name}"])
        yield Trial("reason", name, ["register", "recall", CODE, f"--ly-do={name}", f"--nguoi={name}"])
        yield Trial("mark", name, ["issue", "ho_so/cho"], lambda office, name=name: (office / "ho_so/cho/phat_hanh.yaml").write_text(
            f"yeu_cau: {quoted(name)}\nso_ky_hieu: {quoted(name)}\nma_ho_so_luu: {quoted(name)}\n", "utf-8"))
        yield Trial("mark of an issued case", name, ["issue", "ho_so/mot"], lambda office, name=name: edit(
            office / "ho_so/mot/phat_hanh.yaml", r"ma_ho_so_luu: .*", lambda found: f"ma_ho_so_luu: {quoted(name)}"))
        for where in INVENTORIES:
            for command in (["archive", "verify", "--deep"], ["issue", "ho_so/mot"], ["archive", "export", CODE, "../ra/goi"]):
                yield Trial(f"inventory: {where}", name, command, lambda office, name=name, where=where: inventory(office, where, name), ["../ra"], True)
        if can_be_a_name(name):
            for where in ("luu_tru/ho_so", "luu_tru/tam", "luu_tru", "ho_so", "mau", "luu_tru/ho_so/abc/def"):
                yield Trial(f"file in {where}", name, ["archive", "verify"], lambda office, name=name, where=where: plant(office / where / name), planted=True)
                yield Trial(f"folder in {where}", name, ["issue", "ho_so/cho"], lambda office, name=name, where=where: plant(office / where / name / "x"), planted=True)
    yield from links(desk)


def settings(office: Path, more: str) -> None:
    with (office / "van_phong.yaml").open("a", encoding="utf-8") as file:
        file.write(more)


def edit(path: Path, pattern: str, put: Callable[[re.Match], str]) -> None:
    path.write_text(re.sub(pattern, put, path.read_text("utf-8")), "utf-8")


def plant(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_text("x")


def record(office: Path) -> Path:
    return next((office / "luu_tru/ho_so").rglob(OBJECT)).parent


# What of an inventory becomes the name; the digests of the inventory are made to fit.
INVENTORIES = ["content path", "logical path", "id", "head", "content folder", "algorithm"]


def inventory(office: Path, where: str, name: str) -> None:
    target = record(office)
    text = json.loads((target / "inventory.json").read_text("utf-8"))
    name = os.fsencode(name).decode("utf-8", "replace")
    state = text["versions"][text["head"]]["state"]
    digest = next(digest for digest, paths in state.items() if paths == ["van_ban.pdf"])
    if where == "content path":
        text["manifest"][digest] = [name]
    elif where == "logical path":
        state[digest] = [name]
    else:
        text[{"id": "id", "head": "head", "content folder": "contentDirectory", "algorithm": "digestAlgorithm"}[where]] = name
    raw = json.dumps(text, ensure_ascii=False).encode()
    for folder in (target, target / "v1"):
        (folder / "inventory.json").write_bytes(raw)
        (folder / SIDECAR).write_text(f"{hashlib.sha512(raw).hexdigest()} inventory.json\n")


# Links to the outside, in every place.

COMMANDS = [["archive", "verify", "--deep"], ["issue", "ho_so/cho"], ["issue", "ho_so/mot"], ["register", "list"], ["archive", "backup", "../ra/sao"],
            ["archive", "attach", CODE, "quet.png", "--scan"], ["register", "export", "../ra/so.csv", "--force"], ["register", "print", "../ra", "--force"],
            ["register", "head", "--ra", "../ra/dau.txt"], ["archive", "export", CODE, "../ra/goi"], ["register", "rebuild"], ["render", "ho_so/cho"]]
SPOTS = ["luu_tru/ho_so", "luu_tru/tam", "luu_tru/so_dang_ky.db", "luu_tru/so_dang_ky.db-wal", "luu_tru/so_dang_ky.db-shm", "luu_tru/khoa", "luu_tru/hang_cho",
         "luu_tru/hang_cho/cua", "luu_tru/ho_so/0=ocfl_1.1", "luu_tru/ho_so/ocfl_layout.json", "RECORD", "RECORD/v1", "RECORD/v1/content", "RECORD/inventory.json",
         "RECORD/v1/content/van_ban.pdf", "RECORD/v1/content/su_kien.json", "mau", "mau/bao_cao", "mau/chung", "ho_so/cho/ho_so.yaml", "ho_so/cho/bang.csv",
         "ho_so/cho/phat_hanh.yaml", "ho_so/mot/phat_hanh.yaml", "ho_so/cho/cho.pdf", "ho_so/cho/cho.docx", "ho_so/mot/mot.pdf", "../ra/so.csv", "../ra/dau.txt",
         "../ra/so_dang_ky_2026.pdf", "../ra/sao/luu_tru", "../ra/sao/luu_tru/ho_so", "../ra/sao/van_phong.yaml", "../ra/sao/dau_chuoi.txt", "../ra/goi"]


def links(desk: Path) -> Iterator[Trial]:
    for spot in SPOTS:
        for target in ("../ngoai", "gone"):
            for command in COMMANDS:
                if spot.startswith("../ra") and spot.split("/")[2].split(".")[0].split("_")[0] not in " ".join(command) and "print" not in command:
                    continue
                lay = lambda office, spot=spot, target=target: link(office, spot, target)
                # What stands in the outputs is the clerk's, what a link there leads to is not.
                yield Trial(f"link at {spot}", target, command, lay, ["../ra"], True)


def link(office: Path, spot: str, target: str) -> None:
    """What stands there goes outside, and a link to it stands in its place; or the link leads to nothing outside."""
    path = Path(os.path.normpath(office / spot.replace("RECORD", str(record(office).relative_to(office)))))
    outside = office.parent / "ngoai" / "dich"
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink() or path.exists():
        if target != "gone":
            path.rename(outside)
        elif path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    elif target != "gone":
        outside.write_text("secret")
    path.symlink_to(outside)


# Running and judging.

OPENING = {"open", "openat", "openat2", "creat", "mkdir", "mkdirat", "rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir", "link", "linkat",
           "symlink", "symlinkat", "chmod", "fchmodat", "fchmodat2", "chown", "fchownat", "truncate", "utimensat", "mknod", "mknodat", "chdir", "statfs", "execve"}
PAIR = re.compile(r'(?:(?:AT_FDCWD|\d+)(?:<((?:[^\\>]|\\.)*)>)?, )?"((?:[^"\\]|\\.)*)"(\.\.\.)?')
# The kernel refused to follow a link or to leave the folder, so nothing was opened; or no such name can be.
KEPT_IN = ("ELOOP", "EXDEV", "ENAMETOOLONG", "EINVAL", "ENOTDIR")


def outside(line: str, desk: Path, office: Path, allowed: list[bytes]) -> str | None:
    """The call, when it reaches what it must not."""
    if re.search(r"^(\d+ +)?(---|\+\+\+|<\.\.\.|\?\?\?)", line):
        return None
    found = re.match(r"^(?:\d+ +)?(\w+)\((.*)$", line)
    if not found:
        return line
    name, rest = found.groups()
    if name in ("socket", "connect", "bind"):
        return line
    if name not in OPENING or name in ("statfs", "execve"):
        return None
    result = re.search(r"\) += (-?\d+|\?)(?:<.*>)?(?: (E\w+))?", rest)
    if result and result[2] in KEPT_IN:
        return None
    stays = name not in ("open", "openat", "openat2", "creat", "chdir", "truncate") or "O_NOFOLLOW" in rest or "O_EXCL" in rest
    for folder, path, cut in PAIR.findall(rest):
        base = plain(folder) if folder else os.fsencode(office)
        whole = os.path.join(base, plain(path))
        parent, last = os.path.split(whole)
        real = os.path.join(os.path.realpath(parent), last) if stays and last not in (b"..", b".", b"") else os.path.realpath(whole)
        if cut or not is_allowed(real, whole, allowed):
            return line
        if name in ("symlink", "symlinkat"):
            break
    return None


def plain(text: str) -> bytes:
    return text.encode("latin-1", "replace").decode("unicode_escape").encode("latin-1")


def is_allowed(real: bytes, asked: bytes, allowed: list[bytes]) -> bool:
    if any(real == one or real.startswith(one.rstrip(b"/") + b"/") for one in allowed):
        return True
    asked = os.path.normpath(asked).decode("utf-8", "replace")
    return any(pattern.fullmatch(asked) for pattern in hostile.ALLOWED)


def lay_out(program: Path, desk: Path) -> None:
    """The office that each trial begins with, and what lies outside it."""
    office = desk / "vp"
    subprocess.run([str(program), "init", str(office)], check=True, capture_output=True)
    write_case(office / "ho_so/mot", n="quý I")
    write_case(office / "ho_so/cho", n="quý III")
    done = subprocess.run([str(program), "issue", "ho_so/mot"], cwd=office, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and CODE in done.stdout, done.stdout + done.stderr
    (office / "quet.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (desk / "ra").mkdir()
    (desk / "ngoai").mkdir()
    (desk / "ngoai" / "mat").write_text("secret")


def check(results: Results, program: Path, every: int = 60, folder: str | None = None, where: str = "") -> None:
    """Every `every`-th trial; one result a place."""
    if not shutil.which("strace"):
        results.add("strace runs", "", False, "not installed; run tests/conformance/install")
        return
    with tempfile.TemporaryDirectory(dir=folder) as place:
        place = Path(place).resolve()
        lay_out(program, place / "mau")
        tried: dict[str, int] = {}
        wrong: dict[str, list[str]] = {}
        odd: list[str] = []
        names: set[str] = set()
        chosen = [trial for trial in trials(place / "ban") if re.search(where, trial.place)]
        for trial in chosen[::every]:
            tried[trial.place] = tried.get(trial.place, 0) + 1
            names.add(trial.name)
            faults = attempt(program, place / "mau", place / "ban", trial, odd)
            wrong.setdefault(trial.place, []).extend(f"{trial.name[:40]!r} {' '.join(trial.arguments)[:80]!r}: {fault}" for fault in faults)
    for kind, count in tried.items():
        own = wrong[kind]
        results.add("hostile name", kind, not own, f"{count} calls, {len(own)} wrong" + "".join(f"; {one}" for one in own[:2]))
        for one in own:
            print("hostile name:", kind, ascii(one), file=sys.stderr)
    total = sum(tried.values())
    results.add("hostile name: calls in all", "", total and not any(wrong.values()), f"{total} calls, {len(names)} names, {sum(map(len, wrong.values()))} wrong")
    results.add("hostile name: no message steers the terminal", "", not odd, f"{len(odd)} messages" + "".join(f"; {one}" for one in odd[:2]))


def attempt(program: Path, template: Path, desk: Path, trial: Trial, odd: list[str]) -> list[str]:
    """What is wrong after a call; nothing when all is as it should be."""
    shutil.rmtree(desk, ignore_errors=True)
    shutil.copytree(template, desk)
    office = desk / "vp"
    try:
        trial.lay(office)
    except OSError as fault:
        # A name that this system cannot have, or that is taken by a file.
        return [] if fault.errno in (errno.ENAMETOOLONG, errno.EINVAL, errno.EEXIST, errno.ENOTDIR) else [f"could not be laid out: {fault}"]
    log = desk.parent / "trace"
    before = digest(desk / "ngoai")
    command = ["strace", "-f", "-y", "-qq", "-s", "8192", "-e", "trace=file,network", "-o", str(log), str(program), *trial.arguments]
    try:
        done = subprocess.run(command, cwd=office, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return ["it does not end"]
    faults = []
    out, err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    if done.returncode not in (0, 1, 2) or "panicked" in err:
        faults.append(f"exit code {done.returncode}: {err[-200:]}")
    if done.returncode and not re.search("lỗi|cảnh báo|error:", err):
        faults.append(f"exit code {done.returncode} without a message: {(out + err)[-200:]}")
    if STEERING.search(out + err):
        odd.append(f"{trial.place} {ascii(trial.name[:40])}")
    # What a link at the named place leads to is not named.
    allowed = [os.fsencode(office), *(os.path.normpath(os.path.join(os.fsencode(office), os.fsencode(name))) for name in trial.named if name)]
    allowed = [os.path.join(os.path.realpath(os.path.dirname(one)), os.path.basename(one)) for one in allowed]
    for line in log.read_text("utf-8", "replace").splitlines():
        reached = outside(line, desk, office, allowed)
        if reached:
            faults.append("outside: " + reached[-300:])
    if digest(desk / "ngoai") != before:
        faults.append("something outside was changed")
    verified = subprocess.run([str(program), "archive", "verify"], cwd=office, capture_output=True, text=True, errors="replace", timeout=PATIENCE, check=False)
    fine = (0, 1, 2) if trial.planted else (0,)
    if verified.returncode not in fine or "panicked" in verified.stderr:
        faults.append(f"verify afterwards: {verified.returncode} {(verified.stdout + verified.stderr)[-200:]}")
    return faults


def digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        whole.update(os.fsencode(path.relative_to(folder)) + b"\0")
        if path.is_file() and not path.is_symlink():
            whole.update(path.read_bytes())
    return whole.hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--where", default="", help="only the places that this regular expression finds")
    parser.add_argument("--folder", help="where the offices are made; a folder in memory is fastest")
    options = parser.parse_args()
    results = Results()
    check(results, Path(options.bin).resolve(), options.every, options.folder, options.where)
    return results.tell()


if __name__ == "__main__":
    sys.exit(main())
