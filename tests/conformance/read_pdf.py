"""Reads a report from a PDF with pdfplumber: characters become lines by position, ruling lines become table cells.

Lengths are millimetres from the top left corner of the page; letter sizes are points.
"""

import re
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import pdfplumber

from report import (
    ADDRESSEES,
    APPENDIX,
    CIRCULATION,
    DATE,
    NATION,
    NUMBER,
    RECIPIENTS,
    URGENCY,
    Appendix,
    Attached,
    Cell,
    Piece,
    Report,
    Span,
    Table,
    Unreadable,
    appendix_head,
    plain,
    take_opening,
)

MM = 72 / 25.4
ASCENT = 0.8911  # of Times New Roman and its metric twins, in ems
DESCENT = 0.2163
AMOUNT = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?")  # with a point: “1” may be a number of order, centred
COLUMN_GAP_MM = 9  # a wider gap on one baseline is the space between two columns
TOUCHING_MM = 0.3
SAME_BASELINE_MM = 0.2
RED = (1.0, 0.0, 0.0)
CENTRED_MM = 1
FOOT_MM = 30  # a long rule that near the edge of the paper belongs to box 13
TOUCHING_PT = 1.5  # of two edges in one table
SHORT_RULE_PT = 1.5  # a filled rectangle thinner than this is a line


@dataclass
class Line(Piece):
    """A printed line."""

    page: int
    x0: float
    x1: float
    baseline: float
    chars: list = field(repr=False)

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def size_pt(self) -> float:
        return max(span.size_pt for span in self.inked)

    @property
    def top(self) -> float:
        return self.baseline - ASCENT * self.size_pt / MM

    @property
    def bottom(self) -> float:
        return self.baseline + DESCENT * self.size_pt / MM

    def x_of(self, text: str) -> float:
        """Where a string begins on the line."""
        at = "".join(char["text"] for char in self.chars).index(text)
        return self.chars[at]["x0"] / MM


@dataclass
class Rule:
    """A horizontal line that is not part of a table."""

    x0: float
    x1: float
    y: float
    solid: bool

    @property
    def length(self) -> float:
        return self.x1 - self.x0

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass
class Ruled:
    """A table on a page, and where it stands."""

    table: Table
    x0: float
    x1: float
    top: float
    bottom: float
    amount_gaps: list[tuple[bool, float]]  # italic? · from the end of an amount to the right edge of its cell

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass
class Stamp:
    """Words in a frame (boxes 10b and 11) with their colours, and the size of the frame around them."""

    line: Line
    colours: set
    width: float
    height: float


@dataclass
class Page:
    """One page: its lines from top to bottom, its rules, its page number, its tables."""

    width: float
    height: float
    lines: list[Line]
    rules: list[Rule]
    number: Line | None
    tables: list[Ruled]
    smallest_pt: float  # of all its letters
    colours: set  # of all its letters but those of the độ khẩn
    stamps: list["Stamp"]
    frames: list["Stamp"]  # of box 11
    fonts: set

    @property
    def table(self) -> Table | None:
        """The largest one."""
        largest = max(self.tables, key=lambda ruled: len(ruled.table.cells), default=None)
        return largest.table if largest else None


@dataclass
class PdfReport(Report):
    """A report that also knows its pages: those of the document, of the attached document, of its appendices."""

    pages: list[Page] = field(default_factory=list)
    main_pages: int = 0
    attached_pages: list[int] = field(default_factory=list)
    appendix_pages: list[list[int]] = field(default_factory=list)
    contact_rule: Rule | None = None

    @property
    def main(self) -> list[Page]:
        return self.pages[: self.main_pages]


