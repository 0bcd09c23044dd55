"""Workbooks of six writers with ten habits of offices: what is printed is what the sheet shows, or it is told.

    sheets --bin target/debug/vanthu              every variety of every habit, by every writer
    sheets --bin … --seed 3 --keep DIR            other figures; all files kept to look at

The judge knows what each sheet shows (`workbooks.py`). A case takes the sheet as a clerk would, and the program checks
and renders it. Right: the table in the DOCX and in the PDF says what the sheet shows. Told: where it does not, or where
nothing was printed, a finding names the cell, the column or the row. Anything else is a silent difference.
"""

import argparse
import json
import re
import shutil
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

import corpus
import office_sheet
import programs
import read_docx
import read_pdf
import shown
import workbooks
from openpyxl.utils import column_index_from_string, get_column_letter
from results import Results
from workbooks import Book

SEED = 1
TOTAL = re.compile(r"tổng( cộng| số)?|cộng", re.IGNORECASE)
AREA = re.compile(r"\b([A-Z]{1,2})(\d{1,4})(?::([A-Z]{1,2})(\d{1,4}))?\b")
ROWS_NAMED = re.compile(r"\bdòng (?:[^\d:]*: )?(\d+(?:(?:, | và |-)\d+)*)")
ROUTE = re.compile(r"phu_luc\[0\]\.(cot|dong)\[(\d+)\](?:\.(\w+))?")
WHOLE = "phu_luc[0]."  # a finding of no cell is of this sheet when its route begins so
NEVER = {"tep-khong-doc-duoc", "vung-la"}  # these sheets can be read, and the areas are right


@dataclass
class Finding:
    """What `vanthu check --json` says, with the places it names: (row, column) of the sheet, 0 for all."""

    id: str
    severity: str
    message: str
    places: list[tuple[int, int]]
    route: str

    @property
    def is_error(self) -> bool:
        return self.severity == "loi"


@dataclass
class Difference:
    """A place of the sheet that is printed otherwise; `column` 0: the row as a whole."""

    row: int
    column: int
    shown: str
    printed: str
    of_total: bool = False

    def __str__(self) -> str:
        return f"{get_column_letter(self.column) if self.column else 'dòng '}{self.row}: {self.shown!r} printed {self.printed!r}"


@dataclass
class Verdict:
    name: str
    habit: str
    said: str = ""  # right, told, or what is wrong
    details: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)  # of all that was told

    @property
    def passed(self) -> bool:
        return self.said in ("right", "told")


def check(results: Results, program: Path, folder: Path, seed: int = SEED, whole: bool = False) -> None:
    """The first variety of each habit by each writer: sixty workbooks; all varieties when `whole`."""
    habits = [habit for varieties in workbooks.HABITS for habit in (varieties if whole else varieties[:1])]
    cases = make(results, folder / "cases", habits, seed)
    findings = told(program, [case for case, _ in cases])
    render(program, [case for case, _ in cases], folder)
    verdicts = [judge(case.name, book, findings.get(case.name), folder) for case, book in cases]
    for verdict in verdicts:
        if not verdict.passed:
            results.add(f"sheets: {verdict.habit}", verdict.name, False, f"{verdict.said}: {'; '.join(verdict.details)}")
    for habit in dict.fromkeys(verdict.habit for verdict in verdicts):
        of_it = [verdict for verdict in verdicts if verdict.habit == habit]
        ids = sorted({id for verdict in of_it for id in verdict.ids})
        figure = f"{_counted(verdict.said for verdict in of_it)}; told by {', '.join(ids) or 'nothing'}"
        results.add(f"sheets: {habit}", "six writers", all(verdict.passed for verdict in of_it), figure)
    of = f"{len(verdicts)} workbooks: {_counted(v.said if v.passed else 'silent or wrong' for v in verdicts)}"
    enough = len(verdicts) == len(habits) * len(workbooks.WRITERS) >= 60
    results.add("sheets: right or told", "all", enough and all(v.passed for v in verdicts), of)
    if whole:
        apart = workbooks.shown_otherwise([(book, case / "d.xlsx") for case, book in cases], folder / "csv")
        results.add("sheets: LibreOffice shows what the judge thinks", "all", not apart, apart[:3])
    check_answers(results, program, cases, folder / "tra_loi")
    check_judge(results, cases, findings, folder)
    office_sheet.check(results, program, folder / "so_quan")


