"""The register of outgoing documents: its printed book, its workbook, its CSV, and the metadata of a document.

`make` has tests/register_print.rs write the files of a year's documents, `make_by_program` has the program itself fill
an office and print and export its register; `check` has outside readers look at both.
"""

import csv
import json
import random
import re
import tempfile
import warnings
import xml.etree.ElementTree as ET
from bisect import bisect_right
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import docx
import mixed
import openpyxl
import pdfplumber
import programs
from results import Results

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "docs" / "du_lieu_dac_ta.xsd"
YEAR = "so_dang_ky_2026"
OFFICE = "so_dang_ky_van_phong"
ODD = "so_dang_ky_la"
FORMULAS = "cong_thuc"
FRONT = 2  # cover and first page
HEAD_ROWS = 2  # the names of the columns and their numbers
NUMBERS = [f"({i})" for i in range(1, 11)]
DATES, COUNTS = (1, 7), (6,)
NAMESPACE = "{urn:vanthu:du-lieu-dac-ta:1}"
ODD_SUBJECTS = [
    "Về " + "W" * 300,
    "Về https://a.example/" + "b-c/d?e=f&g_" * 25,
    "a<b>&\"'c]]> #*_`$\\@~=-+/",
    "Nguyễn\u00a0Thị\u00a0Hồng\u00a0Hạnh\u00a0Nguyễn\u00a0Thị\u00a0Hồng\u00a0Hạnh",
    "  hai   dấu   cách  ",
    "[bang A] {{ so }} =1+1",
]
ODD_NOTES = ["=1+1", "+84 296 3852 888", "-5 độ", "@SUM(A1:A9)", "'trích'", '=HYPERLINK("http://evil.example","Xem")']


def make(results: Results, out: Path, rows: int) -> None:
    """The files, as tests/register_print.rs leaves them."""
    answer = programs.call(
        "env", f"VANTHU_REGISTER_OUT={out}", f"VANTHU_REGISTER_ROWS={rows}",
        "cargo", "test", "-q", "--manifest-path", ROOT / "Cargo.toml", "--test", "register_print",
    )  # fmt: skip
    results.add("register: files written", f"{YEAR}.*", not answer.returncode, answer.stderr.strip()[-200:])


