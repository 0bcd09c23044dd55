#!/usr/bin/env python3
"""vanthu and Carbone fill the same long table, in turns; README.md says how to run it.

The template is vanthu's own DOCX of the worked example, its rows replaced by Carbone's
tags, so that both write the same page. What both wrote is compared word for word.
"""

import csv
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parents[1] / "reports/kien_giang_2022"
ROWS = [1_000, 10_000]
RUNS = 7


def main():
    vanthu = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        write_template(vanthu, scratch)
        took = {}
        calls = [prepared(vanthu, scratch, rows) for rows in ROWS]
        for _ in range(RUNS):
            for name, call in (item for row in calls for item in row.items()):
                took.setdefault(name, []).append(run(call))
        for rows in ROWS:
            compare(scratch, rows)
    show(took)


def prepared(vanthu, scratch, rows):
    """The two calls on so many rows, each from the files on disk to the file on disk."""
    case = scratch / f"rows{rows}"
    write_case(case, rows)
    write_data(case)
    ours = [vanthu, "render", "--format", "docx", "--force", "--out", case / "vanthu", case]
    files = [scratch / "template.docx", case / "data.json", case / "carbone.docx"]
    return {f"vanthu, {rows} rows": ours, f"Carbone, {rows} rows": ["node", HERE / "fill.js", *files]}


# Cases


def write_case(case, rows):
    """The worked example made long: the rows of group I again and again under other names,
    the total not declared but added up."""
    case.mkdir()
    text = (EXAMPLE / "ho_so.yaml").read_text().split("      khai:")[0]
    (case / "ho_so.yaml").write_text(text)
    head, *lines = (EXAMPLE / "phu_luc.csv").read_text().splitlines()
    repeated = [line for line in lines if line.startswith("I,")]
    kept = [line for line in lines if not line.startswith("I,")]
    long = [named(repeated[n % len(repeated)], n) for n in range(rows - len(kept))]
    (case / "phu_luc.csv").write_text("\n".join([head, *long, *kept]))


def named(line, number):
    quote = '"' if line.startswith('I,"') else ""
    return f"I,{quote}Dự án {number}: {line[len('I,' + quote):]}"


def write_data(case):
    """The rows as JSON, numbers as numbers; Carbone is given the sums, vanthu adds up."""
    with open(case / "phu_luc.csv", newline="") as file:
        lines = list(csv.DictReader(file))
    groups = {"I": [], "II": []}
    for line in lines:
        group = groups[line.pop("nhom")]
        row = {key: number(cell) if is_figure(key) else cell for key, cell in line.items()}
        group.append({"stt": len(group) + 1, **row})
    figures = [key for key in lines[0] if is_figure(key)]
    total = {key: added(groups["I"] + groups["II"], key) for key in figures}
    sums = {key: added(groups["II"], key) for key in figures}
    data = {"one": groups["I"], "two": groups["II"], "total": total, "sums": sums}
    (case / "data.json").write_text(json.dumps(data, ensure_ascii=False))


def is_figure(key):
    return key.endswith(("_tong", "_nstw", "_nsdp"))


def number(cell):
    return int(cell.replace(".", "")) if cell else None


def added(rows, key):
    given = [row[key] for row in rows if row[key] is not None]
    return sum(given) if given else None


# Template


def write_template(vanthu, scratch):
    """vanthu's DOCX of the short case with tags in place of what the rows say."""
    case = scratch / "short"
    write_case(case, 10)
    subprocess.run([vanthu, "render", "--format", "docx", case], check=True, capture_output=True)
    with open(case / "phu_luc.csv", newline="") as file:
        keys = ["stt", *(key for key in next(csv.reader(file)) if key != "nhom")]
    figures = [key for key in keys if is_figure(key)]
    with (
        zipfile.ZipFile(case / "short.docx") as there,
        zipfile.ZipFile(scratch / "template.docx", "w", zipfile.ZIP_DEFLATED) as template,
    ):
        for name in there.namelist():
            part = there.read(name).decode()
            if name == "word/document.xml":
                part = with_tags(part, keys, figures)
            template.writestr(name, part)


def with_tags(document, keys, figures):
    start = document.rindex("<w:tbl>")
    table = document[start:]
    rows = re.findall(r"<w:tr>.*?</w:tr>", table, re.S)
    lines = [row for row in rows if "<w:tblHeader/>" not in row]
    total, one, row = lines[:3]
    two = next(line for line in lines if ">II<" in line)
    sums = [f"{{d.sums.{key}:vn}}" for key in figures]
    tagged = [
        filled(total, [None] + [f"{{d.total.{key}:vn}}" for key in figures]),
        one,
        *looped(row, "one", keys),
        filled(two, [None] * (cells(two) - len(sums)) + sums),
        *looped(row, "two", keys),
    ]
    first, last = table.index(lines[0]), table.rindex("</w:tr>") + len("</w:tr>")
    return document[:start] + table[:first] + "".join(tagged) + table[last:]


def looped(row, name, keys):
    """A row for each item: the tags of the first, and of the next one to say how far it goes."""
    tag = lambda key: f"{{d.{name}[i].{key}{':vn' if is_figure(key) else ''}}}"
    following = [f"{{d.{name}[i+1].{keys[0]}}}"] + [""] * (len(keys) - 1)
    return [filled(row, [tag(key) for key in keys]), filled(row, following)]


def cells(row):
    return row.count("<w:tc>")


def filled(row, texts):
    """The row with other texts; where there is none, with its own."""
    assert cells(row) == len(texts), (cells(row), len(texts))
    texts = iter(texts)

    def cell(found):
        text = next(texts)
        if text is None:
            return found[0]
        bare = re.sub(r"<w:r>.*?</w:r>", "", found[0], flags=re.S)
        run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
        return bare.replace("</w:p>", f"{run}</w:p>")

    return re.sub(r"<w:tc>.*?</w:tc>", cell, row, flags=re.S)


# Runs


def run(call):
    """Seconds, seconds of CPU, MiB at the peak."""
    start = time.monotonic()
    process = subprocess.Popen(call, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, call
    wall = time.monotonic() - start
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def compare(scratch, rows):
    """Both tables say the same, cell by cell."""
    case = scratch / f"rows{rows}"
    ours, theirs = [words(case / name) for name in (f"vanthu/rows{rows}.docx", "carbone.docx")]
    differing = [pair for pair in zip(ours, theirs) if pair[0] != pair[1]]
    assert ours == theirs, f"the two tables differ: {len(ours)} and {len(theirs)} cells, {differing[:3]}"
    print(f"{rows} rows: {len(ours)} cells with the same words")


def words(path):
    with zipfile.ZipFile(path) as package:
        document = package.read("word/document.xml").decode()
    table = document[document.rindex("<w:tbl>") :]
    return ["".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)", cell)) for cell in table.split("<w:tc>")[1:]]


def show(took):
    print("\n| DOCX, one process | median ms | least ms | CPU ms | peak MiB |")
    print("|---|---:|---:|---:|---:|")
    for name, runs in took.items():
        walls, cpus, peaks = zip(*runs)
        ms = [1e3 * value for value in (statistics.median(walls), min(walls), statistics.median(cpus))]
        print(f"| {name} | {' | '.join(f'{value:.0f}' for value in ms)} | {max(peaks):.0f} |")
    for rows in ROWS:
        pairs = zip(took[f"Carbone, {rows} rows"], took[f"vanthu, {rows} rows"])
        ratios = [theirs[0] / ours[0] for theirs, ours in pairs]
        print(f"\n{rows} rows: Carbone ÷ vanthu {statistics.median(ratios):.1f} (median of {RUNS} runs)")


main()
