"""An office at work: a thousand mixed acts by the real program, held against a model of what they must have done.

Two offices, one with one series of numbers for all types and one with a series for each, take documents of several
types and agencies in two years: issued, numbered before they are signed, voided, scanned, signed, replaced, corrected,
recalled, inserted between others (325a); and calls that must be refused and change nothing. A model in Python knows
the rules of numbering and says what the register must hold. Then outside validators judge the archive, and the
register is made again from the records alone.

    mixed.py --bin target/release/vanthu [--acts N] [--seed N] [--folder /dev/shm]
"""

import argparse
import csv
import io
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from results import Results

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
SEED = 20261126
PATIENCE = 3600  # seconds; only ends what waits for ever
FIRST, LAST = date(2025, 7, 1), date(2026, 11, 26)
CHECK_EVERY = 100  # acts
VIETNAM = timezone(timedelta(hours=7))
CLERKS = ["Trần Thị B", "Lê Văn Đức", "Ngô Thị Ý"]
REASONS = ["Không dùng đến", "Sai nội dung, lập lại", "=1+1", "Ghi nhầm “loại” văn bản"]
NOTES = ["", "", "", "Bản giấy", "Gửi hỏa tốc"]
SCANS = [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\0", b"%PDF-1.4\n"]
AWAITING, ISSUED, VOID, RECALLED = "chờ ký", "đã phát hành", "đã hủy số", "đã thu hồi"


@dataclass(frozen=True)
class Kind:
    """A type of document with a sample of it, and what the decree has in its code and its title."""

    key: str
    sample: str
    name: str
    code: str  # of a công văn, which has no abbreviation, the unit that drafts it


KINDS = [
    Kind("bao_cao", "ho_so_mau_dinh_ky.yaml", "Báo cáo", "BC"),
    Kind("cong_van", "ho_so_mau_de_nghi.yaml", "Công văn", "HTGT"),
    Kind("ke_hoach", "ho_so_mau.yaml", "Kế hoạch", "KH"),
    Kind("quyet_dinh", "ho_so_mau.yaml", "Quyết định", "QĐ"),
    Kind("thong_bao", "ho_so_mau_ket_luan.yaml", "Thông báo", "TB"),
    Kind("to_trinh", "ho_so_mau.yaml", "Tờ trình", "TTr"),
    Kind("giay_moi", "ho_so_mau.yaml", "Giấy mời", "GM"),
]
CORRECTION = Kind("cong_van", "", "Công văn", "VP")
AGENCIES = {
    "so_noi_vu_an_giang": ("SỞ NỘI VỤ", "SNV"),
    "so_tai_chinh_an_giang": ("SỞ TÀI CHÍNH", "STC"),
    "so_xay_dung_dong_thap": ("SỞ XÂY DỰNG", "SXD"),
}


@dataclass
class Row:
    """What the register must say of a number."""

    kind: Kind
    agency: str
    series: tuple[int, str, str]  # year, agency's name, label
    number: int
    letter: str
    day: date
    subject: str
    case: str
    facts: dict[str, str]
    state: str
    copies: str = ""
    note: str = ""
    sent: str = ""
    reason: str = ""
    acts: list[tuple[str, str]] = field(default_factory=list)  # in words, by whom
    replaces: "Row | None" = None
    corrects: "Row | None" = None
    replaced_by: list["Row"] = field(default_factory=list)
    corrected_by: list["Row"] = field(default_factory=list)

    @property
    def key(self) -> tuple:
        return (*self.series, self.number, self.letter)

    @property
    def code(self) -> str:
        symbol = AGENCIES[self.agency][1]
        after = f"{symbol}-{self.kind.code}" if self.kind.key == "cong_van" else f"{self.kind.code}-{symbol}"
        return f"{self.number:02}{self.letter}/{after}"

    def cited(self) -> str:
        return f"{self.code} ngày {short(self.day)}"

    def line(self, width: int) -> str:
        """As `register list` has it."""
        standing = "" if self.state == ISSUED else f"  [{self.state}]"
        if self.state == AWAITING:
            standing = f"  [{self.state}, từ hôm nay]"
        if self.state == ISSUED and self.replaced_by:
            standing = "  [đã bị thay thế]"
        return f"{self.code:{width}}  {short(self.day):10}  {self.kind.name} {self.subject}{standing}"

    def columns(self) -> list[str]:
        """The ten columns of the decree."""
        notes = {AWAITING: ["Chờ ký"], VOID: [f"Hủy số: {self.reason}"], RECALLED: [f"Thu hồi: {self.reason}"]}
        notes = notes.get(self.state, [])
        for words, rows in self.links():
            notes = [*notes, *(f"{words} {row.cited()}" for row in rows)]
        title = f"{self.kind.name} {'V/v ' if self.kind.key == 'cong_van' else ''}{self.subject}"
        title = title.replace(f"{self.kind.name} Về ", f"{self.kind.name} về ")
        notes = "; ".join(note for note in [*notes, self.note] if note)
        facts = self.facts
        return [self.code, short(self.day), title, facts["ho_ten"], facts["to"], facts["kept"], self.copies, self.sent, "", notes]

    def links(self) -> list[tuple[str, list["Row"]]]:
        return [
            ("Thay thế", [self.replaces] if self.replaces else []),
            ("Đính chính", [self.corrects] if self.corrects else []),
            ("Được thay thế bởi", self.replaced_by),
            ("Được đính chính bởi", self.corrected_by),
        ]

    def shown(self) -> dict[str, str]:
        """As `register show` has it."""
        facts = {
            "Số, ký hiệu": self.code,
            "Ngày": short(self.day),
            "Trạng thái": self.state + (", từ hôm nay" if self.state == AWAITING else ""),
            "Lý do": self.reason,
            "Cơ quan": self.series[1],
            "Dãy số": f"{self.series[2]}, năm {self.series[0]}",
            "Tên loại": self.kind.name,
            "Trích yếu": self.subject,
            "Nơi nhận": self.facts["to"],
            "Bản lưu": self.facts["kept"],
            "Số lượng bản": self.copies,
            "Ngày chuyển": self.sent,
            "Ghi chú": self.note,
        }
        facts |= {words: "; ".join(row.cited() for row in rows) for words, rows in self.links()}
        facts |= {f"Phiên bản {at}": f"{act}, {who}" for at, (act, who) in enumerate(self.acts, 1)}
        return {name: value for name, value in facts.items() if value}


def short(day: date) -> str:
    """05/01/2026, 12/7/2022: of months only 1 and 2 have a nought."""
    return f"{day.day:02}/{day.month if day.month > 2 else f'{day.month:02}'}/{day.year}"


def facts_of(case: str) -> dict[str, str]:
    """Who signed, to whom it goes and who keeps it, as the text of a case says."""

    def items(key: str) -> list[str]:
        block = re.search(rf"^{key}:\n((?:[ #-].*\n)+)", case, re.M)
        return [item.strip('"') for item in re.findall(r"^  - (.*)$", block[1], re.M)] if block else []

    def value(key: str) -> list[str]:
        found = re.search(rf"^  {key}: *(\S.*)$", case, re.M)
        return [found[1].strip()] if found else []

    to = [*items("kinh_gui"), *(place for place in items("noi_nhan") if not place.startswith("Như "))]
    kept = [*value("noi_luu"), *value("nguoi_soan")]
    return {"ho_ten": "".join(value("ho_ten")), "to": "; ".join(to), "kept": ", ".join(kept)}


class Office:
    """An office of the real program, and the model of its register beside it."""

    def __init__(self, program: Path, folder: Path, by_type: bool, chance: random.Random, sign: "Sign | None"):
        self.program, self.folder, self.by_type, self.chance, self.sign = program, folder, by_type, chance, sign
        self.rows: dict[tuple, Row] = {}
        self.cases = 0
        self.wrong: list[str] = []
        done = subprocess.run([str(program), "init", str(folder)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        if by_type:
            self.set("day_so: chung", "day_so: theo_loai")
        self.day = FIRST

    def set(self, old: str, new: str) -> None:
        settings = self.folder / "van_phong.yaml"
        settings.write_text(settings.read_text("utf-8").replace(old, new), "utf-8")

    def order(self, order: str) -> None:
        """The order of number and signature; an office that goes over to signing files changes it."""
        for other in ("ky_truoc", "so_truoc"):
            self.set(f"\nthu_tu: {other}", f"\nthu_tu: {order}")

    def call(self, *arguments: str) -> subprocess.CompletedProcess:
        command = [str(self.program), *arguments]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=PATIENCE, check=False)
        if done.returncode not in (0, 1, 2) or "panicked" in done.stderr:
            self.fault(arguments, done)
        return done

    def fault(self, what: object, done: subprocess.CompletedProcess) -> None:
        self.wrong.append(f"{what}: exit code {done.returncode}, {(done.stdout + done.stderr).strip()[-300:]}")

    def head(self) -> str:
        return self.call("register", "head").stdout

    # The model: which number comes next, which rows are in which state.

    def series(self, kind: Kind, agency: str, year: int) -> tuple[int, str, str]:
        return (year, AGENCIES[agency][0], kind.key if self.by_type else "chung")

    def of_series(self, series: tuple, voided: bool = True) -> list[Row]:
        rows = (row for row in self.rows.values() if row.series == series and (voided or row.state != VOID))
        return sorted(rows, key=lambda row: row.key)

    def in_state(self, *states: str) -> list[Row]:
        return [row for row in self.rows.values() if row.state in states]

    def pick(self, rows: list[Row]) -> Row | None:
        return self.chance.choice(rows) if rows else None

    # Acts. Each answers what it was, or nothing when there is nothing to do it to.

    def new_case(self, kind: Kind, agency: str, day: date, subject: str, text: str | None = None) -> str:
        """A case after the sample of its type; its folder."""
        self.cases += 1
        case = f"ho_so/{self.cases:04}"
        text = text or (TEMPLATES / kind.key / kind.sample).read_text("utf-8")
        for key, value in {"so": "", "ngay": short(day), "trich_yeu": subject, "co_quan": agency}.items():
            line = f"{key}: {value}".rstrip().replace("\\", r"\\")
            text = re.sub(rf"^{key}:.*$", line, text, flags=re.M)
        self.write_case(case, text)
        return case

    def write_case(self, case: str, text: str) -> None:
        (self.folder / case).mkdir(parents=True, exist_ok=True)
        (self.folder / case / "ho_so.yaml").write_text(text, "utf-8")

    def subject(self, kind: Kind) -> str:
        number = self.cases + 1
        return f"thử nghiệm công việc số {number}" if kind.key == "cong_van" else f"Về việc thử nghiệm số {number}"

    def issue(self, reserve: bool = False) -> str:
        kind, agency = self.chance.choice(KINDS), self.chance.choice(list(AGENCIES))
        late = date(2025, 12, 31)
        day = late if self.day.year == 2026 and self.chance.random() < 0.05 else self.day
        case = self.new_case(kind, agency, day, self.subject(kind))
        series = self.series(kind, agency, day.year)
        first = str(self.chance.randrange(2, 400)) if not self.of_series(series) and self.chance.random() < 0.3 else ""
        self.number(kind, agency, day, case, reserve, first)
        return "reserve" if reserve else "issue"

    def number(self, kind: Kind, agency: str, day: date, case: str, reserve: bool, asked: str = "", links: dict | None = None, note: str = "") -> Row | None:
        """Has the program give a number and enter the case, and the model the same. Without a note, one by chance."""
        chance, series = self.chance, self.series(kind, agency, day.year)
        existing = self.of_series(series)
        found = re.fullmatch(r"(\d+)([a-z]?)", asked)
        number = int(found[1]) if found else existing[-1].number + 1 if existing else 1
        copies, some_note, who = chance.choice(["", "", "5", "120"]), chance.choice(NOTES), chance.choice(CLERKS)
        note = note or some_note
        self.order("so_truoc" if reserve else "ky_truoc")
        options = [*(["--so", asked] if asked else []), *(["--so-luong", copies] if copies else [])]
        # A note that begins with a hyphen is refused when it stands by itself.
        options += [*([f"--ghi-chu={note}"] if note else []), *(["--reserve"] if reserve else []), "--nguoi", who]
        text = (self.folder / case / "ho_so.yaml").read_text("utf-8")
        subject = re.search(r"^trich_yeu: *(.*)$", text, re.M)[1].strip('"')
        row = Row(kind, agency, series, number, found[2] if found else "", day, subject, case, facts_of(text),
                  AWAITING if reserve else ISSUED, copies, note, short(datetime.now(VIETNAM).date()))
        row.acts.append(("cấp số, chờ ký" if reserve else "phát hành", who))
        for name, earlier in (links or {}).items():
            setattr(row, name, earlier)
        done = self.call("issue", case, *options)
        said = f"{'Đã cấp số' if reserve else 'Đã phát hành'} {row.cited()} ("
        if done.returncode != 0 or not done.stdout.startswith(said) or row.key in self.rows:
            self.fault(f"issue {case}, expected {row.code}", done)
            return None
        self.rows[row.key] = row
        self.link_back(row, who)
        return row

    def link_back(self, row: Row, who: str) -> None:
        for earlier, back in ((row.replaces, "replaced_by"), (row.corrects, "corrected_by")):
            if row.state == ISSUED and earlier and earlier.state == ISSUED:
                getattr(earlier, back).append(row)
                earlier.acts.append(("ghi liên kết", who))

    def insert(self) -> str | None:
        """A number with a letter: after one that exists, of a day between its neighbours'."""
        base = self.pick([row for row in self.rows.values() if not row.letter])
        if not base:
            return None
        whole = self.of_series(base.series, voided=False)
        before = [row for row in whole if row.number <= base.number]
        after = [row for row in whole if row.number > base.number]
        # The program takes the day of the row with the greatest number and letter before, the least after.
        day = before[-1].day if before else after[0].day if after else base.day
        letters = [row.letter for row in self.of_series(base.series) if row.number == base.number]
        letter = chr(ord(max(letters)) + 1) if max(letters) else "a"
        if letter > "z" or (after and after[0].day < day):
            return None
        alike = [kind for kind in KINDS if kind.key == base.kind.key or not self.by_type]
        kind = self.chance.choice(alike)
        case = self.new_case(kind, base.agency, day, self.subject(kind))
        self.number(kind, base.agency, day, case, False, f"{base.number:02}{letter}")
        return "insert"

    def void(self) -> str | None:
        return self.end(self.pick(self.in_state(AWAITING)), "void", VOID, "hủy số", "Đã hủy số")

    def recall(self) -> str | None:
        return self.end(self.pick(self.in_state(ISSUED)), "recall", RECALLED, "thu hồi", "Đã thu hồi")

    def end(self, row: Row | None, verb: str, state: str, act: str, said: str) -> str | None:
        if not row:
            return None
        reason, who = self.chance.choice(REASONS), self.chance.choice(CLERKS)
        done = self.call("register", verb, row.code, "--nam", str(row.series[0]), "--ly-do", reason, "--nguoi", who)
        if done.returncode != 0 or not done.stdout.startswith(f"{said} {row.code}"):
            self.fault(f"{verb} {row.code}", done)
            return verb
        row.state, row.reason = state, reason
        row.acts.append((act, who))
        return verb

    def again_after_void(self) -> str | None:
        """The case of a voided number is free; it gets a new number."""
        free = [row for row in self.in_state(VOID) if row.case and row.series[0] == self.day.year]
        row = self.pick(free)
        if not row:
            return None
        text = (self.folder / row.case / "ho_so.yaml").read_text("utf-8")
        self.write_case(row.case, re.sub(r"^ngay:.*$", f"ngay: {short(self.day)}", text, flags=re.M))
        case, row.case = row.case, ""
        earlier = [("replaces", row.replaces), ("corrects", row.corrects)]
        links = {name: link for name, link in earlier if link}
        if any(link.state != ISSUED for link in links.values()):
            return None
        self.number(row.kind, row.agency, self.day, case, False, links=links)
        return "issue after a void"

    def scan(self) -> str | None:
        row = self.pick(self.in_state(ISSUED))
        if not row:
            return None
        file = self.folder / "quet"
        file.write_bytes(self.chance.choice(SCANS) + self.chance.randbytes(64))
        who = self.chance.choice(CLERKS)
        done = self.call("archive", "attach", row.code, str(file), "--nam", str(row.series[0]), "--scan", "--nguoi", who)
        if done.returncode != 0:
            self.fault(f"scan {row.code}", done)
        else:
            row.acts.append(("gắn bản quét", who))
        return "attach a scan"

    def signed(self) -> str | None:
        row = self.pick([row for row in self.in_state(AWAITING) if row.case])
        if not row or not self.sign:
            return None
        file, who = self.folder / "da_ky.pdf", self.chance.choice(CLERKS)
        pdf = self.folder / row.case / f"{Path(row.case).name}.pdf"
        file.write_bytes(self.sign(pdf.read_bytes()))
        done = self.call("archive", "attach", row.code, str(file), "--nam", str(row.series[0]), "--nguoi", who)
        if done.returncode != 0:
            self.fault(f"signed {row.code}", done)
            return "attach a signed copy"
        row.state = ISSUED
        row.acts.append(("gắn bản ký số", who))
        self.link_back(row, who)
        return "attach a signed copy"

    def replace(self) -> str | None:
        row = self.pick(self.in_state(ISSUED))
        if not row:
            return None
        draft = self.draft(row, "--thay-the")
        if draft is None:
            return "replace"
        case = self.new_case(row.kind, row.agency, self.day, self.subject(row.kind), draft)
        self.number(row.kind, row.agency, self.day, case, self.chance.random() < 0.2, links={"replaces": row})
        return "replace"

    def correct(self) -> str | None:
        row = self.pick([row for row in self.in_state(ISSUED) if row.kind != CORRECTION])
        if not row:
            return None
        draft = self.draft(row, "--dinh-chinh")
        if draft is None:
            return "correct"
        place = "    - vi_tri: phần căn cứ\n      da_in: năm 2024\n      sua_thanh: năm 2025\n"
        draft = re.sub(r"^    - vi_tri:\n      da_in:\n      sua_thanh:\n", place, draft, flags=re.M)
        if re.search(r"^kinh_gui:\n(?!  )", draft, re.M):
            draft = re.sub(r"^kinh_gui:\n", "kinh_gui:\n  - Sở Tư pháp\n", draft, flags=re.M)
            draft = re.sub(r"^noi_nhan:\n(  - Như .*\n)?", "noi_nhan:\n  - Như trên\n", draft, flags=re.M)
        subject = f"đính chính {row.kind.name} số {row.code}"
        case = self.new_case(CORRECTION, row.agency, self.day, f'"{subject}"', draft)
        self.number(CORRECTION, row.agency, self.day, case, False, links={"corrects": row})
        return "correct"

    def draft(self, row: Row, option: str) -> str | None:
        """The linked draft that the program makes, taken away again."""
        folder = self.folder / "ho_so" / "nhap"
        shutil.rmtree(folder, ignore_errors=True)
        done = self.call("new", option, row.code, "--nam", str(row.series[0]), "ho_so/nhap")
        if done.returncode != 0:
            self.fault(f"new {option} {row.code}", done)
            return None
        text = (folder / "ho_so.yaml").read_text("utf-8")
        shutil.rmtree(folder)
        return text

    def refused(self) -> str | None:
        """A call that must change nothing: neither the chain nor, as later checks see, a row."""
        name, call, code = self.chance.choice(REFUSALS)
        before = self.head()
        arguments = call(self)
        if arguments is None:
            return None
        done = self.call(*arguments)
        if done.returncode != code or self.head() != before:
            self.fault(f"refused: {name} {arguments}", done)
        return "refused: " + name

    # What the register says.

    def compare(self, shown: int) -> list[str]:
        """What differs from the model: the list, the sheet, and `shown` rows one by one."""
        wrong = []
        rows = sorted(self.rows.values(), key=lambda row: row.key)
        width = max(len(row.code) for row in rows)
        listed = self.call("register", "list").stdout.splitlines()
        wrong += differences("list", listed, [*(row.line(width) for row in rows), f"{len(rows)} dòng"])
        file = self.folder / "so.csv"
        self.call("register", "export", str(file), "--force")
        sheet = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline="")))
        wrong += differences("csv", sheet[1:], [[literal(cell) for cell in row.columns()] for row in rows])
        for row in self.chance.sample(rows, min(shown, len(rows))):
            told = self.call("register", "show", row.code, "--nam", str(row.series[0])).stdout
            wrong += differences(f"show {row.code}", sorted(read_shown(told).items()), sorted(row.shown().items()))
        return wrong


