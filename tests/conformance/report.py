"""What a report consists of, however it was read: the boxes of Nghị định 30/2020/NĐ-CP, Phụ lục I.

`read_pdf.py` and `read_docx.py` fill these structures from the files; `text.py`, `geometry.py` and `word.py`
judge them. Nothing here knows a file format.
"""

import re
import unicodedata
from dataclasses import dataclass, field

NATION = re.compile(r"CỘNG (HÒA|HOÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM")
MOTTO = re.compile(r"Độc lập - Tự do - Hạnh phúc")
NUMBER = re.compile(r"Số:")
DATE = re.compile(r".+, ngày.*tháng.*năm.*")
WHOLE_DATE = re.compile(r".+, ngày (0[1-9]|[12]\d|3[01]) tháng (0[12]|[3-9]|1[0-2]) năm \d{4}")
DRAFT_MARK = re.compile(r"DỰ THẢO.*")
URGENCY = re.compile(r"HỎA TỐC|THƯỢNG KHẨN|KHẨN")
CIRCULATION = re.compile(r"LƯU HÀNH NỘI BỘ|XEM XONG TRẢ LẠI")
DIVISION = re.compile(r"(Phần|Chương) [IVXLC]+|(Mục|Tiểu mục) \d+")
ENACTING = re.compile(r"QUYẾT (ĐỊNH|NGHỊ):")
WIRED_BY = re.compile(r".* điện:")
CONFIRMED_BY = re.compile(r"Xác nhận của cơ quan.*")
ADDRESSEES = re.compile(r"Kính gửi:")
RECIPIENTS = re.compile(r"Nơi nhận:")
APPENDIX = re.compile(r"Phụ lục( [IVXLC]+)?")


class Unreadable(Exception):
    """A file has not the shape of a report; the text says what is missing."""


def plain(text: str) -> str:
    """NFC, with every kind of blank as one space."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


@dataclass
class Span:
    """A stretch of text in one font."""

    text: str
    size_pt: float
    bold: bool
    italic: bool


@dataclass
class Piece:
    """A printed line (PDF) or a paragraph (DOCX)."""

    spans: list[Span]

    @property
    def text(self) -> str:
        return plain("".join(span.text for span in self.spans))

    @property
    def inked(self) -> list[Span]:
        return [span for span in self.spans if span.text.strip()]

    @property
    def bold(self) -> bool:
        return all(span.bold for span in self.inked)

    @property
    def italic(self) -> bool:
        return all(span.italic for span in self.inked)

    @property
    def caps(self) -> bool:
        return self.text == self.text.upper()


@dataclass
class Cell:
    """A table cell with its place in the finest grid, counted from 0."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


@dataclass
class Table:
    """A table with ruling lines; the header rows come first and are counted once."""

    cells: list[Cell]
    header_rows: int

    def row(self, index: int) -> list[Cell]:
        """The cells that begin in a row, from left to right."""
        return sorted((c for c in self.cells if c.row == index), key=lambda c: c.column)

    @property
    def row_count(self) -> int:
        return max(c.row + c.rows for c in self.cells)

    @property
    def column_count(self) -> int:
        return max(c.column + c.columns for c in self.cells)


@dataclass
class Appendix:
    """Phụ lục: its head, its table if it has one, and what follows the table."""

    label: list[Piece] = field(default_factory=list)
    title: list[Piece] = field(default_factory=list)
    reference: list[Piece] = field(default_factory=list)
    rest: list[Piece] = field(default_factory=list)
    table: Table | None = None

    @property
    def head(self) -> list[Piece]:
        return self.label + self.title + self.reference + self.rest


@dataclass
class Attached:
    """The document issued with a decision (PL III, mẫu 1.3): its header, its title, its body."""

    agency: list[Piece] = field(default_factory=list)
    nation: list[Piece] = field(default_factory=list)  # quốc hiệu and tiêu ngữ
    kind: list[Piece] = field(default_factory=list)
    subject: list[Piece] = field(default_factory=list)
    reference: list[Piece] = field(default_factory=list)
    body: list[Piece] = field(default_factory=list)

    @property
    def head(self) -> list[Piece]:
        return self.kind + self.subject + self.reference

    def set_text(self, pieces: list[Piece]) -> None:
        """TÊN LOẠI / trích yếu / (Kèm theo …) / the body."""
        rest = list(pieces)
        while rest and rest[0].bold and rest[0].caps:
            self.kind.append(rest.pop(0))
        while rest and rest[0].bold and not rest[0].text.startswith("("):
            self.subject.append(rest.pop(0))
        while rest and not (self.reference and self.reference[-1].text.endswith(")")):
            self.reference.append(rest.pop(0))
        self.body = rest