def read(path: Path, header_rows: list[int]) -> PdfReport:
    """The boxes of the document. `header_rows`: how many rows repeat on each page, of each table of the body, then of each appendix."""
    with pdfplumber.open(path) as pdf:
        report = PdfReport(pages=[_page(page, i) for i, page in enumerate(pdf.pages)])
    starts = [i for i, page in enumerate(report.pages) if page.lines and APPENDIX.fullmatch(page.lines[0].text)]
    end = starts[0] if starts else len(report.pages)
    again = (i for i in range(1, end) if any(NATION.fullmatch(line.text) for line in report.pages[i].lines))
    report.main_pages = next(again, end)
    report.attached_pages = list(range(report.main_pages, end))
    _take_margins(report)
    if report.attached_pages:
        report.attached = _attached([report.pages[page] for page in report.attached_pages])
    report.appendix_pages = [list(range(a, b)) for a, b in zip(starts, starts[1:] + [len(report.pages)])]
    lines = _take_header([line for page in report.main for line in page.lines], report)
    lines = _take_title(lines, report)
    _take_body(_take_tables(lines, report, header_rows), report)
    for i, pages in enumerate(report.appendix_pages):
        parts = [report.pages[page] for page in pages]
        at = len(report.tables) + i
        report.appendices.append(_appendix(parts, header_rows[at] if at < len(header_rows) else 0))
    return report


def _take_margins(report: PdfReport) -> None:
    """What page 1 carries above the quốc hiệu, and below a long rule at its foot."""
    page = report.pages[0]
    report.circulation = [line for line in page.lines if CIRCULATION.fullmatch(line.text)]
    low = [rule for rule in page.rules if rule.y > page.height - FOOT_MM and rule.length > page.width / 2]
    report.contact_rule = low[0] if low else None
    report.contact = [line for line in page.lines if low and line.baseline > low[0].y]
    page.lines = [line for line in page.lines if line not in report.circulation + report.contact]
    page.rules = [rule for rule in page.rules if rule not in low]


def _attached(pages: list[Page]) -> Attached:
    """The lines down to the title, which stands on the axis of “(Kèm theo …)”, by column; then the text."""
    lines = [line for page in pages for line in page.lines]
    nation = next(line for line in lines if NATION.fullmatch(line.text))
    reference = next((line for line in lines if line.text.startswith("(")), None)
    if not reference:
        raise Unreadable("an attached document without “(Kèm theo …)”")
    on_axis = [i for i, line in enumerate(lines) if abs(line.centre - reference.centre) < CENTRED_MM]
    head, text = lines[: on_axis[0]], lines[on_axis[0] :]
    attached = Attached()
    attached.agency = [line for line in head if line.centre < nation.x0]
    attached.nation = [line for line in head if line.centre >= nation.x0]
    attached.set_text(text)
    return attached


def tables(path: Path) -> list[Table | None]:
    """The largest table of each page."""
    with pdfplumber.open(path) as pdf:
        return [_page(page, i).table for i, page in enumerate(pdf.pages)]


def _page(page, index: int) -> Page:
    for order, char in enumerate(page.chars):
        char["order"] = order
    found = [table for table in page.find_tables() if len(table.cells) >= 4]
    boxes = [table.bbox for table in found]
    outside = [char for char in page.chars if not any(_inside(char, box) for box in boxes)]
    lines = _lines(outside, page.height, index)
    urgent = [line for line in lines if URGENCY.fullmatch(line.text)]
    stamped = {id(char) for line in urgent for char in line.chars}
    number = lines[0] if lines and re.fullmatch(r"\d+", lines[0].text) and lines[0].baseline < 22 else None
    return Page(
        width=page.width / MM,
        height=page.height / MM,
        lines=[line for line in lines if line is not number],
        rules=_rules(page, boxes),
        number=number,
        tables=sorted((_ruled(page, table) for table in found), key=lambda ruled: ruled.top),
        smallest_pt=min((_size_pt(char) for char in page.chars if char["text"].strip()), default=0),
        colours={_colour(char) for char in page.chars if char["text"].strip() and id(char) not in stamped},
        stamps=[_stamp(page, line, {RED}) for line in urgent],
        frames=[_stamp(page, line) for line in lines if CIRCULATION.fullmatch(line.text)],
        fonts={char["fontname"].split("+")[-1] for char in page.chars},
    )