def make_by_program(results: Results, program: Path, out: Path) -> int:
    """The register of an office that the program was driven to, in all four formats; how many rows it has."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        office = mixed.Office(program, Path(folder) / "vp", False, random.Random(mixed.SEED), None)
        series = fill(office)
        rows = office.of_series(series)
        figure = office.wrong[:1] or f"{len(rows)} rows"
        results.add("register: the office is filled", OFFICE, rows and not office.wrong, figure)
        head = office.head().split()
        asked = ["--nam", str(series[0]), "--co-quan", series[1]]
        printed = Path(folder) / "in"
        commands = [["print", printed], *(["export", out / f"{OFFICE}.{suffix}"] for suffix in ("xlsx", "csv"))]
        for verb, where in commands:
            answer = office.call("register", verb, str(where), *asked)
            results.add(f"register: vanthu register {verb}", where.name, not answer.returncode, answer.stderr)
        for suffix in ("pdf", "docx"):
            (printed / f"so_dang_ky_{series[0]}.{suffix}").rename(out / f"{OFFICE}.{suffix}")
    found = [[spaced(unguarded(cell)) for cell in row] for row in read_csv(out / f"{OFFICE}.csv")[1:]]
    same = found == [[spaced(cell) for cell in row.columns()] for row in rows]
    states = Counter(row.state for row in rows)
    figure = ", ".join(f"{count} {state}" for state, count in states.items())
    results.add("register: the CSV has what was done", OFFICE, same and len(states) == 4, figure)
    check_statements(results, out / f"{OFFICE}.pdf", rows[-1].number, len(rows), head[-2:])
    return len(rows)


def fill(office: mixed.Office) -> tuple[int, str, str]:
    """Some thirty numbers of one agency and year in all states; one of another agency and one of another year beside."""
    agency, other = list(mixed.AGENCIES)[:2]

    def enter(at: int, subject: str, note: str = "", agency: str = agency, reserve: bool = False) -> None:
        kind = mixed.KINDS[at % len(mixed.KINDS)]
        case = office.new_case(kind, agency, office.day, json.dumps(subject, ensure_ascii=False))
        row = office.number(kind, agency, office.day, case, reserve, note=note)
        if row:
            row.subject = subject.strip()

    office.day = date(2025, 12, 31)
    enter(0, "Về năm trước")
    for at in range(24):
        office.day = date(2026, 1, 5) + timedelta(days=9 * at)
        odd = at % 4 == 0
        subject = ODD_SUBJECTS[at // 4] if odd else "nâng bậc lương thường xuyên " * (at % 5 + 1)
        enter(at, subject, ODD_NOTES[at // 4] if odd else "", reserve=at % 6 == 1)
    for act in (office.void, office.void, office.recall, office.recall, office.replace, office.correct, office.insert):
        act()
    enter(0, "Về cơ quan khác", agency=other)
    return 2026, mixed.AGENCIES[agency][0], "chung"


def check_statements(results: Results, pdf: Path, last: int, count: int, head: list[str]) -> None:
    """The book closes with its count, its last number, and the head of the chain as it was when it was printed."""
    text = spaced(programs.call("pdftotext", pdf, "-").stdout)
    pages = len(programs.page_sizes(pdf)) - FRONT
    wanted = [
        f"Sổ này có {count} số đăng ký, kết thúc ở số {last:02}, trên {pages} trang.",
        f"({head[0]} mắt xích): {head[1]}",
    ]
    missing = [words for words in wanted if words not in text]
    results.add("register: closing words", pdf.name, not missing, missing or wanted)


def check(results: Results, folder: Path, counts: dict[str, int]) -> None:
    """Everything about the registers; `counts` has how many rows each must have."""
    with tempfile.TemporaryDirectory() as scratch:
        docxs = [folder / f"{name}.docx" for name in (*counts, ODD)]
        made = programs.libreoffice(results, docxs, Path(scratch))
        pdfs = [file.with_suffix(".pdf") for file in docxs]
        programs.check_verapdf(results, pdfs)
        programs.check_ooxml(results, docxs)
        for pdf in pdfs:
            programs.check_pages(results, pdf, made.get(pdf.stem))
        for name, count in counts.items():
            check_book(results, folder, name, made, count)
    for name in counts:
        check_workbook(results, folder / f"{name}.xlsx", read_csv(folder / f"{name}.csv"))
    check_formulas(results, folder)
    check_metadata(results, sorted(folder.glob("dac_ta_*.xml")))


def check_book(results: Results, folder: Path, stem: str, made: dict[str, Path], count: int) -> None:
    """A printed register against its CSV."""
    wanted = read_csv(folder / f"{stem}.csv")
    results.add("register: rows of the CSV", f"{stem}.csv", len(wanted) == count + 1, f"{len(wanted) - 1} rows")
    check_same(results, f"{stem}.docx", wanted, rows_of_docx(folder / f"{stem}.docx"), exact=True)
    for name, file in ((f"{stem}.pdf", folder / f"{stem}.pdf"), (f"{stem}.docx, LibreOffice", made.get(stem))):
        pages = rows_of_pdf(file) if file else []
        check_heads(results, name, pages, wanted[0])
        rows = [row for page in pages for row in page[HEAD_ROWS:]]
        check_same(results, name, wanted, [wanted[0], NUMBERS, *rows], exact=False)
        tops = [page_number(file, at) for at in (FRONT, FRONT + 1, FRONT + len(pages) - 1)] if file else []
        results.add("register: pages numbered from 1", name, tops == ["1", "2", str(len(pages))], tops)


def check_heads(results: Results, name: str, pages: list[list[list[str]]], head: list[str]) -> None:
    """The names and the numbers of the columns at the top of each page that has rows."""
    wanted = [[bare(cell) for cell in head], NUMBERS]
    good = [page[:HEAD_ROWS] == wanted and len(page) > HEAD_ROWS for page in pages]
    results.add("register: head on every page", name, good and all(good), f"{sum(good)} of {len(good)} pages")


def check_same(results: Results, name: str, wanted: list, found: list, exact: bool) -> None:
    """All rows and all ten columns, in order; a print has lost where lines were broken."""
    wanted = [[unguarded(cell) for cell in row] for row in [wanted[0], NUMBERS, *wanted[1:]]]
    same_row = lambda one, other: len(one) == len(other) and all(map(alike, one, other, [exact] * len(one)))  # noqa: E731
    differ = [i for i, (one, other) in enumerate(zip(wanted, found)) if not same_row(one, other)]
    same = not differ and len(wanted) == len(found)
    figure = f"{len(found) - HEAD_ROWS} rows" + (f", first difference in row {differ[0]}" if differ else "")
    results.add("register: every row and column as in the CSV", name, same, figure)


def alike(wanted: str, found: str, exact: bool) -> bool:
    """A word longer than its cell is broken in the DOCX too, where the PDF breaks it."""
    shape = spaced if exact and "\n" not in found else bare
    return shape(wanted) == shape(found)


def check_workbook(results: Results, file: Path, wanted: list[list[str]]) -> None:
    """Texts are texts, dates are dates, counts are numbers, and they are those of the CSV."""
    programs.check_ooxml(results, [file])
    sheet = openpyxl.load_workbook(file).active
    rows = list(sheet.iter_rows())
    kinds = {(typed(cell, at), cell.number_format) for row in rows[1:] for at, cell in enumerate(row)}
    allowed = {("text", "@"), ("date", "dd/mm/yyyy"), ("number", "#,##0")}
    results.add("register: cells typed", file.name, kinds == allowed, sorted(kinds))
    found = [[shown(cell.value) for cell in row] for row in rows]
    same = found == [[unguarded(cell) for cell in row] for row in wanted]
    results.add("register: the workbook as the CSV", file.name, same, f"{len(found) - 1} rows")
    frozen = (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows)
    results.add("register: head frozen, filter", file.name, frozen == ("B2", f"A1:J{len(rows)}", "$1:$1"), frozen)


def typed(cell, column: int) -> str:
    """What a cell is; an empty one what its column is."""
    if cell.data_type == "f":
        return "formula"
    if cell.value is None:
        return "date" if column in DATES else "number" if column in COUNTS else "text"
    return "date" if cell.is_date else {"s": "text", "n": "number"}.get(cell.data_type, cell.data_type)


def shown(value) -> str:
    """As the register prints it: only January and February take a zero."""
    if isinstance(value, (date, datetime)):
        month = f"{value.month:02}" if value.month < 3 else str(value.month)
        return f"{value.day:02}/{month}/{value.year}"
    return "" if value is None else str(value)


def check_formulas(results: Results, folder: Path) -> None:
    """200 payloads are texts in the workbook, and in LibreOffice's reading of both files."""
    payloads = json.loads((folder / f"{FORMULAS}.json").read_text("utf-8"))
    results.add("register: payloads", f"{FORMULAS}.json", len(set(payloads)) == 200, f"{len(set(payloads))}")
    programs.check_ooxml(results, [folder / f"{FORMULAS}.xlsx"])
    guarded = [f"'{payload}" for payload in payloads]
    with tempfile.TemporaryDirectory() as scratch:
        ways = [
            ("openpyxl", folder / f"{FORMULAS}.xlsx", payloads),
            ("LibreOffice", converted(folder / f"{FORMULAS}.xlsx", Path(scratch) / "xlsx"), payloads),
            ("LibreOffice", converted(folder / f"{FORMULAS}.csv", Path(scratch) / "csv"), guarded),
        ]
        for (reader, file, wanted), source in zip(ways, ("xlsx", "xlsx", "csv")):
            found = texts(file) if file else []
            same = found == [[line_ends(payload)] * 7 for payload in wanted]
            figure = f"{sum(len(row) for row in found)} cells, by {reader}"
            results.add("register: payloads stay text", f"{FORMULAS}.{source}", same, figure)
        check_unguarded(results, folder / f"{FORMULAS}.csv", Path(scratch))


