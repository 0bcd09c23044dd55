"""Reads a report from a DOCX with python-docx: the boxes by their place and wording, the tables by their grid."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import docx
from docx.oxml.ns import qn
from docx.table import Table as DocxTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from report import (
    ADDRESSEES,
    APPENDIX,
    NATION,
    RECIPIENTS,
    Appendix,
    Attached,
    Cell,
    Piece,
    Report,
    Span,
    Table,
    WIRED_BY,
    Unreadable,
    appendix_head,
    plain,
    take_opening,
)


@dataclass
class Block(Piece):
    """A paragraph, with python-docx's own object for what is not in its runs."""

    paragraph: Paragraph


def read(path: Path) -> Report:
    """The boxes of the document, from top to bottom."""
    document = docx.Document(str(path))
    items = [item for item in document.iter_inner_content() if pieces_of(item)]
    report = Report()
    report.circulation = pieces_of(document.sections[0].first_page_header)
    report.contact = pieces_of(document.sections[0].first_page_footer)
    header = next((i for i, item in enumerate(items) if isinstance(item, Paragraph)), 0)
    signature = next((i for i, item in enumerate(items) if _is_signature(item)), None)
    if not header or signature is None:
        raise Unreadable("no header table at the top, or no table with “Nơi nhận:”")
    left, right = _columns(items[:header])
    report.set_left_header(left)
    report.set_right_header(right)
    report.body = _take_title(_take_tables(items[header:signature], report), report)
    report.set_signature(*_columns([items[signature]]))
    rest = items[signature + 1 :]
    if rest and isinstance(rest[0], DocxTable) and any(NATION.fullmatch(piece.text) for piece in pieces_of(rest[0])):
        end = next((i for i, item in enumerate(rest) if _is_appendix(item)), len(rest))
        report.attached = Attached()
        report.attached.agency, report.attached.nation = _columns(rest[:1])
        report.attached.set_text([piece for item in rest[1:end] for piece in pieces_of(item)])
        rest = rest[end:]
    report.appendices = _appendices(rest)
    return report


def _is_appendix(item: Paragraph | DocxTable) -> bool:
    return isinstance(item, Paragraph) and bool(APPENDIX.fullmatch(plain(item.text)))


def pieces_of(item: Paragraph | DocxTable | _Cell) -> list[Block]:
    """The non-empty paragraphs of anything, row by row."""
    if isinstance(item, Paragraph):
        return [piece for spans in _broken(_spans(item)) if (piece := Block(spans, item)).text]
    if isinstance(item, DocxTable):
        return [piece for row in _cells(item) for _, _, cell in row for piece in pieces_of(cell)]
    return [piece for inner in item.iter_inner_content() for piece in pieces_of(inner)]


def grid(table: DocxTable) -> Table:
    """Every cell with its place and span; a continued vertical merge belongs to the cell above."""
    cells: list[Cell] = []
    for row_index, row in enumerate(_cells(table)):
        for column, span, cell in row:
            merge = cell._tc.tcPr.find(qn("w:vMerge")) if cell._tc.tcPr is not None else None
            if merge is not None and merge.get(qn("w:val"), "continue") == "continue":
                above = next(c for c in reversed(cells) if c.column == column)
                above.rows += 1
                continue
            text = plain("\n".join(piece.text for piece in pieces_of(cell)))
            cells.append(Cell(row_index, column, 1, span, text))
    return Table(cells, header_rows(table))


def header_rows(table: DocxTable) -> int:
    """How many rows at the top are marked to repeat on each page."""
    count = 0
    for row in table._tbl.tr_lst:
        if row.trPr is None or not _is_on(row.trPr.find(qn("w:tblHeader"))):
            break
        count += 1
    return count


def _cells(table: DocxTable) -> list[list[tuple[int, int, _Cell]]]:
    """Rows of (grid column, columns spanned, cell)."""
    rows = []
    for tr in table._tbl.tr_lst:
        column, row = 0, []
        for tc in tr.tc_lst:
            row.append((column, tc.grid_span, _Cell(tc, table)))
            column += tc.grid_span
        rows.append(row)
    return rows


def _is_on(element) -> bool:
    return element is not None and element.get(qn("w:val"), "1") not in ("0", "false", "off")


def _is_signature(item: Paragraph | DocxTable) -> bool:
    return isinstance(item, DocxTable) and any(RECIPIENTS.match(piece.text) for piece in pieces_of(item))