def literal(cell: str) -> str:
    """As CSV has a text that a spreadsheet would calculate."""
    return "'" + cell if cell.startswith(("=", "+", "-", "@")) else cell


def differences(what: str, got: list, wanted: list) -> list[str]:
    wrong = [f"{what}: {one!r} in place of {other!r}" for one, other in zip(got, wanted) if one != other]
    return wrong + ([f"{what}: {len(got)} in place of {len(wanted)}"] if len(got) != len(wanted) else [])


LEFT_OUT = {"Người ký", "Số trang", "Hồ sơ lưu", "Chữ ký số"}


def read_shown(told: str) -> dict[str, str]:
    """`register show` by label, without what the model does not know: times, pages, the record's id."""
    facts = (line.split("  ", 1) for line in told.splitlines() if "  " in line)
    facts = {name.strip(): value.strip() for name, value in facts}
    # 2026-11-26T15:00:00+07:00 phát hành, Trần Thị B
    versions = {name: value.split(" ", 1)[1] for name, value in facts.items() if name.startswith("Phiên bản")}
    return {name: value for name, value in (facts | versions).items() if name not in LEFT_OUT}


# Calls that must be refused: what, its arguments (none when the office has nothing of the kind), the exit code.


def issued_again(office: Office) -> list[str] | None:
    row = office.pick([row for row in office.in_state(ISSUED) if row.case and not row.replaces and not row.corrects])
    if row:
        office.order("ky_truoc")
    return ["issue", row.case] if row else None


