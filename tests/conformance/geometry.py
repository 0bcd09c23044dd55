"""Geometry read back from the PDF, held to every measure of the decree: places, axes, rules, margins, spacing."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

import nd30
from read_pdf import MM, RED, Line, Page, PdfReport, Rule
from report import DIVISION, MOTTO, NATION, Appendix, Piece
from results import Adder, Results

AXIS_MM = 1.0  # how far two axes that should be one may be apart
EDGE_MM = 0.5
JUSTIFIED_MM = 0.7
SLANT_MM = 0.3  # LibreOffice keeps room for the slant of an italic letter at the end of a line
LEVEL_MM = 1.5
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
MARGIN_BOX_MM = 0.7  # how far boxes 11 and 13 may lie apart in the two formats
FRAME_HIGH_MM = (5, 9)  # of box 11: its line of text with a little air
PRINTABLE_MM = 4  # what a printer leaves at the edge of the paper
VIETNAMESE_LETTERS = "abcdđeghiklmnopqrstuvxy"


@dataclass
class Frame:
    """The text area of the portrait pages as the text shows it."""

    left: float
    right: float
    axis: float


def check(results: Results, file: str, report: PdfReport) -> None:
    """All checks of one PDF."""
    frame = _frame(report)
    add = results.adder(file)
    nd30.check_type(results, file, report)
    check_paper(add, report, frame)
    check_page_numbers(add, report, frame)
    check_header(add, report)
    check_title(add, report, frame)
    check_addressees(add, report, frame)
    check_body(add, report, frame)
    check_tables(add, report, frame)
    check_signature(add, report, frame)
    check_divisions(add, report.body, frame)
    check_margin_boxes(add, report, frame)
    if report.attached:
        check_attached(results, file, report, frame)
    if report.appendices:
        labels = [piece.text for appendix in report.appendices for piece in appendix.label]
        several = [f"Phụ lục {roman}" for roman in ROMAN[: len(labels)]]
        add(
            "III.1 phụ lục numbered in Roman, one alone not",
            labels in (several, ["Phụ lục"]) and labels != ["Phụ lục I"],
            labels,
        )
    for i, appendix in enumerate(report.appendices):
        check_appendix(add, i, appendix, [report.pages[page] for page in report.appendix_pages[i]])


def _frame(report: PdfReport) -> Frame:
    lines = report.body + report.recipients_label
    left, right = min(line.x0 for line in lines), max(line.x1 for line in report.body)
    return Frame(left, right, (left + right) / 2)


def check_paper(add: Adder, report: PdfReport, frame: Frame) -> None:
    """Mục I: A4, margins, letters, black."""
    sizes = {tuple(sorted((round(page.width), round(page.height)))) for page in report.pages}
    add("I.1 khổ giấy A4", sizes == {nd30.A4_MM}, sizes)
    portrait = all(page.width < page.height for page in report.main)
    add("I.2 văn bản chính chiều dọc", portrait, f"{len(report.main)} pages")
    width, height = report.main[0].width, report.main[0].height
    top = min(page.lines[0].top for page in report.main if page.lines)
    bottom = height - max(part.bottom for page in report.main for part in [*page.lines, *page.tables])
    margins = {"left": frame.left, "right": width - frame.right, "top": top}
    for side, value in margins.items():
        low, high = nd30.MARGINS_MM[side]
        add(f"I.3 lề {side}", low - EDGE_MM <= value <= high + EDGE_MM, f"{value:.1f} mm")
    add("I.3 lề bottom (nothing lower)", bottom >= nd30.MARGINS_MM["bottom"][0] - EDGE_MM, f"{bottom:.1f} mm")
    fonts = {font for page in report.pages for font in page.fonts}
    times = all(re.match(r"(LiberationSerif|TimesNewRoman|Tinos)", font) for font in fonts)
    add("I.4 phông chữ Times New Roman (metric twin)", times, ", ".join(sorted(fonts)))
    colours = {colour for page in report.pages for colour in page.colours}
    black = all(not any(colour) if len(colour) != 4 else colour == (0, 0, 0, 1) for colour in colours)
    add("I.4 màu đen", black, colours)
    for stamp in (stamp for page in report.pages for stamp in page.stamps):
        wide, high = nd30.URGENCY_MM[stamp.line.text]
        fits = abs(stamp.width - wide) <= EDGE_MM and abs(stamp.height - high) <= EDGE_MM
        figure = f"{stamp.width:.1f} × {stamp.height:.1f} mm, {stamp.colours}"
        add(f"III.2 độ khẩn red, in a frame of {wide} × {high} mm", fits and stamp.colours == {RED}, figure)


def check_page_numbers(add: Adder, report: PdfReport, frame: Frame) -> None:
    """Mục I: from the second page, counted anew in each appendix, centred in the top margin."""
    parts = [("document", report.main, frame.axis)]
    if report.attached_pages:
        parts.append(("attached document", [report.pages[i] for i in report.attached_pages], frame.axis))
    for i, numbers in enumerate(report.appendix_pages, 1):
        pages = [report.pages[number] for number in numbers]
        parts.append((f"appendix {i}", pages, _appendix_axis(pages)))
    for name, pages, axis in parts:
        printed = [page.number.text if page.number else "" for page in pages]
        expected = ["", *(str(n) for n in range(2, len(pages) + 1))]
        add(f"I.7 số trang, hidden on page 1: {name}", printed == expected, " ".join(t or "–" for t in printed))
        faults = [fault for page in pages if page.number and (fault := _number_fault(page, axis))]
        add(f"I.7 số trang, centred in the top margin, 13–14: {name}", not faults, faults[0] if faults else "")


def _number_fault(page: Page, text_axis: float) -> str:
    """Centred may mean on the paper or on the text; the decree does not say which."""
    line, axes = page.number, (page.width / 2, text_axis)
    low, high = nd30.PAGE_NUMBER_PT
    if not low <= line.size_pt <= high or any(span.bold or span.italic for span in line.inked):
        return f"{line.size_pt} pt, {line.spans}"
    if min(abs(line.centre - axis) for axis in axes) > AXIS_MM:
        return f"centre at {line.centre:.1f} mm, paper {axes[0]:.1f}, text {axes[1]:.1f}"
    if page.lines and line.bottom > page.lines[0].top:
        return "not above the text"
    return ""


def check_header(add: Adder, report: PdfReport) -> None:
    """Mục II.1–4: the two columns at the top of page 1."""
    nation, motto = report.nation[0], report.motto[0]
    number, agency = report.number[0], report.superior + report.issuer
    add("II.1 quốc hiệu in one line", len(report.nation) == 1 and nation.x1 - nation.x0 < 100, _width(nation))
    add("II.1 tiêu ngữ centred under quốc hiệu", *_same_axis([nation, motto]))
    check_rule(add, "II.1 line under tiêu ngữ", report, [motto], share=None)
    add("II.2 cơ quan centred on one axis with số", *_same_axis([*agency, number]))
    check_rule(add, "II.2 line under cơ quan", report, report.issuer)
    number_form = re.fullmatch(r"Số: ?(\d{2,}[a-z]?)?/[A-ZĐ][A-Za-zĐđ]*(-[A-ZĐƯ][A-Za-zĐđƯư]*)*", number.text)
    add("II.3 số: form", number_form or not report.dated, number.text)
    if report.secretary:
        add("PL III (mẫu 1.9) no place and date", not report.date, [line.text for line in report.date])
    else:
        add(
            "II.3 số and ngày on one baseline",
            abs(number.baseline - report.date[0].baseline) < 0.2,
            f"{number.baseline:.2f} and {report.date[0].baseline:.2f} mm",
        )
        add("II.4 ngày centred under quốc hiệu", *_same_axis([nation, *report.date]))
    if report.urgency:
        add("III.2 độ khẩn centred under số", *_same_axis([number, *report.urgency]))
    about = report.about
    if about:
        add("II.5 V/v centred under số", *_same_axis([number, *about]))
        gap = (about[0].top - number.bottom) * MM
        add("II.5 V/v 6 pt below số", 5 <= gap <= 8, f"{gap:.1f} pt")


def check_title(add: Adder, report: PdfReport, frame: Frame) -> None:
    """Mục II.5: tên loại and trích yếu on the axis of the text, with a line under it."""
    if not report.kind:
        return
    add("II.5 tên loại, trích yếu centred on the text", *_on_axis(report.kind + report.subject, frame.axis))
    # A giấy giới thiệu has no trích yếu.
    check_rule(add, "II.5 line under trích yếu", report, report.subject or report.kind)
    opening = report.issued_by + report.enacting
    if opening:
        add("PL III thẩm quyền, QUYẾT ĐỊNH: centred on the text", *_on_axis(opening, frame.axis))


def check_rule(add: Adder, label: str, report: PdfReport, above: list[Line], share=nd30.RULE_SHARE) -> None:
    """A solid rule right under some lines, on their axis; as long as its share of the longest one, or just as long."""
    rule = _rule_under(report.main[0].rules, above)
    if rule is None:
        add(label, False, "no line found")
        return
    longest = max(line.x1 - line.x0 for line in above)
    low, high = (longest - EDGE_MM, longest + EDGE_MM) if share is None else (longest * share[0], longest * share[1])
    figure = f"{rule.length:.1f} mm of {longest:.1f} mm ({rule.length / longest:.2f})"
    add(f"{label}: length", low <= rule.length <= high, figure)
    shift = rule.centre - above[-1].centre
    add(f"{label}: centred, solid", abs(shift) <= EDGE_MM and rule.solid, f"{shift:+.2f} mm")


def _rule_under(rules: list[Rule], above: list[Line]) -> Rule | None:
    """The rule within the next line's height that overlaps the text from left to right."""
    last = above[-1]
    near = [r for r in rules if 0 < r.y - last.baseline < 4 and r.x0 < last.x1 and r.x1 > last.x0]
    return min(near, key=lambda r: r.y, default=None)