def _columns(tables: list[DocxTable]) -> tuple[list[Piece], list[Piece]]:
    """Side-by-side tables read down their left, then down their right column."""
    left, right = [], []
    for table in tables:
        for row in _cells(table):
            middle = sum(span for _, span, _ in row) / 2
            for column, _, cell in row:
                (left if column < middle else right).extend(pieces_of(cell))
    return left, right


def _take_tables(items: list, report: Report) -> list[Block]:
    """The tables of the body, each with the title and the unit right above it. Answers the rest."""
    rest: list[Block] = []
    for item in items:
        if isinstance(item, Paragraph):
            rest += pieces_of(item)
            continue
        heads: list[Block] = []
        while rest and (_alignment(rest[-1]) == "RIGHT" or rest[-1].bold and _alignment(rest[-1]) == "CENTER"):
            heads.insert(0, rest.pop())
        report.table_heads += heads
        report.tables.append(grid(item))
    return rest


def _take_title(pieces: list[Block], report: Report) -> list[Block]:
    """Tên loại (bold capitals), trích yếu (bold), Kính gửi; a công văn has only the last. Answers the rest."""
    pieces = list(pieces)
    if pieces and pieces[0].bold and pieces[0].caps:
        report.kind.append(pieces.pop(0))
    while report.kind and pieces and pieces[0].bold and _centred(pieces[0]) and not pieces[0].caps:
        if WIRED_BY.fullmatch(pieces[0].text):
            break
        report.subject.append(pieces.pop(0))
    pieces = take_opening(pieces, report, _centred)
    if pieces and ADDRESSEES.match(pieces[0].text):
        report.addressees.append(pieces.pop(0))
        several = report.addressees[0].text == "Kính gửi:"
        while several and pieces and pieces[0].text.startswith("- "):
            report.addressees.append(pieces.pop(0))
            several = not report.addressees[-1].text.endswith(".")
    return pieces


def _centred(piece: Block) -> bool:
    return _alignment(piece) == "CENTER"


def _alignment(piece: Block) -> str:
    """The name of the alignment on the paragraph or inherited from its style."""
    alignment, style = piece.paragraph.alignment, piece.paragraph.style
    while alignment is None and style is not None:
        alignment, style = style.paragraph_format.alignment, style.base_style
    return alignment.name if alignment is not None else ""


def _appendices(items: list) -> list[Appendix]:
    """Each appendix begins with its label; its table has more than two columns."""
    groups: list[list] = []
    for item in items:
        if _is_appendix(item):
            groups.append([])
        if not groups:
            raise Unreadable(f"text after the signature that is not an appendix: {pieces_of(item)[0].text}")
        groups[-1].append(item)
    appendices = []
    for group in groups:
        tables = [item for item in group if isinstance(item, DocxTable)]
        appendix = appendix_head([piece for item in group if item not in tables for piece in pieces_of(item)])
        appendix.table = grid(tables[0]) if tables else None
        appendices.append(appendix)
    return appendices


def _broken(spans: list[Span]) -> list[list[Span]]:
    """The spans of a paragraph, one list for each line its author broke (w:br)."""
    lines: list[list[Span]] = [[]]
    for span in spans:
        first, *rest = span.text.split("\n")
        lines[-1].append(replace(span, text=first))
        lines += [[replace(span, text=text)] for text in rest]
    return lines


def _spans(paragraph: Paragraph) -> list[Span]:
    """The runs of a paragraph with what they look like once styles are applied."""
    spans = []
    for inner in paragraph.iter_inner_content():
        for run in [inner] if isinstance(inner, Run) else inner.runs:
            text = run.text.upper() if _font(run, paragraph, "all_caps") else run.text
            size = _font(run, paragraph, "size")
            spans.append(
                Span(text, size.pt, bool(_font(run, paragraph, "bold")), bool(_font(run, paragraph, "italic")))
            )
    return spans


def _font(run: Run, paragraph: Paragraph, name: str):
    """A font property: from the run, its style, the paragraph's style and its ancestors, the defaults."""
    value = getattr(run.font, name)
    if value is None and run.style is not None:
        value = _of_style(run.style, name)
    if value is None:
        value = _of_style(paragraph.style, name)
    if value is None and name == "size":
        value = _default_size(paragraph.part)
    return value


def _of_style(style, name: str):
    while style is not None:
        value = getattr(style.font, name)
        if value is not None:
            return value
        style = style.base_style
    return None


@cache
def _default_size(part):
    """Word's own default is 10 points where the file says nothing."""
    found = part.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:sz/@w:val")
    return docx.shared.Pt(int(found[0]) / 2 if found else 10)
