"""Reads the lines of a PDF with pdfminer.six: every letter where its origin stands, in the order of the file.

Lengths are millimetres from the top left corner of the page. A stretch of letters is a line when they follow each
other on one baseline, within one cell where there is a ruled table.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.utils import apply_matrix_pt, mult_matrix

from read_pdf import MM, edges

BLANKS = " \u00a0\t"  # a no-break space is a space to a reader
SAME_BASELINE_MM = 0.05
BACK_MM = 0.5  # a letter that stands further back begins a line
COLUMN_GAP_MM = 8  # so wide a gap without a blank parts two columns
BLANK_EM = 0.12  # a gap so wide without a blank stands for one
LINE_PT = 1.5  # what is filled and thinner than this is a line
TOUCHING_MM = 0.4  # of two rules that meet


@dataclass
class Letter:
    """A letter at its origin; `along` and `across` are measured in the direction in which it is read."""

    text: str
    x: float
    y: float
    along: float
    across: float
    width: float
    size: float
    turned: int  # quarters of a turn, counter-clockwise
    mark: int | None  # of the marked content it belongs to
    artifact: bool
    drawn: bool  # its font has a glyph for it

    @property
    def blank(self) -> bool:
        return self.text in BLANKS


@dataclass
class Line:
    """A line as it is printed. `x` and `y` are the origin of its first letter that is not blank."""

    page: int
    x: float
    y: float
    end: float
    text: str
    turned: int
    words: list[float]  # where each word begins, along the line
    artifact: bool
    cell: "Cell | None" = None


@dataclass
class Cell:
    """A cell of a ruled table by its place in the finest grid of the lines on its page."""

    table: int
    row: int
    column: int
    rows: int
    columns: int
    box: tuple[float, float, float, float] = field(repr=False)  # left, top, right, bottom
    lines: list[Line] = field(default_factory=list, repr=False)

    @property
    def place(self) -> tuple[int, int, int, int, int]:
        return (self.table, self.row, self.column, self.rows, self.columns)

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines).replace(" ", "")


@dataclass
class Page:
    """A page: its lines in the order of the file, those of a table cell by cell."""

    width: float
    height: float
    lines: list[Line]
    cells: list[Cell]


@dataclass
class Print:
    """A PDF as it is printed, and as a reader of its tags hears it."""

    pages: list[Page]
    spoken: list[tuple[str, str]]  # role and text of each paragraph, heading and cell
    language: str
    unseen: list[str]  # letters off the page or without a glyph, each with its page

    @property
    def lines(self) -> list[Line]:
        return [line for page in self.pages for line in page.lines]


def read(path: Path) -> Print:
    """Every page of a PDF."""
    with open(path, "rb") as file:
        document = PDFDocument(PDFParser(file))
        manager = PDFResourceManager()
        device = _Device(manager)
        interpreter = PDFPageInterpreter(manager, device)
        pages, marked, unseen = [], {}, []
        for number, page in enumerate(PDFPage.create_pages(document), 1):
            interpreter.process_page(page)
            for letter in device.letters:
                if letter.mark is not None:
                    marked.setdefault((page.pageid, letter.mark), []).append(letter.text)
                if not letter.blank and not device.shows(letter):
                    unseen.append(f"{letter.text} on page {number}")
            pages.append(_page(number, device))
        catalog = document.catalog
        spoken = list(_spoken(resolve1(catalog.get("StructTreeRoot")), marked)) if marked else []
        language = resolve1(catalog.get("Lang")) or b""
    return Print(pages, spoken, language.decode("latin-1") if isinstance(language, bytes) else str(language), unseen)


class _Device(PDFTextDevice):
    """Collects the letters and the thin lines of a page."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.letters: list[Letter] = []
        self.rules: list[tuple[float, float, float, float]] = []
        self.tags: list[tuple[str, int | None]] = []
        self.width = self.height = 0.0

    def begin_page(self, page, ctm) -> None:
        x0, y0, x1, y1 = page.mediabox
        self.width, self.height = (x1 - x0) / MM, (y1 - y0) / MM
        if page.rotate % 180:
            self.width, self.height = self.height, self.width
        self.letters, self.rules, self.tags = [], [], []

    def shows(self, letter: Letter) -> bool:
        """Whether a reader of the page sees it."""
        return letter.drawn and 0 <= letter.x <= self.width and 0 <= letter.y <= self.height

    def begin_tag(self, tag, props=None) -> None:
        mark = props.get("MCID") if isinstance(props, dict) else None
        self.tags.append((tag.name, mark))

    def end_tag(self) -> None:
        self.tags.pop()

    def paint_path(self, graphicstate, stroke, fill, evenodd, path) -> None:
        points = [apply_matrix_pt(self.ctm, (part[-2], part[-1])) for part in path if len(part) >= 3]
        if not points:
            return
        if stroke and not fill:
            for (x0, y0), (x1, y1) in zip(points, points[1:]):
                self._rule(x0, y0, x1, y1)
            return
        xs, ys = [x for x, _ in points], [y for _, y in points]
        self._rule(min(xs), min(ys), max(xs), max(ys))

    def _rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if min(abs(x1 - x0), abs(y1 - y0)) <= LINE_PT:
            top, bottom = sorted((self.height - y0 / MM, self.height - y1 / MM))
            left, right = sorted((x0 / MM, x1 / MM))
            self.rules.append((left, top, right, bottom))

    def render_string_horizontal(
        self, seq, matrix, pos, font, fontsize, scaling, charspace, wordspace, rise, dxscale, ncs, graphicstate
    ):
        x, y = pos
        needs_space = False
        for item in seq:
            if isinstance(item, (int, float)):
                x -= item * dxscale
                needs_space = True
                continue
            for code in font.decode(item):
                if needs_space:
                    x += charspace
                width = font.char_width(code) * fontsize * scaling
                self._letter(font, code, mult_matrix((1, 0, 0, 1, x, y + rise), matrix), width, fontsize)
                x += width
                if code == 32 and wordspace:
                    x += wordspace
                needs_space = True
        return x, y

    def _letter(self, font, code: int, matrix, width: float, size: float) -> None:
        try:
            text = font.to_unichr(code)
        except PDFUnicodeNotDefined:
            text = "\ufffd"
        a, b, _, _, e, f = matrix
        scale = math.hypot(a, b) or 1.0
        turned = round(math.atan2(b, a) / (math.pi / 2)) % 4
        x, y = e / MM, self.height - f / MM
        along, across = ((x, y), (-y, x), (-x, -y), (y, -x))[turned]
        marks = [mark for _, mark in self.tags if mark is not None]
        artifact = any(tag == "Artifact" for tag, _ in self.tags)
        self.letters.append(
            Letter(
                text,
                x,
                y,
                along,
                across,
                width * scale / MM,
                size * scale / MM,
                turned,
                marks[-1] if marks else None,
                artifact,
                code != 0,
            )
        )


