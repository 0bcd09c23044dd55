"""A sheet as an office keeps it: taken as it stands, with a few lines of the case, and printed as it is.

Title rows, heads of two lines with merged cells, a row of column numbers, TỔNG SỐ on top, I, 1, 2, II, 1 with their
sums, per cents, blanks, notes and signatures below.
"""

from pathlib import Path

import corpus
import openpyxl
import programs
import read_docx
import shown
import yaml
from results import Results
from workbooks import edit_parts, vietnamese, with_results

# What a clerk writes to take the sheet; at most five lines.
TAKEN = """\
dong_tu_tep:
  tep: bieu.xlsx
  trang: Biểu 01
  nhom: theo_stt
  cot: {stt: A, ten: B, kh: C, kh_tw: D, kh_dp: E, gn: F, ty_le: G, ghi_chu: H}
"""
MOST_LINES_OF_CASE = 5
MOST_LINES_TOLD = 10
COLUMNS = [
    {"khoa": "stt", "ten": "STT", "kieu": "stt"},
    {"khoa": "ten", "ten": "Danh mục dự án"},
    {
        "ten": "Kế hoạch năm 2025",
        "cot": [
            {"khoa": "kh", "ten": "Tổng số", "kieu": "so", "tong_cua": ["kh_tw", "kh_dp"]},
            {"khoa": "kh_tw", "ten": "Ngân sách trung ương", "kieu": "so"},
            {"khoa": "kh_dp", "ten": "Ngân sách địa phương", "kieu": "so"},
        ],
    },
    {"khoa": "gn", "ten": "Giải ngân", "kieu": "so"},
    {"khoa": "ty_le", "ten": "Tỷ lệ (%)", "kieu": "ty_le", "ty_le_cua": ["gn", "kh"], "so_le": "1"},
    {"khoa": "ghi_chu", "ten": "Ghi chú"},
]
KINDS = ["stt", "chu", "so", "so", "so", "so", "ty_le", "chu"]
PROJECTS = {
    ("I", "Lĩnh vực giao thông"): [
        ("Đường tỉnh 943 (đoạn Quốc lộ 91 đến xã Óc Eo)", 12_500, 4_300, 15_120, "Chuyển tiếp"),
        ("Cầu Kênh Xáng", None, 9_850, 7_004, None),
    ],
    ("II", "Lĩnh vực giáo dục và đào tạo"): [("Trường Mầm non Vĩnh Bình", 3_600, 2_417, 5_999, "Vướng mặt bằng")],
}
HEAD_ROW = 6  # of the lower line of the heads


def check(results: Results, program: Path, folder: Path) -> None:
    """The case takes the sheet; what is told, and what is printed."""
    case = folder / "so_quan"
    case.mkdir(parents=True, exist_ok=True)
    rows = _rows()
    _write(case / "bieu.xlsx", rows)
    appendix = {"tieu_de": "TÌNH HÌNH GIẢI NGÂN", "kho_giay": "ngang", "don_vi_tinh": "triệu đồng", "cot": COLUMNS}
    (case / "ho_so.yaml").write_text(corpus.dumped(shown.letter(appendix | yaml.load(TAKEN, yaml.BaseLoader))), "utf-8")
    few = len(TAKEN.splitlines()) <= MOST_LINES_OF_CASE
    results.add("office's sheet: lines of the case that take it", "so_quan", few, len(TAKEN.splitlines()))
    answer = programs.call(program, "check", case)
    lines = [line for line in answer.stdout.splitlines() if line.strip()][:-1]  # the last one counts
    figure = f"{len(lines)} lines, exit {answer.returncode}: {' / '.join(lines[:3])}"
    results.add("office's sheet: lines of messages", "so_quan", len(lines) <= MOST_LINES_TOLD, figure)
    made = programs.call(program, "render", case, "--out", folder / "final")
    docx = folder / "final" / "so_quan.docx"
    results.add("office's sheet: taken as it stands", "so_quan", not made.returncode and docx.is_file(), made.stderr[:200])
    if docx.is_file():
        printed = shown.rows_of(read_docx.read(docx).appendices[0].table, len(KINDS))
        apart = differences([row_shown for row_shown, _ in rows], printed)
        results.add("office's sheet: printed as it is shown", "so_quan", not apart, apart[:3] or f"{len(printed)} rows")