def check_addressees(add: Adder, report: PdfReport, frame: Frame) -> None:
    """Mục II.9: one addressee on the line; several under each other, their dashes under the colon."""
    if not report.addressees:
        return
    first, *others = report.addressees
    if first.text.startswith("- "):
        ends = [" ".join(p.text for p in item)[-1] for item in _items(report.addressees)]
        add("PL III (mẫu 1.6) list ends ; and .", ends == [";"] * (len(ends) - 1) + ["."], " ".join(ends))
        return
    if first.text != "Kính gửi:":
        dashes = [line.text for line in others if line.text.startswith("- ")]
        add("II.9 one addressee on the line of kính gửi", not dashes, first.text)
        return
    dashed = [line for line in others if line.text.startswith("- ")]
    shifts = [line.x0 - first.x_of(":") for line in dashed]
    under = len(shifts) > 1 and all(abs(shift) <= 1 for shift in shifts)
    add("II.9 dashes under the colon", under, " ".join(f"{s:+.2f}" for s in shifts) + " mm")
    ends = [" ".join(p.text for p in item)[-1] for item in _items(others)]
    add("II.9 kính gửi ends ; and .", ends == [";"] * (len(ends) - 1) + ["."], " ".join(ends))


def _items(lines: list[Piece]) -> list[list[Piece]]:
    """Lines of a dash list by item."""
    items: list[list[Piece]] = []
    for line in lines:
        if line.text.startswith("- ") or not items:
            items.append([])
        items[-1].append(line)
    return items


