"""Workbooks as offices keep them, and as six programs write them: ten habits, each with what its sheet shows.

A `Book` is the judge's model: what each cell holds, its number format, and what a person reads there on the screen.
`write` has every writer put it into an XLSX file of its own make; `sheets.py` judges what the program makes of it.
"""

import csv
import json
import math
import random
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path

import openpyxl
import programs
import shown
import xlsxwriter
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WRITERS = ["openpyxl", "xlsxwriter", "rust_xlsxwriter", "sheetjs", "exceljs", "libreoffice"]
SHEET = "Biểu 1"
TITLE_ROWS = 2  # the title and a blank row
DAYS_1904 = 1462  # between the epochs of the two date systems
EXTENSION = (
    '<extLst><ext uri="{140A7094-0E35-4892-8432-C4D2E57EDEB5}" '
    'xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main">'
    '<x15:workbookPr chartTrackingRefBase="1"/></ext></extLst>'
)
NAMES = [
    "Đường tỉnh 943", "Trường Mầm non Óc Eo", "Trạm Y tế xã Hòn Đất", "Cầu Kênh Xáng", "Đê bao tiểu vùng 7",
    "Hệ thống cấp nước xã Tân Hiệp", "Trụ sở Công an xã Mỹ Thới", "Chợ Vĩnh Bình", "Nhà văn hóa Ô Môn",
]  # fmt: skip


@dataclass
class Cell:
    """What a cell holds and what it shows."""

    value: str | int | float | datetime | None  # of a formula its stored result; None: nothing, or never calculated
    shown: str = ""  # as it is read on the screen, in Vietnamese notation
    format: str = "General"
    formula: str = ""
    also: str = ""  # what says the same
    asks: bool = False  # it shows other than it holds, or may be meant otherwise: the program may ask


@dataclass
class Column:
    """A column of the sheet and of the case that takes it."""

    key: str
    name: str
    kind: str
    more: dict = field(default_factory=dict)


@dataclass
class Row:
    cells: list[Cell]
    hidden: str = ""  # `hidden`, or `flat`: a height of 0
    is_total: bool = False

    @property
    def asks(self) -> bool:
        return bool(self.hidden) or self.is_total


@dataclass
class Book:
    """A sheet under its title and heads, with what the case says of it."""

    name: str
    columns: list[Column]
    rows: list[Row]
    by_letters: bool = True  # the case names an area and letters, else the row of heads and their texts
    from_1904: bool = False
    extension: bool = False  # a second `workbookPr`, of another namespace
    stale: bool = False  # the workbook says that it is to be calculated anew
    merged_heads: bool = False
    notes: list[str] = field(default_factory=list)
    blank_shared: list[tuple[int, int]] = field(default_factory=list)  # row of `rows`, column
    unit: str = ""
    total: dict = field(default_factory=dict)
    answer: dict = field(default_factory=dict)  # what the case says when it was asked; then all is printed as shown

    @property
    def head_row(self) -> int:
        """The last row of heads, counted from 1."""
        return TITLE_ROWS + (2 if self.merged_heads else 1)

    @property
    def first_row(self) -> int:
        return self.head_row + 1

    @property
    def last_row(self) -> int:
        return self.head_row + len(self.rows)

    def letter(self, key: str) -> str:
        return get_column_letter([column.key for column in self.columns].index(key) + 1)

    def source(self) -> dict:
        """`dong_tu_tep` of the case."""
        if not self.by_letters:
            return {"tep": "d.xlsx", "dong_dau": str(self.head_row), "cot": {c.key: c.name for c in self.columns}}
        area = f"A{self.first_row}:{get_column_letter(len(self.columns))}{self.last_row}"
        return {"tep": "d.xlsx", "vung": area, "cot": {c.key: self.letter(c.key) for c in self.columns}}

    def answered(self) -> dict:
        """The appendix once the clerk has said what is meant; the totals of the sheet are its own then."""
        found = self.appendix()
        if "nhom" in self.answer:
            found.pop("tong", None)
        return found | {"dong_tu_tep": self.source() | self.answer}

    def appendix(self) -> dict:
        columns = [{"khoa": c.key, "ten": c.name, "kieu": c.kind, **c.more} for c in self.columns]
        found = {"tieu_de": "SỐ LIỆU", "kho_giay": "doc", "cot": columns, "dong_tu_tep": self.source()}
        return found | ({"don_vi_tinh": self.unit} if self.unit else {}) | ({"tong": self.total} if self.total else {})