def check_unguarded(results: Results, file: Path, scratch: Path) -> None:
    """The control: without the mark before them, LibreOffice would calculate some of them."""
    bad = scratch / "unguarded.csv"
    bad.write_bytes(file.read_bytes().replace(b"\"'", b'"'))
    made = converted(bad, scratch / "unguarded")
    with warnings.catch_warnings(action="ignore"):  # a date that is none
        cells = [cell for row in openpyxl.load_workbook(made).active.iter_rows() for cell in row] if made else []
    formulas = sum(cell.data_type == "f" for cell in cells)
    results.add("register: without its marks the CSV is calculated", bad.name, formulas, f"{formulas} formulas")


def texts(file: Path) -> list[list[str]]:
    """The seven columns of text of each row; a cell that is no string is None."""
    rows = openpyxl.load_workbook(file).active.iter_rows(min_row=2)
    columns = [i for i in range(10) if i not in DATES + COUNTS]
    of = lambda cell: line_ends(cell.value) if cell.data_type == "s" else None  # noqa: E731
    return [[of(row[i]) for i in columns] for row in rows]


def line_ends(text: str) -> str:
    """A reader of XML or of CSV may give a carriage return as a line feed, or as its escape."""
    return text.replace("_x000D_", "\n").replace("\r", "\n")