def fresh(office: Office, day: date, *options: str) -> list[str]:
    kind, agency = KINDS[0], next(iter(AGENCIES))
    office.order("ky_truoc")
    return ["issue", office.new_case(kind, agency, day, office.subject(kind)), *options]


def leaves_a_gap(office: Office) -> list[str] | None:
    rows = office.of_series(office.series(KINDS[0], next(iter(AGENCIES)), office.day.year))
    return fresh(office, office.day, "--so", str(rows[-1].number + 2)) if rows else None


def taken(office: Office) -> list[str] | None:
    rows = office.of_series(office.series(KINDS[0], next(iter(AGENCIES)), office.day.year))
    return fresh(office, office.day, "--so", str(office.chance.choice(rows).number)) if rows else None


def goes_back(office: Office) -> list[str] | None:
    rows = office.of_series(office.series(KINDS[0], next(iter(AGENCIES)), office.day.year), voided=False)
    if not rows or rows[-1].day == date(rows[-1].day.year, 1, 1):
        return None
    return fresh(office, rows[-1].day - timedelta(days=1))


def copied(office: Office) -> list[str] | None:
    row = office.pick([row for row in office.in_state(ISSUED) if row.case])
    if not row:
        return None
    office.order("ky_truoc")
    office.cases += 1
    case = f"ho_so/{office.cases:04}"
    office.write_case(case, (office.folder / row.case / "ho_so.yaml").read_text("utf-8"))
    return ["issue", case]


