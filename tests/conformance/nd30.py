"""Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I as data: what each box must look like, in either file.

`geometry.py` holds the PDF to it and `word.py` the DOCX. Places (axes, rules, margins) are in those two, since
only a PDF has them as printed.
"""

from dataclasses import dataclass

from report import Piece, Report
from results import Results

# Mục I: paper and margins, in millimetres.
A4_MM = (210, 297)
MARGINS_MM = {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}
INDENTS_MM = (10, 12.7)
PARAGRAPH_GAP_PT = 6
LINE_PITCH = (1.0, 1.5)  # multiples of the single line
SINGLE_LINE = 1.1495  # the single line of Times New Roman, in ems
RULE_SHARE = (1 / 3, 1 / 2)  # of the longest line above it
PAGE_NUMBER_PT = (13, 14)


@dataclass(frozen=True)
class Box:
    """The print of a component; None where the decree leaves it open."""

    clause: str
    smallest_pt: float
    largest_pt: float
    bold: bool | None = False
    italic: bool | None = False
    caps: bool | None = None

    def fault(self, piece: Piece) -> str:
        """What is wrong with a line or paragraph, or nothing."""
        if any(not self.smallest_pt <= span.size_pt <= self.largest_pt for span in piece.inked):
            return f"size in {piece.text[:30]!r}"
        if self.bold is not None and any(span.bold != self.bold for span in piece.inked):
            return f"{'not ' if self.bold else ''}bold in {piece.text[:30]!r}"
        if self.italic is not None and any(span.italic != self.italic for span in piece.inked):
            return f"{'not ' if self.italic else ''}italic in {piece.text[:30]!r}"
        if self.caps is not None and piece.caps != self.caps:
            return f"{'not ' if self.caps else ''}capitals in {piece.text[:30]!r}"
        return ""


BOXES = {
    "superior": Box("II.2 (ô 2) cơ quan chủ quản", 12, 13, bold=False, caps=True),
    "issuer": Box("II.2 (ô 2) cơ quan ban hành", 12, 13, bold=True, caps=True),
    "number": Box("II.3 (ô 3) số, ký hiệu", 13, 13),
    "about": Box("II.5 (ô 5b) trích yếu công văn", 12, 13, caps=False),
    "nation": Box("II.1 (ô 1) quốc hiệu", 12, 13, bold=True, caps=True),
    "motto": Box("II.1 (ô 1) tiêu ngữ", 13, 14, bold=True, caps=False),
    "date": Box("II.4 (ô 4) địa danh, thời gian", 13, 14, italic=True, caps=False),
    "kind": Box("II.5 (ô 5a) tên loại", 13, 14, bold=True, caps=True),
    "subject": Box("II.5 (ô 5a) trích yếu", 13, 14, bold=True, caps=False),
    "urgency": Box("III.2 (ô 10b) độ khẩn", 13, 14, bold=True, caps=True),
    "issued_by": Box("PL III thẩm quyền ban hành, “… điện:”", 13, 14, bold=True),
    "enacting": Box("PL III QUYẾT ĐỊNH:, QUYẾT NGHỊ:", 13, 14, bold=True, caps=True),
    "secretary": Box("PL III (mẫu 1.9) thư ký", 13, 14, bold=True),
    "addressees": Box("II.9 (ô 9a) kính gửi", 13, 14, caps=False),
    "body": Box("II.6 (ô 6) nội dung", 13, 14, bold=None, italic=None),
    "basis": Box("II.6 (ô 6) căn cứ", 13, 14, italic=True),
    "recipients_label": Box("II.9 (ô 9b) “Nơi nhận:”", 12, 12, bold=True, italic=True),
    "recipients": Box("II.9 (ô 9b) danh sách nơi nhận", 11, 11),
    "authority": Box("II.7 (ô 7a) quyền hạn, chức vụ", 13, 14, bold=True, caps=True),
    "signer": Box("II.7 (ô 7b) họ tên", 13, 14, bold=True, caps=False),
    "circulation": Box("III.2 (ô 11) phạm vi lưu hành", 13, 14, bold=True, caps=True),
    "contact": Box("III.4 (ô 13) địa chỉ", 11, 12),
    "attached_kind": Box("PL III (mẫu 1.3) kèm theo: tên loại", 13, 14, bold=True, caps=True),
    "attached_subject": Box("PL III (mẫu 1.3) kèm theo: trích yếu", 13, 14, bold=True, caps=False),
    "attached_reference": Box("PL III (mẫu 1.3) (Kèm theo …)", 13, 14, italic=True, caps=False),
    "attached_body": Box("II.6 (ô 6) nội dung, kèm theo", 13, 14, bold=None, italic=None),
    "appendix_label": Box("III.1 “Phụ lục”", 14, 14, bold=True, caps=False),
    "appendix_title": Box("III.1 tên phụ lục", 13, 14, bold=True, caps=True),
    "appendix_reference": Box("III.1 (Kèm theo …)", 13, 14, italic=True, caps=False),
}
OPTIONAL = {"superior", "about", "kind", "subject", "addressees", "basis", "urgency", "issued_by", "enacting", "secretary"}
OPTIONAL |= {"circulation", "contact"}

# Mục III, khoản 2, điểm b: the frame of the độ khẩn, in millimetres.
URGENCY_MM = {"HỎA TỐC": (30, 8), "THƯỢNG KHẨN": (40, 8), "KHẨN": (20, 8)}


def boxes(report: Report) -> dict[str, list[Piece]]:
    """The pieces of a report by the name of their box in `BOXES`, without the appendices."""
    return {name: getattr(report, name) for name in BOXES if hasattr(report, name)}


def check_type(results: Results, file: str, report: Report) -> None:
    """Size, weight, slope and case of every box."""
    parts = [("", boxes(report))]
    if report.attached:
        names = ("kind", "subject", "reference", "body")
        parts.append(("", {f"attached_{part}": getattr(report.attached, part) for part in names}))
    for i, appendix in enumerate(report.appendices, 1):
        names = {f"appendix_{part}": getattr(appendix, part) for part in ("label", "title", "reference")}
        parts.append((f" [{i}]" if len(report.appendices) > 1 else "", names))
    for suffix, found in parts:
        for name, pieces in found.items():
            if pieces or name not in OPTIONAL and not (name == "date" and report.secretary):
                _check_box(results, file, BOXES[name], suffix, pieces)


def _check_box(results: Results, file: str, box: Box, suffix: str, pieces: list[Piece]) -> None:
    faults = [fault for piece in pieces if (fault := box.fault(piece))]
    sizes = sorted({span.size_pt for piece in pieces for span in piece.inked})
    looks = [word for word, on in (("bold", box.bold), ("italic", box.italic), ("capitals", box.caps)) if on]
    figure = faults[0] if faults else " ".join([*(f"{size:g}" for size in sizes), "pt", *looks])
    results.add(f"{box.clause}{suffix}: print", file, pieces and not faults, figure if pieces else "missing")