def _size_pt(char) -> float:
    """The letter size, also of turned text."""
    a, b = char["matrix"][:2]
    return round(char["size"] if abs(a) >= abs(b) else char["x1"] - char["x0"], 2)


def _stamp(page, line: Line, colours: set | None = None) -> Stamp:
    """The lines (of a colour) within a centimetre of the words are their frame."""
    middle, reach = line.baseline - 0.3 * line.size_pt / MM, 10
    near = [
        o
        for o in page.lines + page.rects + page.curves
        if abs((o["top"] + o["bottom"]) / 2 / MM - middle) < reach
        and o["x0"] / MM < line.x1 + reach
        and o["x1"] / MM > line.x0 - reach
        and (not colours or any(_colour(o, kind) in colours for kind in ("stroking_color", "non_stroking_color")))
    ]
    xs = [edge / MM for o in near for edge in (o["x0"], o["x1"])] or [0]
    ys = [edge / MM for o in near for edge in (o["top"], o["bottom"])] or [0]
    colours = {_colour(char) for char in line.chars if char["text"].strip()}
    return Stamp(line, colours, max(xs) - min(xs), max(ys) - min(ys))


def _colour(char, kind="non_stroking_color") -> tuple:
    colour = char[kind]
    return tuple(colour) if isinstance(colour, (list, tuple)) else (colour,)


def _inside(char, box) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _baseline(char, page_height: float) -> float:
    return (page_height - char["matrix"][5]) / MM


def _lines(chars: list, page_height: float, index: int) -> list[Line]:
    """Lines from top to bottom; text in two columns on one baseline makes two lines."""
    upright = sorted((c for c in chars if c["upright"]), key=lambda c: _baseline(c, page_height))
    rows: list[list] = []
    for char in upright:
        if rows and _baseline(char, page_height) - _baseline(rows[-1][-1], page_height) < SAME_BASELINE_MM:
            rows[-1].append(char)
        else:
            rows.append([char])
    lines = [_line(part, page_height, index) for row in rows for part in _split(row)]
    return [line for line in lines if line]


def _split(row: list) -> list[list]:
    """The stretches of one baseline: cut at a gap as wide as between columns, or where the file goes on elsewhere.

    The second tells columns apart that nearly touch: a file writes one column to its end before the next.
    """
    parts: list[list] = []
    for char in sorted(row, key=lambda c: c["x0"]):
        gap = (char["x0"] - parts[-1][-1]["x1"]) / MM if parts else COLUMN_GAP_MM
        elsewhere = bool(parts) and char["order"] != parts[-1][-1]["order"] + 1
        if gap >= COLUMN_GAP_MM or gap > TOUCHING_MM and elsewhere:
            parts.append([])
        parts[-1].append(char)
    return parts


def _line(chars: list, page_height: float, index: int) -> Line | None:
    """A line without the blanks at its ends."""
    while chars and not chars[-1]["text"].strip():
        chars = chars[:-1]
    while chars and not chars[0]["text"].strip():
        chars = chars[1:]
    if not chars:
        return None
    return Line(
        spans=_spans(chars),
        page=index,
        x0=chars[0]["x0"] / MM,
        x1=chars[-1]["x1"] / MM,
        baseline=_baseline(chars[0], page_height),
        chars=chars,
    )


def _spans(chars: list) -> list[Span]:
    """Stretches of one font; a gap without a blank character counts as a blank."""
    spans, before = [], None
    for (font, size), group in groupby(chars, key=lambda c: (c["fontname"], _size_pt(c))):
        text = ""
        for char in group:
            if before and char["x0"] - before["x1"] > 0.15 * size:
                text += " "
            text += char["text"]
            before = char
        spans.append(Span(text, size, "Bold" in font, "Italic" in font))
    return spans


def _rules(page, boxes: list) -> list[Rule]:
    """Horizontal lines outside the tables, whether stroked or filled."""
    flat = [o for o in page.lines + page.rects + page.curves if o["bottom"] - o["top"] < SHORT_RULE_PT]
    free = [o for o in flat if o["x1"] - o["x0"] > 3 * MM and not any(_inside(o, box) for box in boxes)]
    return [
        Rule(o["x0"] / MM, o["x1"] / MM, (o["top"] + o["bottom"]) / 2 / MM, not (o.get("dash") or [[]])[0])
        for o in free
    ]


