#!/usr/bin/env python3
"""From saving a file to the new PDF and DOCX on disk, while `vanthu watch` runs.

    cargo build --release
    python3 benches/watch/run.py target/release/vanthu

The worked example in a folder of its own, the office's templates beside it. The case, its
table and its wording are saved in turns; each save changes what is printed. The clock runs
from the moment before the file is written until both outputs have been renamed into place:
until they are other files than before (their inode), and whole, which a rename makes sure of.
Figures go to docs/benchmarks.md. Exit code 1: an output did not come, or was not what was saved.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[2] / "reports/kien_giang_2022"
SAVES = 40  # of each file
PATIENCE = 60.0  # seconds
BOUND = 150.0  # milliseconds, median


def main():
    vanthu = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder)
        case, office = desk / EXAMPLE.name, desk / "mau"
        case.mkdir()
        for name in ("ho_so.yaml", "phu_luc.csv"):
            shutil.copy(EXAMPLE / name, case)
        subprocess.run([vanthu, "wording", "eject", office], check=True, capture_output=True)
        command = [vanthu, "watch", case, "--root", office]
        watch = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            wait_for(lambda: "Đã xuất" in watch.stdout.readline())
            took = measure(case, office)
        finally:
            watch.terminate()
        assert watch.wait() == 0, watch.returncode
    show(took)


def measure(case, office):
    """Milliseconds by the kind of file saved."""
    outputs = [case / f"{case.name}.{ending}" for ending in ("pdf", "docx")]
    files = {
        "the case": (case / "ho_so.yaml", "linh_vuc: công nghệ", "linh_vuc: {} công nghệ"),
        "its CSV": (case / "phu_luc.csv", "Xây dựng cổng", "Xây dựng ({}) cổng"),
        "a template": (office / "bao_cao/giai_ngan_du_an.md", "Trên đây là", "Trên đây ({}) là"),
    }
    texts = {kind: path.read_text() for kind, (path, _, _) in files.items()}
    took = {kind: [] for kind in files}
    for turn in range(SAVES):
        for kind, (path, old, new) in files.items():
            assert old in texts[kind], f"{path} has no {old}"
            mark = f"lần {turn}"
            text = texts[kind].replace(old, new.format(mark))
            time.sleep(0.15)  # as a clerk would not save before the last is done
            before = [identity(path) for path in outputs]
            begun = time.monotonic()
            path.write_text(text)
            wait_for(lambda: all(identity(path) not in (None, old) for path, old in zip(outputs, before)))
            took[kind].append(1e3 * (time.monotonic() - begun))
            assert mark in words(outputs[1]), f"{kind}: the DOCX does not say {mark}"
    return took


def identity(path):
    """Which file stands at a path; nothing while it is being renamed."""
    try:
        status = os.stat(path)
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_mtime_ns


def wait_for(holds):
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "nothing was written"
        time.sleep(0.001)


def words(docx):
    with zipfile.ZipFile(docx) as package:
        return package.read("word/document.xml").decode()


def show(took):
    print("| saved, until both files are on disk | saves | median ms | least ms | 95 % ms |")
    print("|---|---:|---:|---:|---:|")
    for kind, runs in took.items():
        ninety_five = sorted(runs)[int(len(runs) * 0.95) - 1]
        figures = f"{statistics.median(runs):.0f} | {min(runs):.0f} | {ninety_five:.0f}"
        print(f"| {kind} | {len(runs)} | {figures} |")
    held = all(statistics.median(runs) < BOUND for runs in took.values())
    print(f"\nmedian under {BOUND:.0f} ms: {'held' if held else 'NOT held'}")


main()
