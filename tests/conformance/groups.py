"""A table of many small groups: made from the long sample, then searched for a row that heads others at a page foot."""

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import read_pdf
from report import Table
from results import Results

NAME = "bang_nhieu_nhom"
GROUPS = 20
HEAD = re.compile(r"TỔNG SỐ|Nhóm dự án thứ \d+|Tiểu nhóm \d+\.\d+")


def make(sample: Path, case: Path) -> Path:
    """The long sample with some hundred rows in groups, every second of which is parted into groups of its own."""
    shutil.copytree(sample, case)
    with open(case / "du_an.csv", newline="", encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    text = (case / "ho_so.yaml").read_text("utf-8")
    before, after = text.split("    nhom:\n")[0], text[text.index("    dong_tu_tep:") :]
    (case / "ho_so.yaml").write_text(f"{before}    nhom:\n{''.join(_groups())}{after}", "utf-8")
    filled = [[key, *rows[i % len(rows)][1:]] for i, key in enumerate(_keys())]
    with open(case / "du_an.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([head, *filled])
    return case


def _groups() -> Iterator[str]:
    for i in range(1, GROUPS + 1):
        yield f"      - khoa: N{i}\n        ten: Nhóm dự án thứ {i}\n"
        if i % 2 == 0:
            yield "        cong: co\n        nhom:\n"
            yield from (f"          - {{khoa: N{i}.{j}, ten: Tiểu nhóm {i}.{j}}}\n" for j in _parts(i))


def _parts(group: int) -> range:
    return range(1, 3 + group % 3)


def _keys() -> Iterator[str]:
    """The group of each row: one to four rows in each, so that groups begin at every height of a page."""
    for i in range(1, GROUPS + 1):
        for key in [f"N{i}.{j}" for j in _parts(i)] if i % 2 == 0 else [f"N{i}"]:
            yield from [key] * (1 + (i * 7 + len(key)) % 4)


def check(results: Results, pdf: Path, in_pdf: read_pdf.PdfReport, header_rows: int, rendered: Path | None) -> None:
    """No page ends on a row that heads others, in our PDF and in LibreOffice's print of the DOCX.

    Some page begins with one: it would have stood at the foot of the page before.
    """
    pages = [page for appendix in in_pdf.appendix_pages for page in appendix]
    theirs = read_pdf.tables(rendered) if rendered else []
    for name, tables in (
        (pdf.name, [in_pdf.pages[page].table for page in pages]),
        (f"{pdf.stem}, LibreOffice", [theirs[page] if page < len(theirs) else None for page in pages]),
    ):
        whole = len(tables) > 3 and None not in tables
        ends = [i for i, table in enumerate(tables, 1) if table and _heads(table, table.row_count - 1)]
        begins = [i for i, table in enumerate(tables, 1) if table and _heads(table, header_rows)]
        figure = f"{len(tables)} pages, heads at the foot of {ends}, at the top of {begins}"
        results.add("no page ends on the head of a group", name, whole and len(begins) > 1 and not ends, figure)


def _heads(table: Table, row: int) -> bool:
    return any(HEAD.fullmatch(cell.text) for cell in table.row(row))