def paragraphs(report: PdfReport, frame: Frame) -> list[list[Line]]:
    """Body lines by paragraph: one begins where a line is indented, or stands clear of the line above."""
    found: list[list[Line]] = []
    for line in report.body:
        before = found[-1][-1] if found else None
        indented = line.x0 - frame.left > 2
        clear = (
            before and line.page == before.page and _pitch_pt(before, line) > 1.5 * nd30.SINGLE_LINE * line.size_pt + 2
        )
        if before is None or clear or indented and not _goes_on(before, line, frame):
            found.append([])
        found[-1].append(line)
    return found


def _goes_on(before: Line, line: Line, frame: Frame) -> bool:
    """Whether a line is the title, in capitals, of the phần, chương or mục above it."""
    centred = all(abs(one.centre - frame.axis) < AXIS_MM for one in (before, line))
    return centred and before.page == line.page and before.bold and line.bold and line.caps


def _pitch_pt(above: Line, below: Line) -> float:
    return (below.baseline - above.baseline) * MM


def check_body(add: Adder, report: PdfReport, frame: Frame) -> None:
    """Mục II.6: indent, justification, spacing, numbering, căn cứ."""
    found = paragraphs(report, frame)
    centred = [p for p in found if abs(p[0].centre - frame.axis) < AXIS_MM and p[0].x0 - frame.left > 15]
    running = [p for p in found if p not in centred]
    indents = sorted({round(p[0].x0 - frame.left, 1) for p in running})
    legal = all(any(abs(indent - right) <= 0.3 for right in nd30.INDENTS_MM) for indent in indents)
    add("II.6 first-line indent 10 or 12.7 mm", legal and indents, f"{indents} mm in {len(running)} paragraphs")
    ragged = [line.text for p in running for line in p[:-1] if frame.right - line.x1 > _short_by(line)]
    full = sum(len(p) - 1 for p in running)
    add("II.6 justified", not ragged and full, f"{full} full lines, {len(ragged)} ragged {ragged[:1]}")
    check_spacing(add, found)
    sizes = {line.size_pt for line in report.body}
    add("II.6 one size throughout the body", len(sizes) == 1, sizes)
    check_headings(add, running)
    # At the head of the body: further down a sentence may begin so.
    begins = r"(Căn cứ|Xét|Theo đề nghị của) " if report.enacting else "Căn cứ "
    basis = list(takewhile(lambda p: re.match(begins, p[0].text), running))
    if basis:
        faults = [fault for p in basis for line in p if (fault := nd30.BOXES["basis"].fault(line))]
        add("II.6 căn cứ italic", not faults, faults[0] if faults else f"{len(basis)} paragraphs")
        ends = [p[-1].text[-1] for p in basis]
        add("II.6 căn cứ end with ; (the last . or ;)", set(ends[:-1]) <= {";"} and ends[-1] in ".;", " ".join(ends))


