"""Text equality: the seed's words and figures are in both files, and the two files of any report say the same.

A source (the seed, or the DOCX) gives blocks: whole paragraphs. A PDF gives lines. A block matches lines when its
words follow each other with a blank or a line end between them; a line may also end after a hyphen or a slash.
"""

import csv
import re
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path

from report import Cell, Report, Table, plain
from results import Results

SEED = Path(__file__).parent / "seed"
HELPER_COLUMNS = 2  # row_type, section: ours, not printed
TEXT_COLUMNS = 5  # STT, name, place, period, decision; amounts follow
AMOUNT_TRIPLES = 8
SAME_LINES = 0.99  # of the body lines


def corrections() -> list[tuple[str, str]]:
    """(as received, as printed), in the order of the list."""
    rows = [line.split("\t") for line in (SEED / "corrections.txt").read_text("utf-8").splitlines() if line[:1] != "#"]
    return [(old, new) for old, new, _reason in rows]


def corrected(text: str) -> str:
    for old, new in corrections():
        text = text.replace(old, new)
    return text


def seed_streams() -> dict[str, list[str]]:
    """The blocks of the seed's report by column, up to its table."""
    text = (SEED / "report.txt").read_text("utf-8")
    unused = [old for old, _ in corrections() if old not in text]
    if unused:
        raise ValueError(f"corrections that do not occur in report.txt: {unused}")
    blocks = [plain(line) for line in corrected(text).split("\n") if plain(line) and "\t" not in line]
    marks = ["CỘNG HÒA", "BÁO CÁO", "Nơi nhận:", "TM.", "Phụ lục"]
    cuts = [next(i for i, block in enumerate(blocks) if block.startswith(mark)) for mark in marks]
    names = ["header, left", "header, right", "body", "signature, left", "signature, right", "appendix 1, head"]
    return {name: blocks[a:b] for name, a, b in zip(names, [0, *cuts], [*cuts, None])}


def seed_header_labels() -> set[str]:
    """The distinct labels of the table header; its grid came broken out of the scan, so places are not compared."""
    lines = corrected((SEED / "report.txt").read_text("utf-8")).split("\n")
    rows = [line.split("\t") for line in lines if "\t" in line]
    total = next(i for i, row in enumerate(rows) if row[0] == "TỔNG SỐ")
    return {plain(cell) for row in rows[:total] for cell in row if plain(cell)}


def seed_rows() -> list[list[str]]:
    """The 11 rows × 29 columns as they are printed: amounts in Vietnamese notation, blank where blank."""
    with open(SEED / "appendix.csv", encoding="utf-8", newline="") as file:
        rows = [row[HELPER_COLUMNS:] for row in csv.reader(file)][1:]
    return [[corrected(c) for c in row[:TEXT_COLUMNS]] + [_amount(c) for c in row[TEXT_COLUMNS:]] for row in rows]


def _amount(digits: str) -> str:
    return f"{int(digits):,}".replace(",", ".") if digits else ""


def check_streams(results: Results, label: str, file: str, expected: dict[str, list[str]], actual: Report) -> None:
    """Block by block, in order, each beginning on a line (or paragraph) of its own, and nothing left over."""
    found = {name: [piece.text for piece in pieces] for name, pieces in actual.streams().items()}
    for name in sorted(expected.keys() | found.keys(), key=[*expected, *found].index):
        blocks = expected.get(name, [])
        matched, trouble = match_blocks(blocks, found.get(name, []))
        words = sum(len(block.split()) for block in blocks)
        results.add(f"{label}: {name}", file, not trouble, trouble or f"{matched} blocks, {words} words")


def match_blocks(blocks: list[str], lines: list[str]) -> tuple[int, str]:
    """How many blocks were found in order, and what is wrong with the next."""
    text, at = "\n".join(lines), 0
    for i, block in enumerate(blocks):
        match = re.compile(_pattern(block) + r"(?:\n|$)").match(text, at)
        if not match:
            return i, f"block {i + 1} expected {_short(block)!r}, found {_difference(block, text[at:])!r}"
        at = match.end()
    return len(blocks), f"unexpected {_short(text[at:])!r}" if text[at:].strip() else ""


def _pattern(block: str) -> str:
    words = [re.sub(r"(?<=.)([-/])(?=.)", r"\1\\n?", re.escape(word).replace(r"\-", "-")) for word in block.split()]
    return r"[ \n]".join(words)


def same_text(block: str, text: str) -> bool:
    """Whether printed text is a block, apart from line ends."""
    return re.fullmatch(_pattern(plain(block)), text) is not None


def _short(text: str) -> str:
    return text if len(text) < 70 else text[:67] + "…"


def _difference(block: str, text: str) -> str:
    """The found text from a little before the first character that differs."""
    found = text.replace("\n", " ")
    same = next((i for i, (a, b) in enumerate(zip(block, found)) if a != b), min(len(block), len(found)))
    return _short(("…" if same > 20 else "") + found[max(0, same - 20) :])