# What a sheet shows.


def vietnamese(number: float, places: int | None = None) -> str:
    """1234567.5 as 1.234.567,5."""
    text = f"{number:,.{places}f}" if places is not None else f"{number:,}"
    return text.translate(str.maketrans(",.", ".,"))


def text(value: str, **more) -> Cell:
    return Cell(value, value, **more)


def whole(value: int, format: str = "#,##0", **more) -> Cell:
    return Cell(value, vietnamese(value), format, **more)


NAME = Column("ten", "Tên công trình", "chu")
AMOUNT = Column("von", "Vốn", "so")
AS_SHOWN = {"doc": "nhu_hien"}
BY_ORDINALS = {"nhom": "theo_stt"}


def _named(chance: random.Random, count: int) -> list[str]:
    return chance.sample(NAMES, count)


# The habits. Each makes a sheet anew from chance, so that no two writers write the same figures.


def never_calculated(chance: random.Random) -> Book:
    """Formulas that no program has calculated yet."""
    columns = [NAME, Column("sl", "Số lượng", "so"), Column("gia", "Đơn giá", "so"), Column("tien", "Thành tiền", "so")]
    book = Book("cong_thuc_chua_tinh", columns, [])
    for at, name in enumerate(_named(chance, 4)):
        count, price, row = chance.randint(2, 90), chance.randint(100, 9000), book.first_row + at
        product = Cell(None, vietnamese(count * price), "#,##0", f"B{row}*C{row}", asks=True)
        book.rows.append(Row([text(name), whole(count), whole(price), product]))
    return book


def stale_results(chance: random.Random) -> Book:
    """Stored results of other figures, in a workbook that says it is to be calculated anew."""
    book = never_calculated(chance)
    book.name, book.stale = "cong_thuc_ket_qua_cu", True
    for row in book.rows:
        row.cells[3].value = row.cells[1].value * row.cells[2].value - chance.randint(1, 50)
    return book


def dates_of_1904(chance: random.Random) -> Book:
    columns = [NAME, Column("ngay", "Ngày khởi công", "ngay")]
    rows = []
    for name in _named(chance, 4):
        day = datetime(chance.randint(2019, 2026), chance.randint(1, 12), chance.randint(1, 28))
        rows.append(Row([text(name), Cell(day, _slashed(day), "dd/mm/yyyy")]))
    return Book("ngay_1904", columns, rows, from_1904=True)


def dates_of_1904_extended(chance: random.Random) -> Book:
    book = dates_of_1904(chance)
    book.name, book.extension = "ngay_1904_phan_mo_rong", True
    return book


def total_below(chance: random.Random) -> Book:
    rows = [Row([text(name), whole(chance.randint(10, 9000))]) for name in _named(chance, 5)]
    book = Book("tong_o_cuoi", [NAME, AMOUNT], rows, total={"nhan": "TỔNG SỐ", "vi_tri": "cuoi"}, answer=BY_ORDINALS)
    rows.append(_total("Tổng cộng", rows))
    return book


def total_on_top(chance: random.Random) -> Book:
    rows = [Row([text(name), whole(chance.randint(10, 9000))]) for name in _named(chance, 5)]
    book = Book("tong_o_dau", [NAME, AMOUNT], rows, total={"nhan": "TỔNG SỐ", "vi_tri": "dau"}, answer=BY_ORDINALS)
    rows.insert(0, _total("TỔNG SỐ", rows))
    return book