def _short_by(line: Line) -> float:
    """How far from the margin a justified line may end."""
    return JUSTIFIED_MM + (SLANT_MM if line.inked[-1].italic else 0)


def check_divisions(add: Adder, body: list[Line], frame: Frame) -> None:
    """Mục II.6: phần, chương, mục on their own line above their title, both centred and bold; Điều counted through."""
    faults, heads = [], [i for i, line in enumerate(body) if DIVISION.fullmatch(line.text)]
    for i in heads:
        title = [line for line in body[i + 1 : i + 5] if line.bold and line.caps and not DIVISION.fullmatch(line.text)]
        title = title[: next((n for n, line in enumerate(title) if line is not body[i + 1 + n]), len(title))]
        below = body[i + 1 + len(title)] if i + 1 + len(title) < len(body) else None
        lines = [body[i], *title]
        sound = title and all(line.bold and not line.italic for line in lines)
        centred = all(abs(line.centre - frame.axis) <= AXIS_MM for line in lines)
        kept = below and len({line.page for line in [*lines, below]}) == 1
        faults += [] if sound and centred and kept else [body[i].text]
    chapters = [body[i].text.split()[1] for i in heads if body[i].text.startswith("Chương")]
    in_order = chapters == list(ROMAN[: len(chapters)])
    marked = (re.match(r"Điều (\d+)\. ", line.text) for line in body if line.inked[0].bold)
    articles = [int(found[1]) for found in marked if found]
    through = articles == list(range(1, len(articles) + 1))
    if heads:
        add("II.6 phần, chương, mục above their titles, centred, bold", not faults, faults or f"{len(heads)} headings")
        add("II.6 chương in Roman order", in_order, " ".join(chapters))
    if articles:
        add("II.6 Điều counted through", through, " ".join(map(str, articles)))


