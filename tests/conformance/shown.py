"""A table of a sheet beside the printed one: the case that takes it, the printed rows, and when a cell says the same."""

import re
from decimal import Decimal, InvalidOperation

from report import Table


def letter(appendix: dict) -> dict:
    """A case that has nothing to be told of but its appendix."""
    return {
        "phien_ban": "1",
        "loai": "bao_cao",
        "mau": "noi_dung",
        "co_quan_khac": {
            "chu_quan": "ỦY BAN NHÂN DÂN TỈNH AN GIANG",
            "ten": "SỞ TÀI CHÍNH",
            "ten_trong_cau": "Sở Tài chính tỉnh An Giang",
            "ky_hieu": "STC",
            "dia_danh": "An Giang",
        },
        "so": "218",
        "ngay": "15/12/2025",
        "trich_yeu": "Kết quả công tác năm 2025",
        "huong": "ngang_cap",
        "noi_dung": {
            "ve": "kết quả công tác năm 2025",
            "muc": [{"tieu_de": "Kết quả thực hiện", "noi_dung": "Số liệu tại phụ lục kèm theo.\n"}],
        },
        "nguoi_ky": {"chuc_vu": "GIÁM ĐỐC", "ho_ten": "Trần Minh Khoa"},
        "noi_nhan": ["Ủy ban nhân dân tỉnh"],
        "luu": {"noi_luu": "VT"},
        "phu_luc": [appendix],
    }


def rows_of(table: Table, width: int) -> list[list[str]]:
    rows = [[""] * width for _ in range(table.row_count - table.header_rows)]
    for cell in table.cells:
        if cell.row >= table.header_rows and cell.column < width:
            rows[cell.row - table.header_rows][cell.column] = cell.text
    return rows


def same(kind: str, shown: str, printed: str) -> bool:
    """Letter by letter; of figures and days the value, whatever its zeros."""
    one, other = " ".join(shown.split()), " ".join(printed.split())
    if kind in ("so", "ty_le"):
        return _value(one) == _value(other)
    if kind == "ngay":
        return re.sub(r"\b0+(?=\d)", "", one) == re.sub(r"\b0+(?=\d)", "", other)
    return one.rstrip(".") == other.rstrip(".") if kind == "stt" else one == other


def _value(text: str) -> Decimal | str | None:
    """A figure in Vietnamese notation; a dash is nothing."""
    bare = text.removesuffix("%").replace(" ", "")
    if bare in ("", "-", "–"):
        return None
    try:
        return Decimal(bare.replace(".", "").replace(",", ".").replace("−", "-"))
    except InvalidOperation:
        return text