def of_row(states: list[str], *arguments: str) -> Callable[[Office], list[str] | None]:
    """A call about a number in some state; `#` stands for its code and year, `CASE` for its case."""

    def call(office: Office) -> list[str] | None:
        row = office.pick([row for row in office.in_state(*states) if row.case or "CASE" not in " ".join(arguments)])
        if not row:
            return None
        (office.folder / "chu.txt").write_text("not a scan")
        (office.folder / "anh.png").write_bytes(SCANS[0] + bytes(64))
        parts = []
        for argument in arguments:
            own = argument.replace("CASE", row.case).replace("NAME", Path(row.case).name)
            parts += [row.code, "--nam", str(row.series[0])] if argument == "#" else [own]
        return parts

    return call


REFUSALS: list[tuple[str, Callable[[Office], list[str] | None], int]] = [
    ("issued before: the same number again", issued_again, 0),
    ("a number that leaves a gap", leaves_a_gap, 2),
    ("a number that is taken", taken, 2),
    ("a day before the last", goes_back, 2),
    ("a day that has not come", lambda office: fresh(office, datetime.now(VIETNAM).date() + timedelta(days=30)), 2),
    ("the same case under another name", copied, 2),
    ("the other order of number and signature", lambda office: fresh(office, office.day, "--reserve"), 2),
    ("void what is issued", of_row([ISSUED, RECALLED, VOID], "register", "void", "#", "--ly-do", "x"), 2),
    ("recall what is not issued", of_row([AWAITING, RECALLED, VOID], "register", "recall", "#", "--ly-do", "x"), 2),
    ("a recall without a reason", of_row([ISSUED], "register", "recall", "#", "--ly-do", "  "), 2),
    ("a scan that is none", of_row([ISSUED], "archive", "attach", "#", "chu.txt", "--scan"), 2),
    ("a scan where none is taken", of_row([AWAITING, VOID, RECALLED], "archive", "attach", "#", "anh.png", "--scan"), 2),
    ("a signed copy without a signature", of_row([ISSUED, AWAITING], "archive", "attach", "#", "CASE/NAME.pdf"), 2),
    ("replace what is not issued", of_row([AWAITING, VOID, RECALLED], "new", "--thay-the", "#", "ho_so/nhap"), 2),
    ("render what is issued", of_row([ISSUED, AWAITING], "render", "CASE"), 1),
    ("a number that is not there", lambda office: ["register", "void", "9999/BC-XX", "--ly-do", "x"], 2),
]