def check_margin_boxes(add: Adder, report: PdfReport, frame: Frame) -> None:
    """Mục III.2 and III.4: what page 1 carries above the quốc hiệu and below its text."""
    page = report.pages[0]
    for stamp in page.frames:
        line = stamp.line
        above = 0 < line.bottom < report.nation[0].top
        add("III.2 (ô 11) in the top margin, above quốc hiệu", above, f"{line.bottom:.1f} mm")
        add("III.2 (ô 11) centred above quốc hiệu", *_same_axis([report.nation[0], line]))
        low, high = FRAME_HIGH_MM
        size = f"{stamp.width:.1f} × {stamp.height:.1f} mm, words {_width(line)}"
        fits = low <= stamp.height <= high and 0 < stamp.width - (line.x1 - line.x0) < 10
        add("III.2 (ô 11) in a frame", fits, size)
    words = {piece.text for piece in report.circulation + report.contact}
    again = [line.text for other in report.pages[1:] for line in other.lines if line.text in words]
    if words:
        add("III.2, III.4 (ô 11, 13) on page 1 alone", not again, again)
    if not report.contact:
        return
    rule, text = report.contact_rule, max(line.bottom for line in page.lines)
    edges = f"{rule.x0:.1f} to {rule.x1:.1f} mm, text {frame.left:.1f} to {frame.right:.1f}"
    whole = abs(rule.x0 - frame.left) <= EDGE_MM and abs(rule.x1 - frame.right) <= EDGE_MM
    add("III.4 (ô 13) solid line of the whole text width", whole and rule.solid, edges)
    low, high = (page.height - margin for margin in reversed(nd30.MARGINS_MM["bottom"]))
    below = low - EDGE_MM <= rule.y and rule.y > text
    figure = f"{rule.y:.1f} mm, text ends at {text:.1f}, margin begins at {low:.0f} to {high:.0f}"
    add("III.4 (ô 13) line at the foot, in the bottom margin", below, figure)
    left = page.height - max(line.bottom for line in report.contact)
    add("[practice] (ô 13) ends where a printer reaches", left >= PRINTABLE_MM, f"{left:.1f} mm")
    add("[design] (ô 13) centred", *_on_axis(report.contact, frame.axis))


def check_same_places(add: Adder, ours: PdfReport, theirs: PdfReport) -> None:
    """Boxes 11 and 13 of the PDF and of LibreOffice's print of the DOCX."""
    pairs = list(zip(ours.circulation + ours.contact, theirs.circulation + theirs.contact))
    if not pairs:
        return
    apart = [max(abs(a.x0 - b.x0), abs(a.baseline - b.baseline)) for a, b in pairs]
    if ours.contact_rule and theirs.contact_rule:
        apart.append(abs(ours.contact_rule.y - theirs.contact_rule.y))
    figure = f"at most {max(apart):.2f} mm apart"
    add("III.2, III.4 (ô 11, 13) at the same place in both files", max(apart) <= MARGIN_BOX_MM, figure)


def check_attached(results: Results, file: str, report: PdfReport, frame: Frame) -> None:
    """PL III, mẫu 1.3: the document issued with a decision, on pages of its own."""
    attached, add = report.attached, results.adder(file)
    words = [line.text for line in attached.nation]
    only = len(words) == 2 and NATION.fullmatch(words[0]) and MOTTO.fullmatch(words[1])
    add("PL III (mẫu 1.3) kèm theo: quốc hiệu, tiêu ngữ, no date", only, words)
    same = [line.text for line in attached.agency] == [line.text for line in report.superior + report.issuer]
    add("PL III (mẫu 1.3) kèm theo: the agency, no number", same, [line.text for line in attached.agency])
    add("PL III (mẫu 1.3) kèm theo: title centred", *_on_axis(attached.head, frame.axis))
    reference = " ".join(line.text for line in attached.reference)
    form = re.fullmatch(r"\(Kèm theo .+ của .+\)", reference)
    add("PL III (mẫu 1.3) (Kèm theo … số … ngày … của …)", form, reference)
    pages = [report.pages[i] for i in report.attached_pages]
    bottom = attached.reference[-1].baseline
    short = [rule for rule in pages[0].rules if 0 < rule.y - bottom < 8 and abs(rule.centre - frame.axis) < AXIS_MM]
    # LibreOffice draws one line in two strokes.
    one = len({round(rule.y, 1) for rule in short}) == 1 and short[0].length < 60
    add("PL III (mẫu 1.3) short line under (Kèm theo …)", one, [f"{rule.length:.1f} mm" for rule in short])
    inside = replace(report, body=attached.body)
    inner = results.adder(file, prefix="kèm theo: ")
    check_body(inner, inside, frame)
    check_divisions(inner, attached.body, frame)