def converted(file: Path, out: Path) -> Path | None:
    """LibreOffice's workbook of a file."""
    out.mkdir(parents=True)
    programs.call(
        "soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{out}/profile",
        "--infilter=CSV:44,34,76,1" if file.suffix == ".csv" else "--infilter=Calc MS Excel 2007 XML",
        "--convert-to", "xlsx", "--outdir", out, file,
    )  # fmt: skip
    made = out / f"{file.stem}.xlsx"
    return made if made.is_file() else None


def check_metadata(results: Results, files: list[Path]) -> None:
    """The XML by its schema; what is too long for the standard is refused by it. JSON says the same."""
    results.add("metadata: files", "dac_ta_*.xml", len(files) >= 5, f"{len(files)} files")
    for file in files:
        too_long = file.stem.endswith("qua_dai")
        answer = programs.call("xmllint", "--noout", "--schema", SCHEMA, file)
        told = " ".join(answer.stderr.split())
        good = (answer.returncode == 3 and "maxLength" in told) if too_long else answer.returncode == 0
        results.add("xmllint: by the schema" + (", too long" if too_long else ""), file.name, good, told[-120:])
        xml = plain(ET.parse(file).getroot())
        as_json = numbers_as_text(json.loads(file.with_suffix(".json").read_text("utf-8")))
        results.add("metadata: JSON says what XML says", file.name, xml == as_json and len(xml) > 4, f"{len(xml)} fields")


def plain(element: ET.Element) -> dict | str:
    """An element as JSON would say it, numbers as their digits."""
    if not len(element):
        return element.text or ""
    fields: dict = {}
    for child in element:
        name = child.tag.removeprefix(NAMESPACE)
        if name == "To":
            fields.setdefault(name, []).append(plain(child))
        else:
            fields[name] = plain(child)
    return fields


def numbers_as_text(value):
    if isinstance(value, dict):
        return {key: numbers_as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [numbers_as_text(inner) for inner in value]
    return str(value)


def read_csv(file: Path) -> list[list[str]]:
    with open(file, newline="", encoding="utf-8-sig") as lines:
        return list(csv.reader(lines))


def unguarded(cell: str) -> str:
    """Without the mark that keeps a cell from being calculated."""
    return cell[1:] if re.match(r"'[=+\-@\t\r\n＝＋－＠]", cell) else cell


def spaced(text: str) -> str:
    return " ".join(text.split())


def bare(cell: str) -> str:
    return "".join(cell.split())


def rows_of_docx(file: Path) -> list[list[str]]:
    """Every row of the only table that has ten columns."""
    tables = [table for table in docx.Document(str(file)).tables if len(table.columns) == 10]
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]


def rows_of_pdf(file: Path) -> list[list[list[str]]]:
    """The rows of each page after the first two: letters put into cells by the lines around them."""
    with pdfplumber.open(file) as pdf:
        pages = [_rows(page) for page in pdf.pages[FRONT:]]
    return pages[:-1] if pages and not pages[-1] else pages  # the closing words may have a page of their own


def _rows(page) -> list[list[str]]:
    across, down = _edges(page.edges, "v", "x0"), _edges(page.edges, "h", "top")
    if len(across) != 11:
        return []
    cells = [[[] for _ in pairwise(across)] for _ in pairwise(down)]
    for char in page.chars:
        column = bisect_right(across, (char["x0"] + char["x1"]) / 2) - 1
        row = bisect_right(down, (char["top"] + char["bottom"]) / 2) - 1
        if 0 <= row < len(cells) and 0 <= column < 10:
            # A letter that is in two columns would be counted as a line of its own.
            outside = char["x0"] < across[column] - 0.5 or char["x1"] > across[column + 1] + 0.5
            cells[row][column].append("⟨outside⟩" if outside else char["text"])
    page.close()
    return [[bare("".join(cell)) for cell in row] for row in cells]


def _edges(edges: list[dict], orientation: str, place: str) -> list[float]:
    """Where the ruled lines lie, each once."""
    places = sorted(edge[place] for edge in edges if edge["orientation"] == orientation)
    return [at for i, at in enumerate(places) if i == 0 or at - places[i - 1] > 2]


def page_number(file: Path, page: int) -> str:
    """The first line of a page."""
    text = programs.call("pdftotext", "-f", page + 1, "-l", page + 1, "-layout", file, "-").stdout
    return next((line.strip() for line in text.splitlines() if line.strip()), "")