ACTS: list[tuple[int, Callable[[Office], str | None]]] = [
    (30, Office.issue),
    (14, lambda office: office.issue(reserve=True)),
    (6, Office.insert),
    (7, Office.void),
    (4, Office.again_after_void),
    (6, Office.recall),
    (8, Office.scan),
    (6, Office.signed),
    (7, Office.replace),
    (5, Office.correct),
    (12, Office.refused),
]

Sign = Callable[[bytes], bytes]


def signer() -> Sign | None:
    """Signs as a signing tool of an agency does, by pyHanko with a certificate made for the run; none without pyHanko."""
    try:
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import signers
    except ImportError:
        return None
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Nguyễn Văn A")])
    now = datetime.now(timezone.utc)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
    made = made.not_valid_after(now + timedelta(days=30)).sign(key, hashes.SHA256())
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "key.pem", Path(folder) / "cert.pem"
        plain = serialization.NoEncryption()
        encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        files[0].write_bytes(key.private_bytes(encoding, form, plain))
        files[1].write_bytes(made.public_bytes(encoding))
        own = signers.SimpleSigner.load(str(files[0]), str(files[1]))

    def sign(pdf: bytes) -> bytes:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        return signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name="NguoiKy"), signer=own).getvalue()

    return sign


def check(results: Results, program: Path, acts: int = 60, folder: str | None = None, seed: int = SEED, bags: int = 1) -> None:
    """So many acts, half of them in each office; one result a question and office."""
    sign = signer()
    with tempfile.TemporaryDirectory(dir=folder) as place:
        for name, by_type in (("one series", False), ("a series for each type", True)):
            chance = random.Random(f"{seed} {name}")
            office = Office(program, Path(place) / f"vp_{int(by_type)}", by_type, chance, sign)
            work(results, office, name, (acts + 1) // 2)
            judge(results, office, name, bags)


def work(results: Results, office: Office, name: str, acts: int) -> None:
    """The acts, with a comparison after every hundred."""
    done: Counter[str] = Counter()
    differing, compared = [], 0
    weights, choices = zip(*ACTS)
    for turn in range(acts):
        office.day = FIRST + (LAST - FIRST) * turn // acts
        act = office.chance.choices(choices, weights)[0]
        done[act(office) or office.issue()] += 1
        if turn % CHECK_EVERY == CHECK_EVERY - 1:
            compared += 1
            differing += office.compare(shown=20)
            verified = office.call("archive", "verify")
            if verified.returncode != 0:
                office.fault(f"verify after {turn + 1} acts", verified)
    refused = sum(count for act, count in done.items() if act.startswith("refused"))
    kinds = ", ".join(f"{count} {act}" for act, count in sorted(done.items()) if not act.startswith("refused"))
    figure = told(f"{acts} acts: {kinds}, {refused} refused", office.wrong)
    results.add("mixed: every act did what it must", name, done and not office.wrong, figure)
    differing += office.compare(shown=len(office.rows))
    figure = f"{len(office.rows)} rows, {sum(len(row.acts) for row in office.rows.values())} versions, {compared + 1} comparisons"
    results.add("mixed: the register says what the model says", name, office.rows and not differing, told(figure, differing))
    for fault in [*office.wrong, *differing]:
        print("mixed:", name, fault, file=sys.stderr)


def judge(results: Results, office: Office, name: str, bags: int) -> None:
    """The archive as it is at the end: by the program, by others, made again."""
    verified = office.call("archive", "verify", "--deep")
    remade = re.search(r"Xuất lại giống từng byte: (\d+)", verified.stdout)
    figure = f"{remade[1] if remade else 0} documents made again" if verified.returncode == 0 else verified.stderr[-300:]
    documents = len(office.rows)
    results.add("mixed: archive verify --deep", name, verified.returncode == 0 and remade and int(remade[1]) == documents, figure)
    try:
        import ocfl
    except ImportError as fault:
        ocfl = None
        results.add("mixed: ocfl-py, rocfl and bagit", name, False, fault)
    if ocfl:
        root = office.folder / "luu_tru" / "ho_so"
        ocfl.judge_root(results, root)
        rows = sorted(office.rows.values(), key=lambda row: -len(row.acts))
        for at, row in enumerate(rows[:bags]):
            for whole in (False, True):
                bag = office.folder.parent / f"{office.folder.name}_goi_{at}{'_ca_ho_so' if whole else ''}"
                options = ["--nam", str(row.series[0]), *(["--ca-ho-so"] if whole else [])]
                done = office.call("archive", "export", row.code, str(bag), *options)
                results.add("mixed: archive export", f"{row.code} {bag.name}", done.returncode == 0, done.stdout + done.stderr)
                ocfl.judge_bag(results, bag, root, whole)
    rebuilt(results, office, name)


def rebuilt(results: Results, office: Office, name: str) -> None:
    """The register made again from the records alone: the same chain, the same rows."""
    before, listed = office.head(), office.call("register", "list").stdout
    done = office.call("register", "rebuild")
    differing = office.compare(shown=len(office.rows)) if done.returncode == 0 else [done.stderr[-300:]]
    same = office.head() == before and office.call("register", "list").stdout == listed
    whole = office.call("archive", "verify").returncode == 0
    passed = done.returncode == 0 and same and whole and not differing
    figure = before.strip() if same else f"{before.strip()} became {office.head().strip()}"
    results.add("mixed: register rebuild: same head, same rows", name, passed, told(figure, differing))


def told(figure: str, wrong: list[str]) -> str:
    return figure + (f", {len(wrong)} wrong" if wrong else "") + "".join(f"; {fault}" for fault in wrong[:2])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--acts", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--bags", type=int, default=10, help="records handed over, of each office")
    parser.add_argument("--folder", help="where the offices are made; a folder in memory is fastest")
    options = parser.parse_args()
    results = Results()
    check(results, Path(options.bin).resolve(), options.acts, options.folder, options.seed, options.bags)
    return results.tell()


if __name__ == "__main__":
    sys.exit(main())