def subtotals(chance: random.Random) -> Book:
    """TỔNG SỐ, I, 1, 2, II, 1."""
    ordinal = Column("stt", "STT", "stt")
    rows: list[Row] = []
    names = _named(chance, 3)
    sums = []
    for numeral, group, members in (("I", "Lĩnh vực giao thông", names[:2]), ("II", "Lĩnh vực văn hóa", names[2:])):
        lines = [
            Row([Cell(at, str(at), asks=True), text(name), whole(chance.randint(10, 9000))])
            for at, name in enumerate(members, 1)
        ]
        head = _total(group, lines)
        head.cells.insert(0, text(numeral, asks=True))
        sums.append(head)
        rows += [head, *lines]
    total = _total("TỔNG SỐ", sums)
    total.cells.insert(0, Cell(None))
    called = {"nhan": "TỔNG SỐ", "vi_tri": "dau"}
    return Book("tong_tung_muc", [ordinal, NAME, AMOUNT], [total, *rows], total=called, answer=BY_ORDINALS)


def _total(label: str, rows: list[Row]) -> Row:
    amount = sum(row.cells[-1].value for row in rows)
    return Row([text(label, asks=True), whole(amount, asks=True)], is_total=True)


def ordinals_out_of_order(chance: random.Random) -> Book:
    missing = chance.randint(2, 4)
    numbers = [number for number in range(1, 7) if number != missing]
    rows = [
        Row([Cell(number, str(number), asks=number > missing), text(name), whole(chance.randint(10, 9000))])
        for number, name in zip(numbers, _named(chance, 5))
    ]
    return Book("stt_thieu_so", [Column("stt", "STT", "stt"), NAME, AMOUNT], rows)


def ordinals_with_points(chance: random.Random) -> Book:
    rows = [
        Row([text(f"{at}.", asks=True), text(name), whole(chance.randint(10, 9000))])
        for at, name in enumerate(_named(chance, 4), 1)
    ]
    return Book("stt_co_dau_cham", [Column("stt", "STT", "stt"), NAME, AMOUNT], rows)


def codes_by_mask(chance: random.Random) -> Book:
    columns = [NAME, Column("so_dinh_danh", "Số định danh", "giua"), Column("ma", "Mã dự án", "chu")]
    rows = []
    for name in _named(chance, 4):
        person, code = chance.randint(10**9, 9 * 10**10), chance.randint(1, 99)
        masked = Cell(person, f"{person:012}", "000000000000", asks=True)
        rows.append(Row([text(name), masked, Cell(code, f"DA-{code:04}", '"DA-"0000', asks=True)]))
    return Book("ma_so_dinh_dang", columns, rows)


def codes_as_text(chance: random.Random) -> Book:
    columns = [NAME, Column("so_dinh_danh", "Số định danh", "giua"), Column("ma", "Mã dự án", "chu")]
    rows = [
        Row([text(name), text(f"0{chance.randint(10**9, 9 * 10**10):011}", format="@"), text(f"{chance.randint(1, 99):04}")])
        for name in _named(chance, 4)
    ]
    return Book("ma_so_chu", columns, rows)


def in_thousands(chance: random.Random) -> Book:
    rows = []
    for name in _named(chance, 4):
        thousands = chance.randint(1000, 9_999_999)
        rows.append(Row([text(name), Cell(thousands * 1000, vietnamese(thousands), "#,##0,", asks=True)]))
    return Book("hien_theo_nghin", [NAME, AMOUNT], rows, unit="nghìn đồng", answer=AS_SHOWN)


def in_millions(chance: random.Random) -> Book:
    rows = []
    for name in _named(chance, 4):
        millions = chance.randint(10, 99_999)
        amount = millions * 1_000_000 + chance.randint(-400_000, 400_000)
        rows.append(Row([text(name), Cell(amount, vietnamese(millions), "#,##0,,", asks=True)]))
    return Book("hien_theo_trieu", [NAME, AMOUNT], rows, unit="triệu đồng", answer=AS_SHOWN)