def _page(number: int, device: _Device) -> Page:
    tables = list(_tables(device.rules))
    placed: list[tuple[Letter, Cell | None]] = []
    for letter in device.letters:
        found = (table.at(letter) for table in tables)
        placed.append((letter, next((cell for cell in found if cell), None)))
    lines = list(_lines(number, placed))
    for line in lines:
        if line.cell:
            line.cell.lines.append(line)
    cells = [cell for table in tables for cell in table.cells]
    return Page(device.width, device.height, list(_in_order(lines, tables)), cells)


def _in_order(lines: list[Line], tables: list["_Table"]) -> Iterator[Line]:
    """The order of the file, but a table cell by cell: LibreOffice writes a cell of several rows after its neighbours."""
    told: set[int] = set()
    for line in lines:
        if not line.cell:
            yield line
        elif line.cell.table not in told:
            told.add(line.cell.table)
            for cell in tables[line.cell.table].cells:
                yield from cell.lines


def _lines(number: int, placed: list[tuple[Letter, Cell | None]]) -> Iterator[Line]:
    """Cuts the letters where a line ends."""
    stretch: list[Letter] = []
    inside: Cell | None = None
    for letter, cell in placed:
        if stretch and (cell is not inside or _begins(letter, stretch[-1])):
            yield from _line(number, stretch, inside)
            stretch = []
        if not stretch:
            inside = cell
        stretch.append(letter)
    yield from _line(number, stretch, inside)


def _begins(letter: Letter, before: Letter) -> bool:
    """Whether a letter stands on another line than the one before it in the file."""
    if letter.turned != before.turned or letter.artifact != before.artifact:
        return True
    if abs(letter.across - before.across) > SAME_BASELINE_MM:
        return True
    gap = letter.along - (before.along + before.width)
    return gap < -BACK_MM or gap > COLUMN_GAP_MM and not before.blank


def _line(number: int, stretch: list[Letter], cell: Cell | None) -> Iterator[Line]:
    """The line that a stretch of letters makes, unless it is all blank."""
    text, words, end, before = "", [], 0.0, None
    first: Letter | None = None
    for letter in stretch:
        gap = letter.along - (before.along + before.width) if before else 0.0
        if letter.blank or gap > BLANK_EM * letter.size:
            text += " "
        if not letter.blank:
            first = first or letter
            if not text or text.endswith(" "):
                words.append(letter.along)
            text += letter.text
            end = letter.along + letter.width
        before = letter
    if first:
        text = re.sub(" +", " ", text.strip())
        yield Line(number, first.x, first.y, end, text, first.turned, words, first.artifact, cell)


