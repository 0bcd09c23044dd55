"""What issuing costs beside rendering, as a multiple of the syncs that it cannot do without.

    run.py target/release/vanthu [--folder ON_A_REAL_DISK] [--rounds 20]

One round: a case is rendered, the same case is issued, and the syncs of issuing are done alone,
on files of the same sizes in the same folder. All three in turn, so that a busy disk is busy
for each of them. Printed: how many syncs, the medians, and
(issue − render) ÷ (the syncs alone).
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--folder")
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    program = str(Path(options.program).resolve())
    with tempfile.TemporaryDirectory(dir=options.folder) as place:
        office = Path(place) / "vp"
        run(program, Path(place), "init", "vp")
        for number in range(options.rounds + 2):
            make_case(program, office, number)
        run(program, office, "issue", "ho_so/c0")
        syncs = traced(program, office, "ho_so/c1")
        files = [size for kind, size in syncs if kind == "file"]
        folders = len(syncs) - len(files)
        print(f"{len(syncs)} syncs: {len(files)} of files, {folders} of folders")
        rounds = [one_round(program, office, f"ho_so/c{number}", syncs) for number in range(2, options.rounds + 2)]
        verified = run(program, office, "archive", "verify")
        assert "Kho nguyên vẹn" in verified, verified
    render, issue, alone = (statistics.median(column) for column in zip(*rounds))
    ratio = statistics.median((issue - render) / alone for render, issue, alone in rounds)
    print(f"render {render * 1e3:.1f} ms, issue {issue * 1e3:.1f} ms, the syncs alone {alone * 1e3:.1f} ms")
    print(f"(issue - render) / syncs = {ratio:.2f}")


def run(program: str, folder: Path, *arguments: str) -> str:
    done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (arguments, done.stdout, done.stderr)
    return done.stdout


def make_case(program: str, office: Path, number: int) -> None:
    run(program, office, "new", "bao_cao", f"ho_so/c{number}")
    case = office / "ho_so" / f"c{number}" / "ho_so.yaml"
    text = re.sub(r"^so:.*$", "so:", case.read_text("utf-8"), flags=re.M)
    text = re.sub(r"^ngay:.*$", "ngay:", text, flags=re.M)
    case.write_text(re.sub(r"^trich_yeu:.*$", f"trich_yeu: Về việc thứ {number}", text, flags=re.M), "utf-8")


def traced(program: str, office: Path, case: str) -> list[tuple[str, int]]:
    """Every sync of an issue, in order: of a file and its size, or of a folder."""
    log = office.parent / "calls.log"
    command = ["strace", "-f", "-y", "-qq", "-s", "0", "-e", "trace=fsync,fdatasync,write,pwrite64", "-o", str(log)]
    subprocess.run([*command, program, "issue", case], cwd=office, check=True, capture_output=True)
    written: dict[str, int] = {}
    syncs = []
    for line in log.read_text("utf-8", errors="replace").splitlines():
        found = re.search(r"(\w+)\(\d+<([^>]*)>.*= (\d+)$", line)
        if not found:
            continue
        name, path, answer = found[1], found[2], int(found[3])
        if name in ("write", "pwrite64"):
            written[path] = written.get(path, 0) + answer
        else:
            kind = "file" if path in written else "folder"
            syncs.append((kind, written.pop(path, 0)))
    return syncs


def one_round(program: str, office: Path, case: str, syncs: list[tuple[str, int]]) -> tuple[float, float, float]:
    render = timed(lambda: run(program, office, "render", case))
    issue = timed(lambda: run(program, office, "issue", case))
    folder = office / "dong_bo"
    folder.mkdir()
    alone = 0.0
    for number, (kind, size) in enumerate(syncs):
        alone += sync_file(folder / str(number), size) if kind == "file" else sync_folder(folder / f"thu_muc_{number}")
    shutil.rmtree(folder)
    return render, issue, alone


def timed(work) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def sync_file(path: Path, size: int) -> float:
    with open(path, "wb") as file:
        file.write(os.urandom(size))
        file.flush()
        return timed(lambda: os.fsync(file.fileno()))


def sync_folder(path: Path) -> float:
    path.mkdir()
    (path / "a").touch()
    handle = os.open(path, os.O_RDONLY)
    took = timed(lambda: os.fsync(handle))
    os.close(handle)
    return took


if __name__ == "__main__":
    main()
