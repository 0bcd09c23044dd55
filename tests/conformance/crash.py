"""Crashes: the program is killed before every system call that changes a file, killed at random
moments, and given a full or a failing disk at every write.

Afterwards the archive must be whole, what was acknowledged must be there, no number may have
been given twice or skipped, the same command must bring the work to its end, and the next
document must get the next number.

    crash.py --bin target/release/vanthu [--every N] [--kills N] [--folder /dev/shm]

`--every 1` tries every point; a sample takes every N-th.
"""

import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from results import Results

# Every call by which the program changes what is on a disk.
CALLS = [
    "openat", "openat2", "write", "pwrite64", "writev", "fsync", "fdatasync", "ftruncate", "fallocate",
    "rename", "renameat", "renameat2", "mkdir", "mkdirat", "unlink", "unlinkat", "rmdir", "link", "linkat",
    "fchmod", "fchmodat", "chmod", "symlink", "symlinkat", "flock",
]
# Those that a full or a broken disk can refuse.
FAILING = ["write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "renameat", "renameat2", "mkdirat", "linkat"]
ERRORS = ["ENOSPC", "EIO"]
SEED = 20261126
PATIENCE = 3600  # seconds; only ends what waits for ever


@dataclass
class Scenario:
    """A command, what must have become of its number, and the words of a repeat."""

    name: str
    command: list[str]
    number: str
    state: str
    again: str = "từ trước"
    events: int = 1
    prepare: list[list[str]] = field(default_factory=list)
    order: str = "ky_truoc"


SCENARIOS = [
    Scenario("issue", ["issue", "ho_so/hai"], "02", "đã phát hành"),
    Scenario("issue, replacing", ["issue", "ho_so/thay"], "02", "đã phát hành", events=2),
    Scenario("reserve", ["issue", "ho_so/hai", "--reserve"], "02", "chờ ký", order="so_truoc"),
    Scenario("attach a scan", ["archive", "attach", "01", "quet.png", "--scan"], "01", "đã phát hành"),
    Scenario("void", ["register", "void", "02", "--ly-do", "Không dùng"], "02", "đã hủy số",
             prepare=[["issue", "ho_so/hai", "--reserve"]], order="so_truoc"),
    Scenario("recall", ["register", "recall", "01", "--ly-do", "Sai nội dung"], "01", "đã thu hồi", again="không thu hồi được"),
]


def call(program: Path, office: Path, *arguments: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess:
    command = [*before, str(program), *arguments]
    return subprocess.run(command, cwd=office, capture_output=True, text=True, timeout=PATIENCE, check=False)


def make_office(program: Path, office: Path) -> None:
    """An office with one issued document and three cases that wait."""
    subprocess.run([str(program), "init", str(office)], check=True, capture_output=True)
    for name in ("mot", "hai", "ba"):
        subprocess.run([str(program), "new", "bao_cao", f"ho_so/{name}"], cwd=office, check=True, capture_output=True)
        case = office / "ho_so" / name / "ho_so.yaml"
        text = case.read_text("utf-8")
        text = re.sub(r"^so:.*$", "so:", text, flags=re.M)
        text = re.sub(r"^ngay:.*$", "ngay:", text, flags=re.M)
        text = re.sub(r"^trich_yeu:.*$", f"trich_yeu: Về kết quả công tác, bản {name}", text, flags=re.M)
        case.write_text(text, "utf-8")
    done = call(program, office, "issue", "ho_so/mot")
    assert done.returncode == 0, done.stderr
    done = call(program, office, "new", "--thay-the", "01", "ho_so/thay")
    assert done.returncode == 0, done.stderr
    (office / "quet.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))


def ready(program: Path, template: Path, office: Path, scenario: Scenario) -> None:
    """The office as it is just before the command of a scenario."""
    shutil.copytree(template, office)
    settings = office / "van_phong.yaml"
    settings.write_text(settings.read_text("utf-8").replace("thu_tu: ky_truoc", f"thu_tu: {scenario.order}"), "utf-8")
    for arguments in scenario.prepare:
        done = call(program, office, *arguments)
        assert done.returncode == 0, done.stderr


def count_calls(program: Path, office: Path, scenario: Scenario) -> dict[str, int]:
    """How often the main thread makes each call in a run that nothing disturbs."""
    log = office.parent / "calls.log"
    done = call(program, office, *scenario.command, before=("strace", "-f", "-qq", "-e", "trace=" + ",".join(CALLS), "-o", str(log)))
    assert done.returncode == 0, done.stderr
    lines = log.read_text("utf-8", errors="replace").splitlines()
    main = lines[0].split()[0]
    counts: dict[str, int] = {}
    others = 0
    for line in lines:
        pid, _, rest = line.partition(" ")
        name = rest.strip().split("(")[0]
        if name not in CALLS:
            continue
        if pid == main:
            counts[name] = counts.get(name, 0) + 1
        elif name not in ("openat", "write", "flock"):
            others += 1
    assert others == 0, "another thread changes files, so that the count means nothing"
    return counts


def judge(program: Path, office: Path, scenario: Scenario, run: subprocess.CompletedProcess | None) -> list[str]:
    """What is wrong after a run that was cut off; empty when all is as it should be."""
    wrong = []
    told = run.stdout + run.stderr if run else ""
    if "panicked" in told:
        wrong.append("panic: " + told[-300:])
    acknowledged = bool(run) and run.returncode == 0
    listed = call(program, office, "register", "list")
    if listed.returncode != 0:
        wrong.append("register list: " + listed.stderr[-300:])
    verified = call(program, office, "archive", "verify")
    if verified.returncode != 0:
        wrong.append("verify: " + (verified.stdout + verified.stderr)[-400:])
    shown = call(program, office, "register", "show", scenario.number)
    if acknowledged and scenario.state not in shown.stdout:
        wrong.append(f"acknowledged and lost: {shown.stdout} {shown.stderr}")
    again = call(program, office, *scenario.command)
    if again.returncode != 0 and scenario.again not in again.stderr:
        wrong.append("again: " + again.stderr[-400:])
    shown = call(program, office, "register", "show", scenario.number)
    if scenario.state not in shown.stdout:
        wrong.append("not done: " + shown.stdout + shown.stderr)
    reserve = ["--reserve"] if scenario.order == "so_truoc" else []
    following = call(program, office, "issue", "ho_so/ba", *reserve)
    listed = call(program, office, "register", "list")
    numbers = [line.split("/")[0].split()[0] for line in listed.stdout.splitlines()[:-1]]
    expected = [f"{number:02}" for number in range(1, len(numbers) + 1)]
    if following.returncode != 0 or numbers != expected:
        wrong.append(f"next number: {numbers} {following.stderr[-300:]}")
    verified = call(program, office, "archive", "verify", "--deep")
    if verified.returncode != 0:
        wrong.append("verify at the end: " + (verified.stdout + verified.stderr)[-400:])
    return wrong


def check(results: Results, program: Path, every: int = 25, kills: int = 12, folder: str | None = None) -> None:
    """Every `every`-th point of each kind, `kills` random kills. One result a kind and scenario."""
    if not shutil.which("strace"):
        results.add("strace runs", "", False, "not installed; run tests/conformance/install")
        return
    with tempfile.TemporaryDirectory(dir=folder) as place:
        template = Path(place) / "mau"
        make_office(program, template)
        for scenario in SCENARIOS:
            points(results, program, Path(place), template, scenario, every)
        random_kills(results, program, Path(place), template, kills)


def points(results: Results, program: Path, place: Path, template: Path, scenario: Scenario, every: int) -> None:
    office = place / "vp"
    ready(program, template, office, scenario)
    counts = count_calls(program, office, scenario)
    shutil.rmtree(office)
    killed, refused = [], []
    for name, count in counts.items():
        killed += [(name, at, f"{name}:signal=KILL:when={at}") for at in range(1, count + 1)]
        if name in FAILING:
            for error in ERRORS:
                refused += [(name, at, f"{name}:error={error}:when={at}{plus}") for at in range(1, count + 1) for plus in ("", "+")]
    for kind, tried in (("killed before a call", killed), ("a call that fails", refused)):
        offset = random.Random(SEED).randrange(every)
        tried = tried[offset % every :: every] if every > 1 else tried
        wrong, acknowledged = [], 0
        for name, at, inject in tried:
            ready(program, template, office, scenario)
            run = call(program, office, *scenario.command, before=("strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=" + inject))
            acknowledged += run.returncode == 0
            wrong += [f"{inject}: {fault}" for fault in judge(program, office, scenario, run)]
            shutil.rmtree(office)
        figure = f"{len(tried)} points, {acknowledged} acknowledged, {len(wrong)} wrong" + "".join(f"; {fault}" for fault in wrong[:2])
        results.add(f"crash: {kind}", scenario.name, tried and not wrong, figure)
        for fault in wrong:
            print("crash:", scenario.name, fault, file=sys.stderr)


def random_kills(results: Results, program: Path, place: Path, template: Path, kills: int) -> None:
    """kill -9 at moments spread over the time that issuing takes."""
    scenario = SCENARIOS[0]
    office = place / "vp"
    ready(program, template, office, scenario)
    begun = time.monotonic()
    call(program, office, *scenario.command)
    took = time.monotonic() - begun
    shutil.rmtree(office)
    chance = random.Random(SEED)
    wrong, acknowledged, cut = [], 0, 0
    for _ in range(kills):
        ready(program, template, office, scenario)
        process = subprocess.Popen([str(program), *scenario.command], cwd=office, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(chance.uniform(0, took * 1.1))
        process.kill()
        out, err = process.communicate()
        cut += process.returncode != 0
        # Who has read that it is issued has been told so, even if the program was killed then.
        told = 0 if "Đã phát hành" in out else process.returncode
        acknowledged += told == 0
        run = subprocess.CompletedProcess(scenario.command, told, out, err)
        wrong += judge(program, office, scenario, run)
        shutil.rmtree(office)
    figure = f"{kills} kills, {cut} cut off, {acknowledged} acknowledged, {len(wrong)} wrong" + "".join(f"; {fault}" for fault in wrong[:2])
    results.add("crash: kill -9 at random", scenario.name, kills and not wrong, figure)
    for fault in wrong:
        print("crash:", fault, file=sys.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--folder", help="where the offices are made; a folder in memory is fastest")
    options = parser.parse_args()
    results = Results()
    check(results, Path(options.bin).resolve(), options.every, options.kills, options.folder)
    return results.tell()


if __name__ == "__main__":
    sys.exit(main())