class _Table:
    """Rules that touch, as cells."""

    def __init__(self, number: int, upright: list, level: list) -> None:
        self.xs = edges([rule[0] for rule in upright], TOUCHING_MM)
        self.ys = edges([rule[1] for rule in level], TOUCHING_MM)
        self.owner: dict[tuple[int, int], Cell] = {}
        self.cells: list[Cell] = []
        beside = {(self._x(x), row) for x, top, _, bottom in upright for row in range(self._y(top), self._y(bottom))}
        below = {(self._y(y), column) for left, y, right, _ in level for column in range(self._x(left), self._x(right))}
        for row in range(len(self.ys) - 1):
            for column in range(len(self.xs) - 1):
                if (row, column) not in self.owner:
                    self._cell(number, row, column, beside, below)

    def _cell(self, number: int, row: int, column: int, beside: set, below: set) -> None:
        right, bottom = column + 1, row + 1
        while right < len(self.xs) - 1 and (right, row) not in beside:
            right += 1
        while bottom < len(self.ys) - 1 and (bottom, column) not in below:
            bottom += 1
        box = (self.xs[column], self.ys[row], self.xs[right], self.ys[bottom])
        cell = Cell(number, row, column, bottom - row, right - column, box)
        self.cells.append(cell)
        for place in ((r, c) for r in range(row, bottom) for c in range(column, right)):
            self.owner[place] = cell

    def _x(self, x: float) -> int:
        return min(range(len(self.xs)), key=lambda i: abs(self.xs[i] - x))

    def _y(self, y: float) -> int:
        return min(range(len(self.ys)), key=lambda i: abs(self.ys[i] - y))

    def at(self, letter: Letter) -> Cell | None:
        """The cell that a letter stands in."""
        half, raised = letter.width / 2, letter.size / 4
        dx, dy = ((half, -raised), (-raised, -half), (-half, raised), (raised, half))[letter.turned]
        column, row = bisect_right(self.xs, letter.x + dx) - 1, bisect_right(self.ys, letter.y + dy) - 1
        return self.owner.get((row, column))


def _tables(rules: list[tuple[float, float, float, float]]) -> Iterator[_Table]:
    """The tables of a page from top to bottom: groups of upright and level rules that touch."""
    upright = [rule for rule in rules if rule[2] - rule[0] < rule[3] - rule[1]]
    level = [rule for rule in rules if rule[2] - rule[0] >= rule[3] - rule[1]]
    groups: list[tuple[list, list]] = []
    for rule in level:
        touched = [group for group in groups if any(_meet(other, rule) for other in group[0])]
        fresh = [other for other in upright if _meet(other, rule) and not any(other in g[0] for g in touched)]
        merged = ([o for g in touched for o in g[0]] + fresh, [o for g in touched for o in g[1]] + [rule])
        groups = [group for group in groups if group not in touched] + [merged]
    ruled = [(v, h) for v, h in groups if len(v) >= 2 and len(h) >= 2]
    ruled.sort(key=lambda group: (min(rule[1] for rule in group[1]), min(rule[0] for rule in group[0])))
    number = 0
    for v, h in ruled:
        table = _Table(number, v, h)
        if len(table.cells) > 1:  # else the frame of a paragraph
            yield table
            number += 1


def _meet(upright: tuple, level: tuple) -> bool:
    x, top, _, bottom = upright
    left, y, right, _ = level
    return left - TOUCHING_MM <= x <= right + TOUCHING_MM and top - TOUCHING_MM <= y <= bottom + TOUCHING_MM


def _spoken(element, marked: dict, page=None, role: str = "") -> Iterator[tuple[str, str]]:
    """The text of the structure tree in its own order, by the nearest role that holds text."""
    element = resolve1(element)
    if not isinstance(element, dict):
        return
    role = resolve1(element["S"]).name if "S" in element else role
    page = element["Pg"].objid if "Pg" in element else page
    kids = resolve1(element.get("K"))
    text = ""
    for kid in kids if isinstance(kids, list) else [kids]:
        own = resolve1(kid)
        if isinstance(own, dict) and "MCID" in own:
            at = own["Pg"].objid if "Pg" in own else page
            text += "".join(marked.get((at, own["MCID"]), []))
        elif isinstance(own, int):
            text += "".join(marked.get((page, own), []))
        elif isinstance(own, dict):
            if text:
                yield role, text
                text = ""
            yield from _spoken(own, marked, page, role)
    if text:
        yield role, text