def differences(wanted: list[list[str]], printed: list[list[str]]) -> list[str]:
    """Row by row, cell by cell; of a total it is no matter in which of the first columns its name stands."""
    if len(wanted) != len(printed):
        return [f"{len(wanted)} rows shown, {len(printed)} printed: {[' | '.join(row) for row in printed]}"]
    apart = []
    for one, other in zip(wanted, printed):
        if not one[0]:
            one, other = ([*_label(row), *row[2:]] for row in (one, other))
        for kind, a, b in zip(KINDS, one, other):
            if not shown.same(kind, a, b):
                apart.append(f"{one[1]}: {a!r} printed {b!r}")
    return apart


def _label(row: list[str]) -> list[str]:
    return ["", row[1] or row[0]]


def _rows() -> list[tuple[list[str], list]]:
    """Each row as it is shown, and what its cells hold."""
    rows, sums = [], []
    for (numeral, group), projects in PROJECTS.items():
        lines = [_row(at, name, central, local, spent, note) for at, (name, central, local, spent, note) in enumerate(projects, 1)]
        sums.append(_sum(numeral, group, [values for _, values in lines]))
        rows += [sums[-1], *lines]
    return [_sum(None, "TỔNG SỐ", [values for _, values in sums]), *rows]


def _sum(mark: str | None, name: str, rows: list[list]) -> tuple[list[str], list]:
    central, local, spent = (sum(row[at] or 0 for row in rows) for at in (3, 4, 5))
    return _row(mark, name, central, local, spent, None)


def _row(mark, name: str, central: int | None, local: int | None, spent: int, note: str | None) -> tuple[list[str], list]:
    plan = (central or 0) + (local or 0)
    figures = [plan, central, local, spent]
    ratio = vietnamese(round(100 * spent / plan + 1e-9, 1), 1)
    texts = [vietnamese(figure) if figure is not None else "" for figure in figures]
    return [str(mark or ""), name, *texts, ratio, note or ""], [mark, name, *figures, spent / plan, note]


def _write(path: Path, rows: list[tuple[list[str], list]]) -> None:
    """As Excel would have saved it: sums and per cents are formulas with their results, nothing is to be calculated."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Biểu 01"
    for place, words in {
        "A1": "ỦY BAN NHÂN DÂN TỈNH AN GIANG", "F1": "Biểu số 01", "A2": "TÌNH HÌNH GIẢI NGÂN KẾ HOẠCH VỐN NĂM 2025",
        "A3": "(Kèm theo Báo cáo số        /BC-STC ngày      tháng 12 năm 2025)", "H4": "Đơn vị tính: triệu đồng",
        "A5": "STT", "B5": "Danh mục dự án", "C5": "Kế hoạch năm 2025", "C6": "Tổng số", "D6": "Ngân sách trung ương",
        "E6": "Ngân sách địa phương", "F5": "Giải ngân", "G5": "Tỷ lệ (%)", "H5": "Ghi chú",
    }.items():  # fmt: skip
        sheet[place] = words
    for area in ("A1:E1", "F1:H1", "A2:H2", "A3:H3", "A5:A6", "B5:B6", "C5:E5", "F5:F6", "G5:G6", "H5:H6"):
        sheet.merge_cells(area)
    for column in range(1, len(KINDS) + 1):
        sheet.cell(HEAD_ROW + 1, column, f"({column})")
    results = {}
    for at, (_, values) in enumerate(rows, HEAD_ROW + 2):
        for column, value in enumerate(values, 1):
            formula = {3: f"=D{at}+E{at}", 7: f"=F{at}/C{at}"}.get(column)
            cell = sheet.cell(at, column, formula or value)
            cell.number_format = {7: "0.0%"}.get(column, "#,##0" if 3 <= column <= 6 else "General")
            results |= {(at, column): value} if formula else {}
    after = HEAD_ROW + 2 + len(rows)
    sheet.cell(after + 1, 1, "Ghi chú: số liệu giải ngân đến hết ngày 30/11/2025.")
    sheet.cell(after + 2, 2, "NGƯỜI LẬP BIỂU")
    sheet.cell(after + 2, 6, "GIÁM ĐỐC")
    workbook.calculation.fullCalcOnLoad = False
    workbook.save(path)
    edit_parts(path, lambda name, xml: with_results(xml, results) if "/sheet1.xml" in name else xml)