def _counted(said: Iterable[str]) -> str:
    return ", ".join(f"{number} {what}" for what, number in sorted(Counter(said).items()))


def check_answers(results: Results, program: Path, cases: list[tuple[Path, Book]], folder: Path) -> None:
    """Where the program asks, the clerk says what is meant: then each sheet is printed as it shows."""
    asked = []
    for case, book in cases:
        if book.answer:
            copy = folder / "cases" / case.name
            copy.mkdir(parents=True)
            shutil.copy(case / "d.xlsx", copy)
            (copy / "ho_so.yaml").write_text(corpus.dumped(shown.letter(book.answered())), "utf-8")
            asked.append((copy, book))
    findings = told(program, [case for case, _ in asked])
    render(program, [case for case, _ in asked], folder)
    verdicts = [judge(case.name, book, findings.get(case.name), folder) for case, book in asked]
    for verdict in verdicts:
        if verdict.said != "right":
            results.add("sheets: once the case says what is meant", verdict.name, False, f"{verdict.said}: {'; '.join(verdict.details)}")
    right = sum(verdict.said == "right" for verdict in verdicts)
    results.add("sheets: right once the case says what is meant", "all", 0 < right == len(asked), f"{right} of {len(asked)}")


def make(results: Results, folder: Path, habits: list, seed: int) -> list[tuple[Path, Book]]:
    """A case for each writer and habit, with its workbook."""
    cases, of_writers = [], {writer: [] for writer in workbooks.WRITERS}
    for habit in habits:
        for writer, book in workbooks.books(habit, seed).items():
            case = folder / f"{book.name}-{writer}"
            case.mkdir(parents=True, exist_ok=True)
            (case / "ho_so.yaml").write_text(corpus.dumped(shown.letter(book.appendix())), "utf-8")
            of_writers[writer].append((book, case / "d.xlsx"))
            cases.append((case, book))
    wrong = workbooks.write(of_writers, folder.parent / "scratch")
    written = [(case, book) for case, book in cases if (case / "d.xlsx").is_file()]
    results.add("sheets: written by six writers", "all", not wrong and len(written) == len(cases), wrong or len(written))
    odd = [f"{case.name}: {fault}" for case, book in written for fault in workbooks.misread(book, case / "d.xlsx")]
    results.add("sheets: openpyxl reads in them what the judge thinks", "all", not odd, odd[:3])
    return written


def told(program: Path, cases: list[Path]) -> dict[str, list[Finding]]:
    """What `vanthu check` tells of each case."""
    answer = programs.call(program, "check", "--json", *cases)
    pages = json.loads(answer.stdout) if answer.stdout.strip() else []
    return {Path(page["ho_so"]).name: [finding(found) for found in page["ket_qua"]] for page in pages}


def finding(found: dict) -> Finding:
    texts = [found.get("o") or "", found["thong_bao"], *(found.get("chi_tiet") or [])]
    places = [place for text in texts for place in _places(text)]
    route = found.get("duong_dan") or ""
    return Finding(found["ma"], found["muc_do"], found["thong_bao"], places, route)


def _places(text: str) -> list[tuple[int, int]]:
    """Every cell of the areas that a text names, and every row."""
    places = []
    for left, top, right, bottom in AREA.findall(text):
        rows = range(int(top), int(bottom or top) + 1)
        columns = range(column_index_from_string(left), column_index_from_string(right or left) + 1)
        places += [(row, column) for row in rows for column in columns]
    for named in ROWS_NAMED.findall(text):
        for part in re.split(r", | và ", named):
            first, _, last = part.partition("-")
            places += [(row, 0) for row in range(int(first), int(last or first) + 1)]
    return places


def render(program: Path, cases: list[Path], folder: Path) -> None:
    """The finals, and the drafts of those that have none."""
    programs.call(program, "render", *cases, "--out", folder / "final")
    rest = [case for case in cases if not (folder / "final" / f"{case.name}.docx").is_file()]
    if rest:
        programs.call(program, "render", "--draft", *rest, "--out", folder / "draft")