@dataclass
class Report:
    """One field a box: each a list of lines or paragraphs in reading order."""

    superior: list[Piece] = field(default_factory=list)
    issuer: list[Piece] = field(default_factory=list)
    number: list[Piece] = field(default_factory=list)
    under_number: list[Piece] = field(default_factory=list)  # V/v …, độ khẩn, DỰ THẢO
    nation: list[Piece] = field(default_factory=list)
    motto: list[Piece] = field(default_factory=list)
    date: list[Piece] = field(default_factory=list)
    kind: list[Piece] = field(default_factory=list)
    subject: list[Piece] = field(default_factory=list)
    issued_by: list[Piece] = field(default_factory=list)  # thẩm quyền ban hành, or “… điện:”
    addressees: list[Piece] = field(default_factory=list)  # Kính gửi, or those a công điện goes to
    enacting: list[Piece] = field(default_factory=list)  # QUYẾT ĐỊNH:
    body: list[Piece] = field(default_factory=list)
    table_heads: list[Piece] = field(default_factory=list)  # titles and units above the tables of the body
    tables: list[Table] = field(default_factory=list)  # within the body, in order
    recipients_label: list[Piece] = field(default_factory=list)
    recipients: list[Piece] = field(default_factory=list)
    authority: list[Piece] = field(default_factory=list)
    signer: list[Piece] = field(default_factory=list)
    secretary: list[Piece] = field(default_factory=list)  # of minutes: THƯ KÝ and the name
    confirmation: list[Piece] = field(default_factory=list)  # of a giấy nghỉ phép
    appendices: list[Appendix] = field(default_factory=list)
    circulation: list[Piece] = field(default_factory=list)  # box 11, in the top margin of page 1
    contact: list[Piece] = field(default_factory=list)  # box 13, in the bottom margin of page 1
    attached: Attached | None = None

    @property
    def dated(self) -> bool:
        """Minutes print no date; those that are no draft count as dated."""
        if self.secretary:
            return not any(DRAFT_MARK.fullmatch(piece.text) for piece in self.under_number)
        return bool(self.date) and all(WHOLE_DATE.fullmatch(piece.text) for piece in self.date)

    @property
    def about(self) -> list[Piece]:
        """V/v … of a công văn."""
        ends = (URGENCY.fullmatch, DRAFT_MARK.fullmatch)
        found = [i for i, piece in enumerate(self.under_number) if piece.text.startswith("V/v")]
        rest = self.under_number[found[0] :] if found else []
        return rest[: next((i for i, piece in enumerate(rest) if any(end(piece.text) for end in ends)), len(rest))]

    @property
    def urgency(self) -> list[Piece]:
        """Box 10b."""
        return [piece for piece in self.under_number if URGENCY.fullmatch(piece.text)]

    def streams(self) -> dict[str, list[Piece]]:
        """The text in reading order; the two columns of the header and of the signature stand apart."""
        streams = {
            "header, left": self.superior + self.issuer + self.number + self.under_number,
            "header, right": self.nation + self.motto + self.date,
            "body": self.kind + self.subject + self.issued_by + self.addressees + self.enacting + self.body,
            "body, heads of tables": self.table_heads,
            "signature, left": self.secretary + self.recipients_label + self.recipients + self.confirmation,
            "signature, right": self.authority + self.signer,
        }
        margins = {"top margin of page 1": self.circulation, "bottom margin of page 1": self.contact}
        streams |= {name: pieces for name, pieces in margins.items() if pieces}
        if self.attached:
            streams["attached document, header left"] = self.attached.agency
            streams["attached document, header right"] = self.attached.nation
            streams["attached document"] = self.attached.head + self.attached.body
        for i, appendix in enumerate(self.appendices, 1):
            streams[f"appendix {i}, head"] = appendix.head
        return streams

    def set_left_header(self, pieces: list[Piece]) -> None:
        """Agencies down to the number, then what stands under the number."""
        numbers = [i for i, piece in enumerate(pieces) if NUMBER.match(piece.text)]
        if not numbers:
            raise Unreadable("no line “Số:” in the left of the header")
        at = numbers[0]
        first_bold = next((i for i, piece in enumerate(pieces[:at]) if piece.bold), at)
        self.superior, self.issuer = pieces[:first_bold], pieces[first_bold:at]
        self.number, self.under_number = pieces[at : at + 1], pieces[at + 1 :]

    def set_right_header(self, pieces: list[Piece]) -> None:
        """Quốc hiệu, tiêu ngữ, place and date."""
        self.nation = [piece for piece in pieces if NATION.fullmatch(piece.text)]
        self.motto = [piece for piece in pieces if MOTTO.fullmatch(piece.text)]
        self.date = [piece for piece in pieces if piece not in self.nation + self.motto]

    def set_signature(self, left: list[Piece], right: list[Piece]) -> None:
        """Nơi nhận on the left; authority in capitals and the name on the right.

        Of minutes the secretary signs above Nơi nhận; of a giấy nghỉ phép a confirmation stands below it.
        """
        label = next(i for i, piece in enumerate(left) if RECIPIENTS.match(piece.text))
        end = next((i for i, piece in enumerate(left) if CONFIRMED_BY.match(piece.text)), len(left))
        self.secretary, self.confirmation = left[:label], left[end:]
        self.recipients_label, self.recipients = left[label : label + 1], left[label + 1 : end]
        names = next((i for i, piece in enumerate(right) if not piece.caps), len(right))
        self.authority, self.signer = right[:names], right[names:]


def take_opening(pieces: list[Piece], report: Report, centred) -> list[Piece]:
    """By whose authority, down to the words that enact, or “… điện:” with its list. Answers the rest."""
    pieces = list(pieces)
    while pieces and pieces[0].bold and centred(pieces[0]) and (pieces[0].caps or WIRED_BY.fullmatch(pieces[0].text)):
        report.issued_by.append(pieces.pop(0))
    wired = report.issued_by and WIRED_BY.fullmatch(report.issued_by[-1].text)
    while wired and pieces and not (report.addressees and report.addressees[-1].text.endswith(".")):
        report.addressees.append(pieces.pop(0))
    report.enacting = [piece for piece in pieces if ENACTING.fullmatch(piece.text)]
    return [piece for piece in pieces if piece not in report.enacting]


def appendix_head(pieces: list[Piece]) -> Appendix:
    """Phụ lục I / TITLE / (Kèm theo …) / unit line and the like."""
    appendix = Appendix(label=pieces[:1])
    rest = pieces[1:]
    while rest and rest[0].caps and rest[0].bold:
        appendix.title.append(rest.pop(0))
    while rest and (rest[0].text.startswith("(") or appendix.reference):
        appendix.reference.append(rest.pop(0))
        if appendix.reference[-1].text.endswith(")"):
            break
    appendix.rest = rest
    return appendix