def months_and_years(chance: random.Random) -> Book:
    rows = []
    for at, name in enumerate(_named(chance, 5)):
        day = datetime(chance.randint(2019, 2026), chance.randint(1, 12), 1 if at < 3 else chance.randint(2, 28))
        format, shown = [
            ("mm/yyyy", f"{day:%m/%Y}"), ("yyyy", f"{day:%Y}"), ("mm/yyyy", f"{day:%m/%Y}"),
            ("dd/mm/yyyy", _slashed(day)), ("d/m/yyyy", _slashed(day)),
        ][at]  # fmt: skip
        rows.append(Row([text(name), Cell(day, shown, format, asks=at < 3)]))
    return Book("thang_nam", [NAME, Column("ngay", "Hoàn thành", "ngay")], rows, answer=AS_SHOWN)


def days_with_hours(chance: random.Random) -> Book:
    rows = []
    for name in _named(chance, 4):
        moment = datetime(2025, chance.randint(1, 12), chance.randint(1, 28), chance.randint(1, 23), 15 * chance.randint(0, 3))
        shown = f"{_slashed(moment)} {moment:%H:%M}"
        rows.append(Row([text(name), Cell(moment, shown, "dd/mm/yyyy hh:mm", asks=True)]))
    return Book("ngay_co_gio", [NAME, Column("ngay", "Thời điểm", "ngay")], rows)


def quotients(chance: random.Random) -> Book:
    """Shown at no and at two places; as the results of formulas, and as figures alone."""
    columns = [NAME, Column("a", "Vốn", "so"), Column("b", "Số hộ", "so"), Column("tron", "Bình quân", "so")]
    columns.append(Column("le", "Bình quân (2 số lẻ)", "so"))
    book = Book("thuong_so", columns, [])
    for at, name in enumerate(_named(chance, 4)):
        amount, count, row = chance.randint(100, 90_000) * 3 + 1, 3 * chance.randint(1, 9), book.first_row + at
        formula = f"B{row}/C{row}" if at % 2 else ""
        cells = [
            Cell(amount / count, vietnamese(amount / count, places), format, formula, asks=True)
            for places, format in ((0, "0"), (2, "#,##0.00"))
        ]
        book.rows.append(Row([text(name), whole(amount), whole(count), *cells]))
    return book


def per_cents(chance: random.Random) -> Book:
    columns = [NAME, Column("kh", "Kế hoạch", "so"), Column("gn", "Giải ngân", "so")]
    columns.append(Column("ty_le", "Tỷ lệ (%)", "ty_le", {"ty_le_cua": ["gn", "kh"], "so_le": "1"}))
    book = Book("ty_le_tinh_san", columns, [])
    for at, name in enumerate(_named(chance, 4)):
        plan, row = chance.randint(70, 9000), book.first_row + at
        spent = chance.randint(1, plan)
        ratio = Cell(spent / plan, vietnamese(round(100 * spent / plan + 1e-9, 1), 1), "0.0%", f"C{row}/B{row}", asks=True)
        book.rows.append(Row([text(name), whole(plan), whole(spent), ratio]))
    return book


def numbers_as_text(chance: random.Random) -> Book:
    figures = [vietnamese(chance.randint(1000, 999_999)), str(chance.randint(1, 999)), f"{chance.randint(1, 99)},5", "1.234,75"]
    rows = [Row([text(name), text(figure, asks=True)]) for name, figure in zip(_named(chance, 4), figures)]
    return Book("so_dang_chu", [NAME, AMOUNT], rows, answer={"so_dang_chu": "viet_nam"})


def dashes_for_nothing(chance: random.Random) -> Book:
    """A dash typed, and a dash that the format of bookkeepers shows for 0."""
    kept = '_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)'
    rows = [Row([text(name), whole(chance.randint(10, 9000), kept)]) for name in _named(chance, 5)]
    rows[1].cells[1] = text("-", asks=True)
    rows[3].cells[1] = Cell(0, "-", kept, also="0")
    return Book("gach_ngang", [NAME, AMOUNT], rows)


def blank_strings(chance: random.Random) -> Book:
    rows = [
        Row([text(name), whole(chance.randint(10, 9000)), text("Đã nghiệm thu")])
        for name in _named(chance, 4)
    ]
    rows[0].cells[2] = rows[2].cells[2] = rows[3].cells[1] = Cell(None)
    columns = [NAME, AMOUNT, Column("ghi_chu", "Ghi chú", "chu")]
    return Book("chuoi_trong", columns, rows, blank_shared=[(0, 2), (2, 2), (3, 1)])