def check_tables(add: Adder, report: PdfReport, frame: Frame) -> None:
    """What practice asks of the tables within the body."""
    for i, ruled in enumerate((ruled for page in report.main for ruled in page.tables), 1):
        edges = f"{ruled.x0:.1f} to {ruled.x1:.1f} mm, text {frame.left:.1f} to {frame.right:.1f}"
        within = ruled.x0 >= frame.left - EDGE_MM and ruled.x1 <= frame.right + EDGE_MM
        add(f"[practice] table {i}: within the text", within, edges)
        add(f"[practice] table {i}: amounts right aligned", *_aligned(ruled.amount_gaps))


def _aligned(gaps: list[tuple[bool, float]]) -> tuple[bool, str]:
    """Whether amounts end equally far from the line. LibreOffice keeps room for the slant of an italic one."""
    if not gaps:
        return True, "no amounts"
    ends = [[gap for slant, gap in gaps if slant is italic] for italic in (False, True)]
    every = [gap for _, gap in gaps]
    figure = f"{len(gaps)} amounts, {min(every):.2f} to {max(every):.2f} mm from the line"
    return all(max(group) - min(group) < 0.3 for group in ends if group), figure


def check_spacing(add: Adder, found: list[list[Line]]) -> None:
    """Line pitch single to 1.5 lines; at least 6 pt more between paragraphs."""
    pitches = [
        _pitch_pt(a, b) / (nd30.SINGLE_LINE * b.size_pt) for p in found for a, b in pairwise(p) if a.page == b.page
    ]
    low, high = nd30.LINE_PITCH
    fits = pitches and low - 0.01 <= min(pitches) and max(pitches) <= high + 0.01
    add("II.6 line pitch single to 1.5", fits, f"{min(pitches):.3f} to {max(pitches):.3f}" if pitches else "no pitch")
    gaps = [
        _pitch_pt(above[-1], below[0]) - min(pitches, default=1) * nd30.SINGLE_LINE * below[0].size_pt
        for above, below in pairwise(found)
        if above[-1].page == below[0].page
    ]
    smallest = min(gaps, default=0)
    add("II.6 at least 6 pt between paragraphs", smallest >= nd30.PARAGRAPH_GAP_PT - 0.2, f"smallest {smallest:.1f} pt")


def check_headings(add: Adder, running: list[list[Line]]) -> None:
    """Numbered parts: Roman ones bold capitals, titles of khoản wholly bold, points upright in Vietnamese order."""
    faults, counted = [], 0
    for lines in running:
        text, bold = lines[0].text, lines[0].inked[0].bold
        if re.match(r"[IVX]+\. ", text):
            faults += [] if all(line.bold and line.caps for line in lines) else [text]
        elif re.match(r"\d+\. ", text):
            faults += [] if not bold or all(line.bold and not line.italic for line in lines) else [text]
        elif re.match(r"Điều \d+\. ", text):
            faults += [] if bold else [text]
        elif re.match(r"[a-zđ]\) ", text):
            faults += [] if not bold and text[0] in VIETNAMESE_LETTERS else [text]
        else:
            continue
        counted += 1
    add(
        "II.6 numbered parts: bold where titled, letters in order",
        not faults,
        faults[0] if faults else f"{counted} parts",
    )
    stranded = [p[0].text for p, below in pairwise(running) if p[-1].bold and below[0].page != p[-1].page]
    add("[practice] no heading alone at the foot of a page", not stranded, stranded[0] if stranded else "")