def _ruled(page, found) -> Ruled:
    """A table by its ruling lines, in the finest grid of its edges."""
    xs = edges([x for cell in found.cells for x in (cell[0], cell[2])])
    ys = edges([y for cell in found.cells for y in (cell[1], cell[3])])
    cells, gaps = [], []
    for box in found.cells:
        column, end = _nearest(xs, box[0]), _nearest(xs, box[2])
        row, last = _nearest(ys, box[1]), _nearest(ys, box[3])
        chars = [char for char in page.chars if _inside(char, box)]
        cells.append(Cell(row, column, last - row, end - column, _cell_text(chars)))
        if AMOUNT.fullmatch(cells[-1].text):
            last = max((char for char in chars if char["text"].strip()), key=lambda c: c["x1"])
            gaps.append(("Italic" in last["fontname"], (box[2] - last["x1"]) / MM))
    x0, top, x1, bottom = (edge / MM for edge in found.bbox)
    return Ruled(Table(cells, 0), x0, x1, top, bottom, gaps)


def edges(values: list[float], touching: float = TOUCHING_PT) -> list[float]:
    """Distinct edges; two that touch are one."""
    distinct: list[float] = []
    for value in sorted(values):
        if not distinct or value - distinct[-1] > touching:
            distinct.append(value)
    return distinct


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))


def _cell_text(chars: list) -> str:
    """The text of a cell, its lines parted by line feeds, also when it is turned by a quarter."""
    a, b = chars[0]["matrix"][:2] if chars else (1, 0)
    if abs(a) >= abs(b):
        along, across = (lambda c: c["x0"]), (lambda c: -c["matrix"][5])
    elif b > 0:  # read from bottom to top, lines from left to right
        along, across = (lambda c: c["matrix"][5]), (lambda c: c["matrix"][4])
    else:
        along, across = (lambda c: -c["matrix"][5]), (lambda c: -c["matrix"][4])
    rows: list[list] = []
    for char in sorted(chars, key=across):
        if rows and across(char) - across(rows[-1][-1]) < 1:
            rows[-1].append(char)
        else:
            rows.append([char])
    return "\n".join(plain("".join(c["text"] for c in sorted(row, key=along))) for row in rows).strip()


def _take_header(lines: list[Line], report: PdfReport) -> list[Line]:
    """The lines down to số and date, by column, and what stands on the axis of số below it."""
    number = next((line for line in lines if NUMBER.match(line.text)), None)
    nation = next((line for line in lines if NATION.fullmatch(line.text)), None)
    if not number or not nation:
        raise Unreadable("no line “Số:” or no quốc hiệu")
    level = [line for line in lines if abs(line.baseline - number.baseline) < 2 and line.centre > number.x1]
    date = next((line for line in level if DATE.fullmatch(line.text)), None)
    middle = (number.centre + nation.centre) / 2
    floor = max(line.baseline for line in (number, date) if line) + SAME_BASELINE_MM
    head = [line for line in lines if line.page == 0 and line.baseline <= floor]
    rest = lines[len(head) :]
    while rest and abs(rest[0].centre - number.centre) < 3 and rest[0].x1 < nation.centre:
        head.append(rest.pop(0))
    report.set_left_header([line for line in head if line.centre < middle])
    report.set_right_header([line for line in head if line.centre >= middle])
    return rest


