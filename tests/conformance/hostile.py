"""Nothing outside the case and the office's folder is opened, whatever a wording asks for.

Every wording of tests/cases/loi_van_pha is run under strace; each file that the program
opens, makes, renames or deletes is judged against a short list of places by where its path
leads to; a socket or another program fails.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from results import Results

CASES = Path(__file__).resolve().parents[1] / "cases" / "loi_van_pha"
CALLS = "file,network"
PATIENCE = 3600  # seconds; only ends what waits for ever

# What the loader, the C library, the allocator and the count of processors read of a
# system, whatever the program does. Nothing of it can come from a wording.
SYSTEM = [
    r"/etc/ld\.so\.(cache|preload)",
    r"/(usr/)?lib(32|64|x32)?/([\w.+-]+/)*[\w.+-]+\.so(\.[\w.]+)?",
    r"/(usr/)?lib(32|64|x32)?(/[\w.+-]+)*/?",
    r"/usr/(lib|share)/locale(/.*)?",
    r"/etc/localtime|/usr/share/zoneinfo(/.*)?",
    r"/proc/self/(cgroup|mountinfo|maps|status|exe|task/\d+/comm)",
    r"/proc/(meminfo|cpuinfo|stat)|/proc/sys/vm/overcommit_memory",
    r"/sys/fs/cgroup(/.*)?|/sys/kernel/mm/transparent_hugepage(/.*)?",
    r"/sys/devices/system/(cpu|node)(/.*)?",
    r"/dev/(null|urandom|random)",
]
ALLOWED = [re.compile(pattern) for pattern in SYSTEM]

# What asks after a path and opens nothing.
QUESTIONS = {"stat", "lstat", "statx", "newfstatat", "statfs", "access", "faccessat", "faccessat2"}
QUESTIONS |= {"readlink", "readlinkat", "getcwd"}

CALL = re.compile(r"^(?:\[pid +\d+\] +|\d+ +)?(\w+)\((.*)$")
TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"(\.\.\.)?')


def check(results: Results, program: Path) -> None:
    """One result a wording; one more when strace itself cannot be trusted."""
    if not trusted(results):
        return
    for hostile in json.loads((CASES / "manifest.json").read_text("utf-8")):
        with tempfile.TemporaryDirectory() as folder:
            desk = Path(folder).resolve()
            lay_out(hostile, desk)
            outside, opened, code = traced(program, desk)
        # The case is read in every run; a trace without it saw nothing.
        passed = opened and code in (1, 2) and not outside
        figure = f"exit code {code}, {opened} of its own files" + "".join(f"; {line}" for line in outside[:3])
        results.add("a hostile wording opens nothing outside", hostile["name"], passed, figure)


def trusted(results: Results) -> bool:
    """Whether strace runs here and the judge finds what is to be found."""
    if not shutil.which("strace"):
        results.add("strace runs", "", False, "not installed; run tests/conformance/install")
        return False
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder).resolve()
        script = "import socket; open('/etc/passwd'); socket.socket()"
        outside, _, code = traced_command(["python3", "-c", script], desk)
    seen = " ".join(outside)
    passed = code == 0 and "/etc/passwd" in seen and "socket" in seen
    results.add("strace runs and shows a file and a socket", "", passed, f"exit code {code}; {outside[-2:]}")
    return passed


def traced(program: Path, desk: Path) -> tuple[list[str], int, int | None]:
    """What was opened outside, how many of its own files, the exit code."""
    return traced_command([program, "render", "ho_so", "--root", "mau"], desk)


def traced_command(command: list, desk: Path) -> tuple[list[str], int, int | None]:
    with tempfile.TemporaryDirectory() as aside:
        log = Path(aside) / "log"
        call = ["strace", "-f", "-qq", "-s", "8192", "-e", f"trace={CALLS}", "-o", log, "--", *command]
        try:
            answer = subprocess.run(
                [str(part) for part in call],
                cwd=desk,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return ["it does not end"], 0, None
        text = log.read_text("utf-8", "replace") if log.is_file() else ""
    outside, own = [], 0
    for line in text.splitlines():
        verdict = judge(line, desk, str(shutil.which(command[0])))
        own += verdict == "own"
        outside += [line.strip()] if verdict == "outside" else []
    return outside, own, answer.returncode


def judge(line: str, desk: Path, program: str) -> str:
    """own, system or outside; a line that is not understood is outside."""
    if re.search(r"^(\d+ +)?(---|\+\+\+|<\.\.\.)", line):
        return "system"
    call = CALL.match(line)
    if not call:
        return "outside"
    name, arguments = call.groups()
    if name in QUESTIONS:
        return "system"
    texts = TEXT.findall(arguments)
    if name == "execve":
        return "system" if texts and texts[0][0] == program else "outside"
    if not texts or any(cut for _, cut in texts):
        return "outside"  # a socket, or a path too long to be shown
    verdicts = {place(text, desk) for text, _ in texts}
    return "outside" if "outside" in verdicts else "own" if "own" in verdicts else "system"


def place(path: str, desk: Path) -> str:
    """Where a path leads to, links followed as the system follows them."""
    octal = path.encode().decode("unicode_escape").encode("latin-1")
    real = Path(os.path.realpath(os.path.join(os.fsencode(desk), octal)).decode("utf-8", "replace"))
    if desk == real or desk in real.parents:
        return "outside" if real.name == "ngoai.md" else "own"
    asked = os.path.normpath(octal).decode("utf-8", "replace")
    return "system" if any(allowed.fullmatch(asked) for allowed in ALLOWED) else "outside"


# The same folders as tests/hostile_wordings.rs lays out.


def lay_out(hostile: dict, desk: Path) -> None:
    office = desk / "mau"
    office.mkdir()
    front = (CASES / "dau.md").read_text("utf-8")
    for name, pieces in hostile.get("files", {}).items():
        needs_front = name == "bao_cao/noi_dung.md" and not hostile.get("bare")
        write(office / name, ((front if needs_front else "") + whole(pieces)).encode())
    for name, digits in hostile.get("bytes", {}).items():
        write(office / name, bytes.fromhex(digits))
    for name, target in hostile.get("links", {}).items():
        (office / name).parent.mkdir(parents=True, exist_ok=True)
        (office / name).symlink_to(target)
    for name in hostile.get("pipes", []):
        (office / name).parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["mkfifo", office / name], check=True)
    for name in hostile.get("folders", []):
        (office / name).mkdir(parents=True)
    write(desk / "ngoai.md", b"Not of this office.\n")
    fact = whole(hostile.get("fact", "kết quả công tác (phụ lục)"))
    case = (CASES / "ho_so.yaml").read_text("utf-8").replace("«ve»", f'"{fact}"')
    write(desk / "ho_so" / "ho_so.yaml", case.encode())
    rows = "Hồ sơ công việc\n" * hostile.get("rows", 3)
    write(desk / "ho_so" / "bang.csv", f"ten\n{rows}".encode())


def whole(pieces) -> str:
    if isinstance(pieces, str):
        return pieces
    return "".join(piece if isinstance(piece, str) else repeated(*piece) for piece in pieces)


def repeated(text: str, times: int) -> str:
    if "⟨i⟩" not in text:
        return text * times
    return "".join(text.replace("⟨i⟩", str(turn)) for turn in range(times))


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
