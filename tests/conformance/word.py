"""The DOCX itself, read from its XML: pages, styles, language, headings, repeated header rows."""

import re
import zipfile
from pathlib import Path

import docx
from docx.oxml.ns import qn

import nd30
import read_docx
from report import DIVISION, Report, plain
from results import Adder, Results

TWIPS_PER_MM = 1440 / 25.4
TOLERANCE_MM = 0.3
FONT = "Times New Roman"
ALIGNED = {"kind": "CENTER", "subject": "CENTER", "authority": "CENTER", "signer": "CENTER", "body": "JUSTIFY"}


def check(results: Results, file: str, path: Path, report: Report) -> None:
    """All checks of one DOCX."""
    document = docx.Document(str(path))
    add = results.adder(file, prefix="DOCX ")
    typed = Results()
    nd30.check_type(typed, file, report)
    for result in typed:
        add(result.check, result.passed, result.figure)
    check_sections(add, document, report)
    check_styles(add, document, path, report)
    check_paragraphs(add, report)
    check_headings(add, document)
    check_tables(add, document, report)
    check_properties(add, document, report)


def check_sections(add: Adder, document, report: Report) -> None:
    """A4, margins, no number on a first page, numbers anew in each appendix."""
    sections = document.element.xpath("//w:sectPr")
    attached = 1 if report.attached else 0
    wanted = 1 + attached + len(report.appendices)
    add("sections: one, one attached, one an appendix", len(sections) == wanted, len(sections))
    names = ["document", *["attached document"] * attached]
    names += [f"appendix {i}" for i, _ in enumerate(report.appendices, 1)]
    for i, (section, name) in enumerate(zip(sections, names)):
        size = section.find(qn("w:pgSz"))
        width, height = _mm(size, "w"), _mm(size, "h")
        a4 = all(abs(a - b) <= TOLERANCE_MM for a, b in zip(sorted((width, height)), nd30.A4_MM))
        lying = size.get(qn("w:orient")) == "landscape"
        upright = not i and height < width
        add(f"I.1 A4: {name}", a4 and lying == (width > height) and not upright, f"{width:.1f} × {height:.1f} mm")
        if not i:
            check_margins(add, section.find(qn("w:pgMar")))
        add(f"I.7 first page without number: {name}", section.find(qn("w:titlePg")) is not None)
        start = section.find(qn("w:pgNumType"))
        restarts = start is not None and start.get(qn("w:start")) == "1"
        add(f"I.7 numbers from 1: {name}", restarts or not i, "restarts" if restarts else "runs on")
    check_page_field(add, document, sections[0])
    later = [section.first_page_footer for section in list(document.sections)[1:]]
    carried = [text for footer in later for p in footer.paragraphs if (text := p.text.strip())]
    add("III.4 (ô 13) in the footer of page 1 alone", not carried, carried or f"{len(report.contact)} lines")


def check_margins(add: Adder, margins) -> None:
    for side, (low, high) in nd30.MARGINS_MM.items():
        value = _mm(margins, side)
        add(f"I.3 lề {side}", low - TOLERANCE_MM <= value <= high + TOLERANCE_MM, f"{value:.1f} mm")


def check_page_field(add: Adder, document, section) -> None:
    """The default header holds a centred PAGE field; the first page's holds none."""
    fields = {}
    for reference in section.findall(qn("w:headerReference")):
        part = document.part.related_parts[reference.get(qn("r:id"))]
        fields[reference.get(qn("w:type"))] = part.element if hasattr(part, "element") else None
    texts = {
        kind: "".join(e.itertext()) + " ".join(e.xpath(".//@w:instr")) for kind, e in fields.items() if e is not None
    }
    add("I.7 PAGE field in the header", "PAGE" in texts.get("default", ""), sorted(texts))
    add("I.7 no PAGE field on page 1", "first" in texts and "PAGE" not in texts["first"])


def check_styles(add: Adder, document, path: Path, report: Report) -> None:
    """One typeface, one language, named styles."""
    with zipfile.ZipFile(path) as file:
        xml = " ".join(
            file.read(n).decode() for n in file.namelist() if re.fullmatch(r"word/(document|styles|header\d*).xml", n)
        )
    fonts = set(re.findall(r'<w:rFonts [^>]*w:ascii="([^"]*)"', xml)) | set(re.findall(r'w:hAnsi="([^"]*)"', xml))
    add("I.4 typeface", fonts == {FONT}, ", ".join(sorted(fonts)))
    languages = set(re.findall(r'<w:lang [^>]*w:val="([^"]*)"', xml))
    add("language vi-VN", languages == {"vi-VN"}, ", ".join(sorted(languages)))
    used = {docx.text.paragraph.Paragraph(p, document).style.name for p in document.element.xpath("//w:p[w:r]")}
    add("named styles", len(used - {"Normal"}) >= 3, f"{len(used)} styles in use")
    colours = set(re.findall(r'<w:color [^>]*w:val="([^"]*)"', xml))
    red = {"FF0000"} if report.urgency else set()
    add("I.4 màu đen (III.2 độ khẩn red)", colours <= {"000000", "auto"} | red, ", ".join(sorted(colours)))