def judge(name: str, book: Book, findings: list[Finding] | None, folder: Path) -> Verdict:
    verdict = Verdict(name, book.name)
    if findings is None:
        verdict.said = "no answer of check"
        return verdict
    verdict.ids = {found.id for found in findings}
    refused = any(found.is_error for found in findings)
    docx = next((path for way in ("final", "draft") if (path := folder / way / f"{name}.docx").is_file()), None)
    causeless = [found for found in findings if not _has_cause(found, book)]
    if causeless:
        verdict.said, verdict.details = "told without cause", [f"{f.id} {f.message}" for f in causeless[:3]]
    elif docx is None:
        verdict.said = "told" if refused else "not printed, nothing told"
    elif docx.parent.name == "final" and refused:
        verdict.said = "printed in spite of an error"
    else:
        differences = compare(book, docx)
        silent = [found for found in differences if not any(_tells(one, found, book) for one in findings)]
        verdict.details = [str(found) for found in silent or differences][:3]
        verdict.said = "silent difference" if silent else "told" if differences else "right"
        if not silent and docx.with_suffix(".pdf").is_file():
            apart = in_pdf(docx)
            verdict.said, verdict.details = ("PDF and DOCX differ", [apart]) if apart else (verdict.said, verdict.details)
    return verdict


def _has_cause(found: Finding, book: Book) -> bool:
    """A finding of a cell has its cause in a cell that shows other than it holds; one of no cell needs one when it refuses."""
    cells = _touched(found, book)
    if not cells:
        return not found.is_error or (found.route.startswith(WHOLE) and found.id not in NEVER and _asks(book))
    for row, column in cells:
        line = book.rows[row - book.first_row] if book.first_row <= row <= book.last_row else None
        if line is None or line.asks or (line.cells[column - 1].asks if column else any(c.asks for c in line.cells)):
            return True
    return False


def _asks(book: Book) -> bool:
    return any(line.asks or any(cell.asks for cell in line.cells) for line in book.rows)


def _touched(found: Finding, book: Book) -> list[tuple[int, int]]:
    """The cells of the sheet that a finding names, by their names or by the case's route."""
    places = list(found.places)
    if match := ROUTE.match(found.route):
        kind, at, key = match[1], int(match[2]), match[3]
        keys = [column.key for column in book.columns]
        if kind == "dong":
            places.append((book.first_row + at, keys.index(key) + 1 if key in keys else 0))
        elif at < len(keys):
            places += [(row, at + 1) for row in range(book.first_row, book.last_row + 1)]
    return places


def _tells(found: Finding, difference: Difference, book: Book) -> bool:
    """Whether the finding is at this cell, in its column, or names its row."""
    if difference.of_total and found.route.startswith("phu_luc[0].tong"):
        return True
    for row, column in _touched(found, book):
        if difference.of_total:
            line = book.rows[row - book.first_row] if book.first_row <= row <= book.last_row else None
            if line and line.is_total:
                return True
        elif not difference.column or not column:
            if row == difference.row:
                return True
        elif column == difference.column:
            return True
    return False


# What is printed, beside what is shown.


def compare(book: Book, docx: Path) -> list[Difference]:
    """Row by row, by the names of the rows; cell by cell by their values."""
    printed = shown.rows_of(read_docx.read(docx).appendices[0].table, len(book.columns))
    lines = [row for row in book.rows if not row.hidden]
    expected = [[cell.shown for cell in row.cells] for row in lines]
    numbers = [at for at, row in enumerate(book.rows, book.first_row) if not row.hidden]
    labels, found = [_label(row, book) for row in expected], [_label(row, book) for row in printed]
    differences = []
    for tag, a, b, c, d in SequenceMatcher(None, labels, found, autojunk=False).get_opcodes():
        if tag == "equal":
            for at, (one, other) in enumerate(zip(expected[a:b], printed[c:d]), a):
                also = [bool(cell.also) and cell.also == text for cell, text in zip(lines[at].cells, other)]
                one = [b if same else a for a, b, same in zip(one, other, also)]
                differences += _cells(book, numbers[at], one, other, labels[at] == "Σ")
            continue
        for at in range(a, b):
            differences.append(Difference(numbers[at], 0, " | ".join(expected[at]), "", labels[at] == "Σ"))
        for at in range(c, d):
            row = _row_named(book, found[at])
            differences.append(Difference(row, 0, "", " | ".join(printed[at]), found[at] == "Σ"))
    return differences