def _take_title(lines: list[Line], report: PdfReport) -> list[Line]:
    """Tên loại, trích yếu down to its rule, Kính gửi with what stands right of its beginning."""
    lines = list(lines)
    if lines and lines[0].bold and lines[0].caps:
        report.kind.append(lines.pop(0))
    if report.kind:
        rules = [rule.y for rule in report.pages[0].rules if rule.y > report.kind[-1].baseline]
        end = min(rules, default=report.kind[-1].baseline + 30)
        while lines and lines[0].bold and lines[0].baseline < end:
            report.subject.append(lines.pop(0))
        axis = report.kind[0].centre
        lines = take_opening(lines, report, lambda line: abs(line.centre - axis) < CENTRED_MM)
    if lines and ADDRESSEES.match(lines[0].text):
        first = lines.pop(0)
        report.addressees.append(first)
        while lines and lines[0].x0 > first.x0 + 2:
            report.addressees.append(lines.pop(0))
    return lines


def _take_tables(lines: list[Line], report: PdfReport, header_rows: list[int]) -> list[Line]:
    """The tables among the lines, with their titles and units; one goes on where a page begins with the next part."""
    rest = list(lines)
    for index, page in enumerate(report.main):
        for ruled in page.tables:
            above = [line for line in rest if line.page == index and line.baseline < ruled.top]
            is_first = not above and index > 0 and ruled is page.tables[0]
            if is_first and report.tables and report.tables[-1].column_count == ruled.table.column_count:
                _continue(report.tables[-1], ruled.table)
                continue
            heads = []
            while above and (above[-1].text.startswith("Đơn vị tính") or _heads(above[-1], ruled)):
                heads.insert(0, above.pop())
            rest = [line for line in rest if line not in heads]
            report.table_heads += heads
            at = len(report.tables)
            report.tables.append(Table(list(ruled.table.cells), header_rows[at] if at < len(header_rows) else 0))
    return rest


def _heads(line: Line, ruled: Ruled) -> bool:
    """Whether a line is a title of the table below it."""
    return line.bold and abs(line.centre - ruled.centre) < 1


def _take_body(lines: list[Line], report: PdfReport) -> None:
    """The body down to “Nơi nhận:”, then the two columns of the signature."""
    label = next((line for line in lines if RECIPIENTS.match(line.text)), None)
    if not label:
        raise Unreadable("no line “Nơi nhận:”")
    on_page = [line for line in lines if line.page == label.page]
    top = label.baseline if any(_beside(label, line) for line in on_page) else _signatures_top(on_page, label)
    block = [line for line in on_page if line.baseline > top - 2]
    report.body = [line for line in lines if line not in block]
    first = min(block, key=lambda line: (line.baseline > top + 2, line.x0))
    beside = [line for line in block if line.x0 > first.x1]
    if not beside:
        raise Unreadable("nothing beside “Nơi nhận:” and no two signatures above it")
    axis = beside[0].centre
    right = [line for line in block if abs(line.centre - axis) < 3]
    report.set_signature([line for line in block if line not in right], right)


def _beside(label: Line, line: Line) -> bool:
    return line.x0 > label.x1 and abs(line.baseline - label.baseline) < 2


def _signatures_top(lines: list[Line], label: Line) -> float:
    """Of minutes: the baseline on which, above Nơi nhận, the titles of both who sign stand side by side."""
    titles = [line for line in lines if line.baseline < label.baseline and line.bold and line.caps]
    pairs = [a for a in titles for b in titles if abs(a.baseline - b.baseline) < SAME_BASELINE_MM and b.x0 > a.x1]
    if not pairs:
        raise Unreadable("nothing beside “Nơi nhận:” and no two signatures above it")
    return pairs[0].baseline


def _appendix(pages: list[Page], header_rows: int) -> Appendix:
    """The lines outside the tables, and the tables of all pages as one."""
    appendix = appendix_head([line for page in pages for line in page.lines])
    for page in pages:
        if page.table and appendix.table is None:
            appendix.table = Table(list(page.table.cells), header_rows)
        elif page.table:
            _continue(appendix.table, page.table)
    return appendix


def _continue(table: Table, more: Table) -> None:
    """The rows of a further page, without the repeated header."""
    shift = table.row_count - table.header_rows
    for cell in more.cells:
        if cell.row >= table.header_rows:
            table.cells.append(Cell(cell.row + shift, cell.column, cell.rows, cell.columns, cell.text))