def check_paragraphs(add: Adder, report: Report) -> None:
    """Alignment, indent and spacing of the body and the title, with their styles applied."""
    for name, alignment in ALIGNED.items():
        pieces = [piece for piece in getattr(report, name) if not _is_division(piece)]
        found = {_format(p, "alignment").name if _format(p, "alignment") is not None else "LEFT" for p in pieces}
        if pieces:
            add(f"alignment of {name}", found == {alignment}, ", ".join(sorted(found)))
    everything = report.body + (report.attached.body if report.attached else [])
    body = [p for p in everything if not _is_division(p)]
    divisions = [p for p in everything if _is_division(p)]
    if divisions:
        found = {_format(p, "alignment").name for p in divisions}
        add("alignment of phần, chương, mục", found == {"CENTER"}, ", ".join(sorted(found)))
    indents = {round((_format(p, "first_line_indent") or 0) / docx.shared.Mm(1), 1) for p in body}
    add("II.6 first-line indent 10 or 12.7 mm", indents <= set(nd30.INDENTS_MM), f"{sorted(indents)} mm")
    gaps = {sum(_points(p, side) for side in ("space_before", "space_after")) for p in body}
    add("II.6 at least 6 pt between paragraphs", min(gaps) >= nd30.PARAGRAPH_GAP_PT, f"{sorted(gaps)} pt")
    pitches = {_format(p, "line_spacing") or 1.0 for p in body}
    low, high = nd30.LINE_PITCH
    multiples = all(isinstance(pitch, float) and low <= pitch <= high for pitch in pitches)
    add("II.6 line pitch single to 1.5", multiples, ", ".join(str(pitch) for pitch in pitches))


def _is_division(piece: read_docx.Block) -> bool:
    """A paragraph of two lines or more: Chương I, then its title."""
    return bool(DIVISION.fullmatch(plain(piece.paragraph.text.split("\n")[0])))


def _points(piece: read_docx.Block, name: str) -> float:
    length = _format(piece, name)
    return length.pt if length is not None else 0


def _format(piece: read_docx.Block, name: str):
    """A paragraph property: its own, or the nearest of its styles."""
    value, style = getattr(piece.paragraph.paragraph_format, name), piece.paragraph.style
    while value is None and style is not None:
        value, style = getattr(style.paragraph_format, name), style.base_style
    return value


def check_headings(add: Adder, document) -> None:
    """Numbered titles (and the appendix) stand in Word's navigation pane."""
    titles = [p for p in document.paragraphs if _is_title(p)]
    outside = [p.text[:40] for p in titles if _outline_level(p) is None]
    add("headings have outline levels", not outside, outside or f"{len(titles)} headings")


def _is_title(paragraph) -> bool:
    pieces = read_docx.pieces_of(paragraph)
    first = paragraph.text.split("\n")[0].strip()
    numbered = re.match(r"([IVX]+|\d+)\. |Điều \d+\. |Phụ lục( [IVXLC]+)?$", first) or DIVISION.fullmatch(first)
    return bool(pieces and numbered and pieces[0].bold)


def _outline_level(paragraph) -> str | None:
    """From the paragraph, or the nearest of its styles that says one."""
    elements, style = [paragraph._p.pPr], paragraph.style
    while style is not None:
        elements.append(style.element.pPr)
        style = style.base_style
    levels = [e.find(qn("w:outlineLvl")) for e in elements if e is not None]
    return next((level.get(qn("w:val")) for level in levels if level is not None), None)


def check_tables(add: Adder, document, report: Report) -> None:
    """Tables of more than two columns: header rows that repeat and hold whole cells, rows that are never cut, a grid that fits."""
    wide = [table for table in document.tables if len(table.columns) > 2]
    grids = [*report.tables, *(appendix.table for appendix in report.appendices if appendix.table)]
    add("tables of the body and of appendices", len(wide) == len(grids), f"{len(wide)} wide, {len(grids)} read")
    for i, (table, grid) in enumerate(zip(wide, grids), 1):
        cells, header = grid.cells, grid.header_rows
        cut = [cell.text for cell in cells if cell.row < header < cell.row + cell.rows]
        add(f"repeated header rows: table {i}", header > 0 and not cut, cut or f"{header} rows (w:tblHeader)")
        rows = table._tbl.tr_lst
        whole = sum(row.trPr is not None and row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
        add(f"rows never cut: table {i}", whole == len(rows), f"{whole} of {len(rows)} rows (w:cantSplit)")
        filled = sum(cell.rows * cell.columns for cell in cells)
        whole_grid = grid.row_count * grid.column_count
        add(
            f"cells fill the grid: table {i}",
            filled == whole_grid == len(rows) * len(table.columns),
            f"{filled} places",
        )


def check_properties(add: Adder, document, report: Report) -> None:
    """Core properties: title, author, language."""
    core = document.core_properties
    words = " ".join(piece.text for piece in report.subject or report.under_number)
    add("title property", core.title and (words[:40].lower() in core.title.lower() or not words), core.title)
    add("author property", core.author and core.author not in ("unknown", "python-docx"), core.author)
    add("language property", core.language == "vi-VN", core.language)


def _mm(element, name: str) -> float:
    return int(element.get(qn(f"w:{name}"))) / TWIPS_PER_MM