def hidden_rows(chance: random.Random) -> Book:
    rows = [Row([text(name), *(whole(chance.randint(10, 9000)) for _ in "ab")]) for name in _named(chance, 6)]
    rows[1].hidden, rows[4].hidden = "hidden", "flat"
    columns = [NAME, Column("kh", "Kế hoạch", "so"), Column("gn", "Giải ngân", "so")]
    notes = ["Ghi chú: số liệu đến ngày 30/11/2025.", "Người lập biểu"]
    return Book("dong_an", columns, rows, merged_heads=True, notes=notes)


def notes_below(chance: random.Random) -> Book:
    rows = [Row([text(name), whole(chance.randint(10, 9000))]) for name in _named(chance, 4)]
    notes = ["Ghi chú: số liệu đến ngày 30/11/2025.", "Người lập biểu"]
    return Book("ghi_chu_duoi_bang", [NAME, AMOUNT], rows, by_letters=False, notes=notes)


def _slashed(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


# Section B of what offices do: ten habits, each with its varieties; the first of each is the one always tried.
HABITS: list[list[Callable[[random.Random], Book]]] = [
    [never_calculated, stale_results],
    [dates_of_1904_extended, dates_of_1904],
    [subtotals, total_below, total_on_top],
    [ordinals_out_of_order, ordinals_with_points],
    [codes_by_mask, codes_as_text],
    [in_thousands, in_millions],
    [months_and_years, days_with_hours],
    [quotients, per_cents],
    [numbers_as_text, blank_strings, dashes_for_nothing],
    [hidden_rows, notes_below],
]


def books(habit: Callable[[random.Random], Book], seed: int) -> dict[str, Book]:
    """The habit in the hands of each writer; every second one's case names heads instead of letters, where it can."""
    made = {}
    for at, writer in enumerate(WRITERS):
        book = habit(random.Random(f"{seed}:{habit.__name__}:{writer}"))
        book.by_letters = book.by_letters and (at % 2 == 0 or book.merged_heads)
        made[writer] = book
    return made


# The writers. `paths` gives each book and the file to make.


def write(of_writers: dict[str, list[tuple[Book, Path]]], scratch: Path) -> list[str]:
    """Has each writer write its books; what went wrong."""
    for writer, one in (("openpyxl", write_openpyxl), ("xlsxwriter", write_xlsxwriter)):
        for book, path in of_writers.get(writer, []):
            one(book, path)
    scratch.mkdir(parents=True, exist_ok=True)
    wrong = write_by_node(of_writers, scratch) + write_by_rust(of_writers, scratch)
    wrong += write_by_libreoffice(of_writers.get("libreoffice", []), scratch)
    for writer, made in of_writers.items():
        for book, path in made:
            if path.is_file():
                finish(book, path, writer)
    return wrong


def write_openpyxl(book: Book, path: Path) -> None:
    workbook = openpyxl.Workbook()
    if book.from_1904:
        workbook.epoch = CALENDAR_MAC_1904
    sheet = workbook.active
    sheet.title = SHEET
    for row, column, cell in placed(book):
        found = sheet.cell(row, column, f"={cell.formula}" if cell.formula else cell.value)
        found.number_format = cell.format
    for area in merged(book):
        sheet.merge_cells(area)
    for row, how in hidden(book):
        sheet.row_dimensions[row].hidden = how == "hidden"
        sheet.row_dimensions[row].height = 0 if how == "flat" else None
    workbook.save(path)
    results = {(row, column): cell.value for row, column, cell in placed(book) if cell.formula and cell.value is not None}
    if results:
        edit_parts(path, lambda name, xml: with_results(xml, results) if "/sheet1.xml" in name else xml)


def with_results(xml: str, results: dict[tuple[int, int], float]) -> str:
    """openpyxl writes no results of formulas; what a program that calculates would have stored."""
    for (row, column), value in results.items():
        at = f"{get_column_letter(column)}{row}"
        xml = re.sub(rf'(<c r="{at}"[^>]*><f>[^<]*</f>)<v ?/>|(<c r="{at}"[^>]*><f>[^<]*</f>)<v></v>', rf"\1\2<v>{value!r}</v>", xml)
    return xml


def write_xlsxwriter(book: Book, path: Path) -> None:
    workbook = xlsxwriter.Workbook(str(path), {"date_1904": book.from_1904})
    sheet = workbook.add_worksheet(SHEET)
    formats = {cell.format: workbook.add_format({"num_format": cell.format}) for _, _, cell in placed(book)}
    for row, column, cell in placed(book):
        place, format = (row - 1, column - 1), formats[cell.format]
        if cell.formula and cell.value is not None:
            sheet.write_formula(*place, f"={cell.formula}", format, cell.value)
        elif cell.formula:
            sheet.write_formula(*place, f"={cell.formula}", format)
        elif isinstance(cell.value, datetime):
            sheet.write_datetime(*place, cell.value, format)
        elif isinstance(cell.value, str):
            sheet.write_string(*place, cell.value, format)
        elif cell.value is not None:
            sheet.write_number(*place, cell.value, format)
    for area in merged(book):
        first, last = area.split(":")
        value = next(c.value for r, k, c in placed(book) if f"{get_column_letter(k)}{r}" == first)
        sheet.merge_range(area, value)
    for row, how in hidden(book):
        sheet.set_row(row - 1, 0 if how == "flat" else None, None, {"hidden": how == "hidden"})
    workbook.close()


def write_by_node(of_writers: dict[str, list[tuple[Book, Path]]], scratch: Path) -> list[str]:
    """SheetJS and exceljs, in one process."""
    wanted = scratch / "node.json"
    asked = [spec(book, path, writer) for writer in ("sheetjs", "exceljs") for book, path in of_writers.get(writer, [])]
    wanted.write_text(json.dumps(asked, ensure_ascii=False), "utf-8")
    answer = programs.call(HERE / "write_workbooks", wanted)
    return [f"SheetJS and exceljs: {answer.stderr[-300:]}"] if answer.returncode else []


def write_by_rust(of_writers: dict[str, list[tuple[Book, Path]]], scratch: Path) -> list[str]:
    """rust_xlsxwriter, as tests/workbooks_written.rs drives it."""
    wanted = scratch / "rust.json"
    asked = [spec(book, path, "rust_xlsxwriter") for book, path in of_writers.get("rust_xlsxwriter", [])]
    wanted.write_text(json.dumps(asked, ensure_ascii=False), "utf-8")
    answer = programs.call(
        "env", f"VANTHU_WORKBOOKS={wanted}",
        "cargo", "test", "-q", "-j1", "--manifest-path", ROOT / "Cargo.toml", "--test", "workbooks_written",
    )  # fmt: skip
    return [f"rust_xlsxwriter: {answer.stderr[-300:]}"] if answer.returncode else []


def write_by_libreoffice(made: list[tuple[Book, Path]], scratch: Path) -> list[str]:
    """LibreOffice opens what openpyxl wrote, calculates it, and writes it anew, all in one process."""
    if not made:
        return []
    sources, out = scratch / "truoc", scratch / "sau"
    sources.mkdir(exist_ok=True)
    files = []
    for at, (book, _) in enumerate(made):
        files.append(sources / f"{at:03}.xlsx")
        write_openpyxl(book, files[-1])
    answer = programs.call(
        "soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{scratch / 'soffice'}",
        "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, *files,
    )  # fmt: skip
    missing = [str(path) for file, (_, path) in zip(files, made) if not (out / file.name).is_file()]
    for file, (_, path) in zip(files, made):
        if (out / file.name).is_file():
            shutil.move(out / file.name, path)
    return [f"LibreOffice: {answer.stderr[-300:]} {missing[:2]}"] if missing else []


def spec(book: Book, path: Path, writer: str) -> dict:
    """The book for a writer of another language: cells counted from 0, days as serial numbers and in ISO."""
    cells = []
    for row, column, cell in placed(book):
        value = cell.value
        more = {"day": value.isoformat()} if isinstance(value, datetime) else {}
        value = serial(value, book.from_1904) if isinstance(value, datetime) else value
        cells.append({"row": row - 1, "column": column - 1, **asdict(cell), "value": value, **more})
    merges = [area.split(":") for area in merged(book)]
    rows = [{"row": row - 1, "how": how} for row, how in hidden(book)]
    return {
        "writer": writer, "path": str(path), "sheet": SHEET, "from_1904": book.from_1904, "cells": cells,
        "merges": merges, "hidden": rows,
    }  # fmt: skip


def serial(moment: datetime, from_1904: bool) -> float:
    """Days since the epoch of the workbook; a whole number where there are no hours."""
    span = moment - datetime(1899, 12, 30)
    days = span.days + span.seconds / 86_400 - (DAYS_1904 if from_1904 else 0)
    return int(days) if days == int(days) else days


def placed(book: Book) -> list[tuple[int, int, Cell]]:
    """Every cell with its row and column, counted from 1; those that hold nothing left out."""
    cells = [(1, 1, text("BIỂU TỔNG HỢP SỐ LIỆU"))]
    if book.merged_heads:
        cells += [(book.head_row - 1, 1, text(book.columns[0].name)), (book.head_row - 1, 2, text("Năm 2025"))]
    for at, column in enumerate(book.columns, 1):
        if not (book.merged_heads and at == 1):
            cells.append((book.head_row, at, text(column.name)))
    for row, line in enumerate(book.rows, book.first_row):
        cells += [(row, at, cell) for at, cell in enumerate(line.cells, 1) if cell.value is not None or cell.formula]
    cells += [(book.last_row + 2 + at, 1, text(note)) for at, note in enumerate(book.notes)]
    return cells


def merged(book: Book) -> list[str]:
    last = get_column_letter(len(book.columns))
    heads = [f"A{book.head_row - 1}:A{book.head_row}", f"B{book.head_row - 1}:{last}{book.head_row - 1}"]
    return [f"A1:{last}1", *(heads if book.merged_heads else [])]


def hidden(book: Book) -> list[tuple[int, str]]:
    return [(row, line.hidden) for row, line in enumerate(book.rows, book.first_row) if line.hidden]


# What no writer can be asked for is put into its file afterwards.


def finish(book: Book, path: Path, writer: str) -> None:
    def edit(name: str, xml: str) -> str:
        if name == "xl/workbook.xml":
            return _workbook(book, xml)
        return _sheet(book, xml) if name == "xl/worksheets/sheet1.xml" else xml

    edit_parts(path, edit)


def _workbook(book: Book, xml: str) -> str:
    if book.from_1904 and not re.search(r'date1904="(1|true)"', xml):
        xml = re.sub(r'date1904="\w*" ?', "", xml)
        xml = re.sub(r"<workbookPr\b", '<workbookPr date1904="1"', xml, count=1)
        if "<workbookPr" not in xml:
            xml = xml.replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    if book.stale and 'fullCalcOnLoad="1"' not in xml:
        xml = re.sub(r"<calcPr\b", '<calcPr fullCalcOnLoad="1"', re.sub(r' fullCalcOnLoad="\w*"', "", xml))
        if "<calcPr" not in xml:
            xml = xml.replace("</sheets>", '</sheets><calcPr fullCalcOnLoad="1"/>')
    if book.extension:
        xml = re.sub(r"<extLst>.*</extLst>", "", xml, flags=re.DOTALL).replace("</workbook>", f"{EXTENSION}</workbook>")
    return xml


def _sheet(book: Book, xml: str) -> str:
    for line, column in book.blank_shared:
        xml = _with_blank(xml, book.first_row + line, column + 1)
    for row, _ in hidden(book):
        tag = re.search(rf'<row\b[^>]*\br="{row}"[^>]*>', xml)[0]
        if not re.search(r'hidden="(1|true)"|ht="0"', tag):
            xml = xml.replace(tag, re.sub(r"<row\b", '<row ht="0" customHeight="1"', re.sub(r' ht="[^"]*"| customHeight="[^"]*"', "", tag)))
    return xml


def _with_blank(xml: str, row: int, column: int) -> str:
    """A cell of text that points to no text, in its place among the cells of its row."""
    at = f"{get_column_letter(column)}{row}"
    blank = f'<c r="{at}" t="s"><v></v></c>'
    xml = re.sub(rf'<c r="{at}"(?:[^>]*/>|[^>]*[^/]>.*?</c>)', "", xml)
    start = re.search(rf'<row\b[^>]*\br="{row}"[^>]*>', xml).end()
    end = xml.index("</row>", start)
    before = [match for match in re.finditer(r'<c r="([A-Z]+)\d+"', xml[start:end]) if len(match[1]) == 1 and match[1] > get_column_letter(column)]
    place = start + before[0].start() if before else end
    return xml[:place] + blank + xml[place:]


def edit_parts(path: Path, edit: Callable[[str, str], str]) -> None:
    """Writes the package anew with what `edit` makes of its XML parts."""
    with zipfile.ZipFile(path) as package:
        parts = [(info, package.read(info)) for info in package.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for info, data in parts:
            if info.filename.endswith(".xml"):
                data = edit(info.filename, data.decode("utf-8")).encode("utf-8")
            package.writestr(info.filename, data)


def misread(book: Book, path: Path) -> list[str]:
    """Cells of the file that openpyxl reads otherwise than the model has them: then the judge would be wrong."""
    workbook = openpyxl.load_workbook(path)
    results = openpyxl.load_workbook(path, data_only=True)[SHEET]
    sheet = workbook[SHEET]
    wrong = []
    for row, column, cell in placed(book):
        found, result = sheet.cell(row, column), results.cell(row, column).value
        if cell.formula:
            same = str(found.value).lstrip("=").replace("of:", "") == cell.formula
            same = same and (cell.value is None or result is None or book.stale or _same_number(result, cell.value))
        elif isinstance(cell.value, datetime):
            same = isinstance(found.value, datetime) and abs((found.value - cell.value).total_seconds()) < 1
        else:
            same = found.value == cell.value or _same_number(found.value, cell.value)
        if not same or (cell.format not in ("General", "@") and not _same_format(found.number_format, cell.format)):
            wrong.append(f"{found.coordinate} {found.value!r} {found.number_format} for {cell.value!r} {cell.format}")
    return wrong


def shown_otherwise(made: list[tuple[Book, Path]], scratch: Path) -> list[str]:
    """Cells that LibreOffice shows otherwise than the model says, but for formulas: it never calculates these anew."""
    scratch.mkdir(parents=True, exist_ok=True)
    files = []
    for at, (_, path) in enumerate(made):
        files.append(shutil.copy(path, scratch / f"{at:03}.xlsx"))
    programs.call(
        "soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{scratch / 'soffice'}",
        "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", scratch, *files,
    )  # fmt: skip
    wrong = []
    for (book, path), file in zip(made, files):
        rows = list(csv.reader(Path(file).with_suffix(".csv").read_text("utf-8").splitlines()))
        for row, line in enumerate(book.rows, book.first_row):
            for at, (column, cell) in enumerate(zip(book.columns, line.cells)):
                found = rows[row - 1][at].strip()
                if isinstance(cell.value, int | float):
                    found = found.translate(str.maketrans(",.", ".,"))
                stored = cell.formula and (cell.value is None or book.stale)
                if not stored and not shown.same(column.kind, cell.shown, found):
                    wrong.append(f"{path.parent.name} {get_column_letter(at + 1)}{row}: {found!r} for {cell.shown!r}")
    return wrong


def _same_number(one, other) -> bool:
    """To the 15 digits that Excel keeps."""
    numbers = all(isinstance(value, int | float) for value in (one, other))
    return numbers and math.isclose(one, other, rel_tol=1e-14)


def _same_format(one: str, other: str) -> bool:
    bare = lambda format: re.sub(r"\\(.)|;@$|^\[\$-[^\]]*\]", r"\1", format).replace('"', "").lower()
    return bare(one) == bare(other)
