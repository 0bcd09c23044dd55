"""The register of outgoing documents: its printed book, its workbook, its CSV, and the metadata of a document.

`make` has tests/register_print.rs write the files of a year's documents, `check` has outside readers look at them.
"""

import csv
import json
import re
import tempfile
import warnings
import xml.etree.ElementTree as ET
from bisect import bisect_right
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import docx
import openpyxl
import pdfplumber
import programs
from results import Results

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "docs" / "du_lieu_dac_ta.xsd"
YEAR = "so_dang_ky_2026"
ODD = "so_dang_ky_la"
FORMULAS = "cong_thuc"
FRONT = 2  # cover and first page
HEAD_ROWS = 2  # the names of the columns and their numbers
NUMBERS = [f"({i})" for i in range(1, 11)]
DATES, COUNTS = (1, 7), (6,)
NAMESPACE = "{urn:vanthu:du-lieu-dac-ta:1}"


def make(results: Results, out: Path, rows: int) -> Path:
    """The files, as tests/register_print.rs leaves them."""
    answer = programs.call(
        "env", f"VANTHU_REGISTER_OUT={out}", f"VANTHU_REGISTER_ROWS={rows}",
        "cargo", "test", "-q", "--manifest-path", ROOT / "Cargo.toml", "--test", "register_print",
    )  # fmt: skip
    results.add("register: files written", f"{YEAR}.*", not answer.returncode, answer.stderr.strip()[-200:])
    return out


def check(results: Results, folder: Path, rows: int) -> None:
    """Everything about the register."""
    with tempfile.TemporaryDirectory() as scratch:
        made = programs.libreoffice(results, [folder / f"{YEAR}.docx", folder / f"{ODD}.docx"], Path(scratch))
        check_books(results, folder, made, rows)
    check_workbook(results, folder / f"{YEAR}.xlsx", read_csv(folder / f"{YEAR}.csv"))
    check_formulas(results, folder)
    check_metadata(results, sorted(folder.glob("dac_ta_*.xml")))


def check_books(results: Results, folder: Path, made: dict[str, Path], count: int) -> None:
    pdfs = [folder / f"{YEAR}.pdf", folder / f"{ODD}.pdf"]
    programs.check_verapdf(results, pdfs)
    programs.check_ooxml(results, [pdf.with_suffix(".docx") for pdf in pdfs])
    for pdf in pdfs:
        programs.check_pages(results, pdf, made.get(pdf.stem))
    wanted = read_csv(folder / f"{YEAR}.csv")
    results.add("register: rows of the CSV", f"{YEAR}.csv", len(wanted) == count + 1, f"{len(wanted) - 1} rows")
    check_same(results, f"{YEAR}.docx", wanted, rows_of_docx(folder / f"{YEAR}.docx"), exact=True)
    for name, file in ((f"{YEAR}.pdf", folder / f"{YEAR}.pdf"), (f"{YEAR}.docx, LibreOffice", made.get(YEAR))):
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
    shape = (lambda cell: " ".join(cell.split())) if exact else bare
    wanted = [[shape(unguarded(cell)) for cell in row] for row in [wanted[0], NUMBERS, *wanted[1:]]]
    found = [[shape(cell) for cell in row] for row in found]
    pairs = zip(wanted, found)
    differ = [i for i, (one, other) in enumerate(pairs) if one != other]
    same = not differ and len(wanted) == len(found)
    figure = f"{len(found) - HEAD_ROWS} rows" + (f", first difference in row {differ[0]}" if differ else "")
    results.add("register: every row and column as in the CSV", name, same, figure)


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