def check_seed(results: Results, name: str, pdf: Report, docx: Report) -> None:
    """Point 2: the seed, in both files."""
    for file, report in ((f"{name}.pdf", pdf), (f"{name}.docx", docx)):
        check_streams(results, "seed text", file, seed_streams(), report)
        table = report.appendices[0].table if report.appendices else None
        if table is None:
            results.add("seed table", file, False, "no table")
            continue
        check_seed_header(results, file, table)
        check_seed_rows(results, file, table)


def check_seed_header(results: Results, file: str, table: Table) -> None:
    """Every label of the header, no other, and eight triples of leaf columns."""
    header = [cell for cell in table.cells if cell.row < table.header_rows]
    labels, missing = seed_header_labels(), []
    for label in labels:
        missing += [] if any(same_text(label, cell.text) for cell in header) else [label]
    foreign = [cell.text for cell in header if not any(same_text(label, cell.text) for label in labels)]
    figure = f"missing {missing}, foreign {foreign}" if missing or foreign else f"{len(labels)} labels"
    results.add("seed table: header labels", file, not missing and not foreign, figure)
    leaves = {c.column: c.text for c in header if c.row + c.rows == table.header_rows and c.columns == 1}
    triple = ["Tổng số (tất cả các nguồn vốn), trong đó:", "NSTW", "NSĐP"]
    right = sum(same_text(triple[i % 3], leaves.get(TEXT_COLUMNS + i, "")) for i in range(AMOUNT_TRIPLES * len(triple)))
    results.add("seed table: 8 × (Tổng số, NSTW, NSĐP) above the amounts", file, right == 24, f"{right} of 24 columns")


def check_seed_rows(results: Results, file: str, table: Table) -> None:
    """Each of the 11 × 29 values in its cell."""
    rows = seed_rows()
    printed = [table.row(i) for i in range(table.header_rows, table.row_count)]
    if len(printed) != len(rows) or table.column_count != len(rows[0]):
        figure = f"{len(printed)} rows × {table.column_count} columns"
        results.add("seed table: 11 rows × 29 columns", file, False, figure)
        return
    wrong = [f"row {i + 1}: {t}" for i, (row, cells) in enumerate(zip(rows, printed)) for t in wrong_cells(row, cells)]
    figure = "; ".join(wrong[:3]) or f"{len(rows) * len(rows[0])} values"
    results.add("seed table: 11 rows × 29 columns", file, not wrong, figure)


def wrong_cells(row: list[str], cells: list[Cell]) -> list[str]:
    """The values of a row that are not in their cell. A merged cell holds all values of its columns.

    A section row may print “I. Danh mục” where the source has “I” and “Danh mục” in two cells.
    """
    wrong, covered = [], 0
    for cell in cells:
        values = [value for value in row[cell.column : cell.column + cell.columns] if value]
        covered += cell.columns
        dotted = [values[0] + ".", *values[1:]] if len(values) == 2 else values
        if not any(same_text(" ".join(v), cell.text) if v else cell.text == "" for v in (values, dotted)):
            wrong.append(f"column {cell.column + 1} expected {' '.join(values)!r}, found {cell.text!r}")
    return wrong if covered == len(row) else [*wrong, f"{covered} columns covered"]


def check_same(results: Results, name: str, pdf: Report, docx: Report) -> None:
    """The PDF says what the DOCX says, on the same cells."""
    expected = {stream: [piece.text for piece in pieces] for stream, pieces in docx.streams().items()}
    check_streams(results, "same text in both files", name, expected, pdf)
    pairs = [(f"appendix {i}", a.table, b.table) for i, (a, b) in enumerate(zip(pdf.appendices, docx.appendices), 1)]
    bodies = zip_longest(pdf.tables, docx.tables)
    pairs += [(f"body, table {i}", ours, theirs) for i, (ours, theirs) in enumerate(bodies, 1)]
    for place, ours, theirs in pairs:
        trouble = different_cells(ours, theirs)
        count = len(theirs.cells) if theirs else 0
        results.add(f"same table in both files: {place}", name, not trouble, trouble or f"{count} cells")


def check_lines(results: Results, name: str, pdf: Report, rendered: Report) -> None:
    """The PDF breaks lines where LibreOffice breaks those of the DOCX; a few may differ."""
    ours, theirs = ([piece.text for piece in report.body] for report in (pdf, rendered))
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    same, all_lines = sum(block.size for block in matcher.get_matching_blocks()), max(len(ours), len(theirs))
    first = next((ours[i : i + 1] for tag, i, *_ in matcher.get_opcodes() if tag != "equal"), "")
    results.add(
        "same line breaks in both files", name, same >= SAME_LINES * all_lines, f"{same} of {all_lines} {first}"
    )


def different_cells(pdf: Table | None, docx: Table | None) -> str:
    """The first cell that differs in place, span or text."""
    if pdf is None or docx is None:
        return "" if pdf is docx else "a table in one file only"
    ours, theirs = ({(c.row, c.column, c.rows, c.columns): c.text for c in t.cells} for t in (pdf, docx))
    for place in sorted(ours.keys() | theirs.keys()):
        if place not in ours or place not in theirs:
            return f"cell {place} (row, column, rows, columns) only in the {'PDF' if place in ours else 'DOCX'}"
        if not same_text(theirs[place], ours[place]):
            return f"cell {place}: PDF {ours[place]!r}, DOCX {theirs[place]!r}"
    return ""