def check_signature(add: Adder, report: PdfReport, frame: Frame) -> None:
    """Mục II.7 and II.9: the block at the end."""
    if not (report.authority and report.signer and report.recipients):
        add("II.7, II.9 chức vụ, họ tên, nơi nhận", False, "one of them is missing")
        return
    label = report.recipients_label[0]
    add("II.7 chức vụ and họ tên centred on one axis", *_same_axis(report.authority + report.signer))
    room = report.signer[0].top - report.authority[-1].bottom
    add("II.7 họ tên under chức vụ, room to sign", room > 15, f"{room:.1f} mm")
    level = report.authority[0].baseline - (report.secretary or [label])[0].baseline
    name = "PL III (mẫu 1.9) thư ký level with chủ tọa" if report.secretary else None
    add(name or "II.9 “Nơi nhận:” level with the first signature line", abs(level) <= LEVEL_MM, f"{level:+.2f} mm")
    if report.secretary:
        below = label.top - report.signer[-1].bottom
        add("PL III (mẫu 1.9) nơi nhận below both signatures", below > 0, f"{below:.1f} mm")
    edges = [label.x0] + [item[0].x0 for item in _items(report.recipients)]
    flush = all(abs(edge - frame.left) <= EDGE_MM for edge in edges)
    add("II.9 nơi nhận flush left", flush, f"{min(edges):.1f} to {max(edges):.1f} mm, text at {frame.left:.1f}")
    items = [" ".join(line.text for line in item) for item in _items(report.recipients)]
    closed = all(item.endswith(";") for item in items[:-1]) and re.match(r"- Lưu: .*\.(\(\d+\))?", items[-1])
    add("II.9 nơi nhận ends ; and “Lưu: ….”", closed and all(i.startswith("- ") for i in items), items[-1])
    with_it = sum(line.page == label.page for line in report.body)
    add("[practice] two body lines or more with the signature", with_it >= 2, f"{with_it} lines")


def check_appendix(add: Adder, index: int, appendix: Appendix, pages: list[Page]) -> None:
    """Mục III.1, and what practice asks of its table."""
    name = f"phụ lục {index + 1}"
    frame = _appendix_axis(pages)
    heads = appendix.label + appendix.title + appendix.reference
    add(f"III.1 {name}: head centred", *_on_axis(heads, frame))
    reference = " ".join(piece.text for piece in appendix.reference)
    form = re.fullmatch(r"\(Kèm theo .+ của .+\)", reference)
    add(f"III.1 {name}: (Kèm theo … số … ngày … của …)", form, reference)
    flat = sorted({tuple(sorted((round(p.width), round(p.height)))) for p in pages})
    add(f"I.1 {name}: A4", flat == [nd30.A4_MM], f"{pages[0].width:.0f} × {pages[0].height:.0f} mm, {len(pages)} pages")
    spill = [c for p in pages for c in p.lines if c.x0 < 10 or c.x1 > p.width - 10]
    add(f"[practice] {name}: nothing within 10 mm of the edge", not spill, spill[0].text if spill else "")
    if appendix.table:
        small = min(page.smallest_pt for page in pages)
        add(f"{name}: table text at least 6 pt", small >= 5.99, f"{small:g} pt")
        gaps = [gap for page in pages for ruled in page.tables for gap in ruled.amount_gaps]
        add(f"[practice] {name}: amounts right aligned", *_aligned(gaps))


def _appendix_axis(pages: list[Page]) -> float:
    """The middle of the table, or of the text where there is none."""
    page = pages[0]
    if page.tables:
        return max(page.tables, key=lambda ruled: len(ruled.table.cells)).centre
    return (min(line.x0 for line in page.lines) + max(line.x1 for line in page.lines)) / 2


def _width(line: Line) -> str:
    return f"{line.x1 - line.x0:.1f} mm"


def _same_axis(lines: list[Line]) -> tuple[bool, str]:
    return _on_axis(lines, lines[0].centre)


def _on_axis(lines: list[Line], axis: float) -> tuple[bool, str]:
    """Whether every line is centred on an axis, and by how much the worst is not."""
    worst = max((line.centre - axis for line in lines), key=abs, default=0)
    return bool(lines) and abs(worst) <= AXIS_MM, f"axis {axis:.1f} mm, worst {worst:+.2f} mm"