def _label(row: list[str], book: Book) -> str:
    """The name of a row; Σ of a total however it is called, and wherever its label stands."""
    name = next(at for at, column in enumerate(book.columns) if column.key == "ten")
    label = next((text for text in [row[name], *row[:name]] if text), "")
    return "Σ" if TOTAL.fullmatch(label) else label


def _row_named(book: Book, label: str) -> int:
    for at, row in enumerate(book.rows, book.first_row):
        if _label([cell.shown for cell in row.cells], book) == label:
            return at
    notes = {note: book.last_row + 2 + at for at, note in enumerate(book.notes)}
    return notes.get(label, 0)


def _cells(book: Book, row: int, wanted: list[str], printed: list[str], of_total: bool) -> list[Difference]:
    differences = []
    for at, column in enumerate(book.columns):
        label = of_total and column.kind in ("chu", "stt")
        if not label and not shown.same(column.kind, wanted[at], printed[at]):
            differences.append(Difference(row, at + 1, wanted[at], printed[at], of_total))
    return differences


def in_pdf(docx: Path) -> str:
    """Where the table of the PDF differs from that of the DOCX; empty when nowhere."""
    table = read_docx.read(docx).appendices[0].table
    drawn = [found for found in read_pdf.tables(docx.with_suffix(".pdf")) if found][-1]
    texts = [[" ".join(cell.text.split()) for row in range(found.row_count) for cell in found.row(row)] for found in (table, drawn)]
    apart = [f"DOCX {one!r} PDF {other!r}" for one, other in zip(*texts) if one.replace(" ", "") != other.replace(" ", "")]
    return apart[0] if apart else "" if len(texts[0]) == len(texts[1]) else f"{len(texts[0])} and {len(texts[1])} cells"


# The judge itself.


def check_judge(results: Results, cases: list[tuple[Path, Book]], findings: dict, folder: Path) -> None:
    """Of what was right, a copy with another figure, one with a row less: both must be called silent differences."""
    right = [
        (case, book) for case, book in cases
        if judge(case.name, book, findings.get(case.name), folder).said == "right" and not findings[case.name]
    ]  # fmt: skip
    for name, plant in (("another figure", _other_figure), ("a row less", _row_less)):
        seen = 0
        for case, book in right[:3]:
            spoilt = folder / name.replace(" ", "_") / "final"
            spoilt.mkdir(parents=True, exist_ok=True)
            docx = spoilt / f"{case.name}.docx"
            shutil.copy(folder / "final" / docx.name, docx)
            plant(docx)
            seen += judge(case.name, book, findings[case.name], spoilt.parent).said == "silent difference"
        results.add(f"sheets: the judge sees {name}", "planted", 0 < seen == len(right[:3]), f"{seen} of {len(right[:3])}")


def _other_figure(docx: Path) -> None:
    """The last digit in the last table before the end of the document becomes another."""
    _spoil(docx, lambda xml: re.sub(r"(\d)(</w:t>(?:(?!</w:t>).)*</w:tbl>(?:(?!<w:tbl>).)*)$", lambda m: f"{(int(m[1]) + 1) % 10}{m[2]}", xml, flags=re.DOTALL))


def _row_less(docx: Path) -> None:
    def cut(xml: str) -> str:
        start, end = xml.rindex("<w:tr>") if "<w:tr>" in xml else xml.rindex("<w:tr "), xml.rindex("</w:tr>") + len("</w:tr>")
        return xml[:start] + xml[end:]

    _spoil(docx, cut)


def _spoil(docx: Path, change) -> None:
    with zipfile.ZipFile(docx) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    xml = parts["word/document.xml"].decode("utf-8")
    parts["word/document.xml"] = change(xml).encode("utf-8")
    with zipfile.ZipFile(docx, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, help="the vanthu binary")
    parser.add_argument("--seed", type=int, default=SEED, help="of the figures")
    parser.add_argument("--keep", help="a folder for all files")
    options = parser.parse_args()
    results = Results()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(options.keep or scratch)
        check(results, Path(options.bin).resolve(), folder, options.seed, whole=True)
    return results.tell()


if __name__ == "__main__":
    sys.exit(main())
