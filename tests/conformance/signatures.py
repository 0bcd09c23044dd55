"""Signed copies through the program: what a signing tool makes is taken, all else is refused with its reason.

Two offices that give the number first, one with prepared signature fields and one without. Documents are numbered,
signed by pyHanko in every way of `make_signatures.py`, by the leader and then by the agency, and attached. What is
taken must stand in the register as it was signed and in the archive byte for byte, and pyHanko, poppler and veraPDF
judge it; what is refused must change nothing.

    signatures.py --bin target/release/vanthu
"""

import argparse
import hashlib
import logging
import re
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta, timezone
from io import BytesIO
from pathlib import Path

import make_signatures as make
import programs
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext
from results import Results

CASES = Path(__file__).resolve().parents[1] / "cases"
SHORT, LONG = CASES / "signatures", CASES / "samples" / "bang_dai"
FIRST, SECOND, REPORT = "01/GGT-SNV", "02/GGT-SNV", "01/BC-UBND"
NUMBERS = sorted([FIRST, SECOND, REPORT])
VIETNAM = timezone(timedelta(hours=7))
SIGNED = "van_ban_ky.pdf"

# A field that the signing program adds and shows stands outside the structure tree, and tags that it adds are refused:
# an office that wants PDF/UA with pictures of signatures has its fields prepared.
NOT_UA = {"chu_ky_hien"}
VALID = "Signature is Valid."
NOT_CHECKED = "Signature has not yet been verified."  # poppler says so of every time stamp that stands alone
COPIES = 18  # that are taken: the 16 ways, and a document of many pages in each office

# The ways of make_signatures.py that are taken.
TAKEN = {
    "adbe_pkcs7", "bang_xref", "chu_ky_hien", "chung_thuc_cho_ky_them", "co_dau_thoi_gian", "dau_thoi_gian_rieng",
    "du_lieu_xac_thuc", "hai_chu_ky", "hai_chu_ky_khong_anh", "mot_chu_ky", "nguoc_thu_tu", "thuat_toan_p256_sha512",
    "thuat_toan_p384_sha384", "thuat_toan_rsa_pss", "thuat_toan_rsa_sha512",
}  # fmt: skip

CHANGED = "sửa điều chữ ký không được sửa: "
# Those that are refused, and what the clerk is told.
REFUSED = {
    "chi_them_khong_ky": "tệp được ghi thêm nhưng không có chữ ký số nào",
    "them_sau_khi_ky": "lần ghi thêm thứ 2 đứng sau chữ ký cuối cùng, nên không chữ ký nào bảo đảm",
    "khoa_roi_ky_them": "chữ ký trong ô “NguoiKy”: người ký đầu đã khóa văn bản, mà sau đó tệp vẫn được ghi thêm",
    "o_ky_che_trang": f"{CHANGED}ô ký thêm vào che quá một phần tư trang 1",
    "thuat_toan_md5": "chữ ký trong ô “NguoiKy”: thuật toán MD5 không được nhận",
    "thuat_toan_sha1": "chữ ký trong ô “NguoiKy”: thuật toán SHA-1 không được nhận",
    "thuat_toan_rsa_1024": "chữ ký trong ô “NguoiKy”: thuật toán RSA 1024 bit không được nhận",
    "thuat_toan_p521": "chữ ký trong ô “NguoiKy”: thuật toán ECDSA trên đường cong",
    "sua_truoc_khi_ky": f"lần ghi thêm thứ 1 {CHANGED}nội dung trang 1",
    "sua_va_ky_anh_chu_ky_khac": f"{CHANGED}ô ký “NguoiKy” có sẵn, khóa /AP",
    "sua_va_ky_bang_ma_phong_chu_khac": f"{CHANGED}một đối tượng có sẵn",
    "sua_va_ky_cau_truc_khac": f"{CHANGED}cây cấu trúc (chữ cho người khiếm thị)",
    "sua_va_ky_chu_thich_de_len": f"{CHANGED}thêm chú thích không phải ô ký vào trang 1",
    "sua_va_ky_doi_cho_o_ky": f"{CHANGED}ô ký “NguoiKy” có sẵn, khóa /Rect",
    "sua_va_ky_hanh_dong_cua_trang": f"{CHANGED}hành động tự chạy",
    "sua_va_ky_kho_giay_khac": f"{CHANGED}trang 1, khóa /MediaBox",
    "sua_va_ky_luong_noi_dung_khac": f"lần ghi thêm thứ 2 {CHANGED}nội dung trang 1",
    "sua_va_ky_ma_lenh_khi_mo": f"{CHANGED}hành động tự chạy",
    "sua_va_ky_noi_dung_khac": f"lần ghi thêm thứ 2 {CHANGED}nội dung trang 1",
    "sua_va_ky_o_chu": f"{CHANGED}biểu mẫu có ô không phải ô ký",
    "sua_va_ky_phong_chu_khac": f"{CHANGED}phông chữ, hình của trang 1",
    "sua_va_ky_ten_van_ban_khac": f"{CHANGED}thông tin tệp, khóa /Title",
    "sua_va_ky_tep_nhung": f"{CHANGED}tệp nhúng",
    "sua_va_ky_them_noi_dung": f"lần ghi thêm thứ 2 {CHANGED}nội dung trang 1",
    "sua_va_ky_them_trang": f"{CHANGED}cây trang",
}


@dataclass
class Verdict:
    """What pyHanko finds of one signature."""

    sound: bool
    figure: str


@dataclass
class Office:
    """An office of the program, and how it is told in the table."""

    program: Path
    folder: Path
    name: str

    def found(self, prepared: bool) -> None:
        """`vanthu init`, the number first, with or without prepared fields."""
        self.runs("init", self.folder, own=False)
        settings = self.folder / "van_phong.yaml"
        text = settings.read_text("utf-8").replace("\nthu_tu: ky_truoc", "\nthu_tu: so_truoc")
        settings.write_text(text.replace("\no_ky: khong", "\no_ky: co") if prepared else text, "utf-8")

    def call(self, *arguments, own: bool = True):
        """The program in this office."""
        place = ("--van-phong", self.folder) if own else ()
        return programs.call(self.program, *arguments, *place)

    def runs(self, *arguments, own: bool = True) -> str:
        """What a command says that must succeed."""
        done = self.call(*arguments, own=own)
        if done.returncode:
            raise RuntimeError(f"vanthu {arguments[0]}: exit code {done.returncode}, {done.stderr.strip()}")
        return done.stdout

    def reserve(self, sample: Path, name: str, change: tuple[str, str] = ("", "")) -> bytes:
        """A number for a case like the sample; its PDF as it goes to be signed."""
        case = self.folder / "ho_so" / name
        shutil.copytree(sample, case, ignore=lambda _, names: [n for n in names if not n.endswith((".yaml", ".csv"))])
        file = case / "ho_so.yaml"
        text = re.sub(r"^so:.*\n", "", file.read_text("utf-8"), flags=re.MULTILINE)
        file.write_text(re.sub(r"^ngay:.*", "ngay: 11/3/2026", text.replace(*change), flags=re.MULTILINE), "utf-8")
        self.runs("issue", case, "--reserve", "--nguoi", "Trần Thị B")
        return (case / f"{name}.pdf").read_bytes()

    def attach(self, number: str, data: bytes):
        file = self.folder / "dinh_kem.pdf"
        file.write_bytes(data)
        return self.call("archive", "attach", number, file, "--nguoi", "Trần Thị B")

    def signatures(self, number: str) -> list[str]:
        """The signatures of a number as the register has them: signer, time, field."""
        return re.findall(r"^(?:Chữ ký số|Dấu thời gian) +(.*)$", self.runs("register", "show", number), re.MULTILINE)

    def waiting(self) -> list[str]:
        """The numbers that wait for their signatures."""
        return sorted(re.findall(r"^(\S+) .*\[chờ ký", self.runs("register", "list", "--cho"), re.MULTILINE))

    def in_order(self) -> bool:
        done = self.call("archive", "verify")
        return done.returncode == 0 and "Kho nguyên vẹn." in done.stdout

    def state(self) -> tuple:
        """Everything that an act could change: the register, the head of its chain, every byte of the records."""
        kept = self.folder / "luu_tru"
        files = sorted(p for part in ("ho_so", "tam") for p in (kept / part).rglob("*") if p.is_file())
        digest = hashlib.sha256(b"".join(str(p).encode() + b"\0" + p.read_bytes() for p in files)).hexdigest()
        asked = (["register", "head"], ["register", "list"], ["register", "show", FIRST])
        return (digest, *(self.runs(*arguments) for arguments in asked))

    def archived(self, number: str) -> bytes:
        """The newest signed copy of a number, as it is handed over."""
        bag = Path(tempfile.mkdtemp(dir=self.folder)) / "goi"
        self.runs("archive", "export", number, bag)
        return (bag / "data" / SIGNED).read_bytes()

    def twin(self) -> "Office":
        """The same office elsewhere, for an act that this one is not to see."""
        folder = self.folder.with_name(f"{self.folder.name}_ban_sao")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder)
        return replace(self, folder=folder)


def check(results: Results, program: Path) -> None:
    """Both offices; then what others say of all the copies that were taken."""
    who = make.Identities()
    with tempfile.TemporaryDirectory() as folder:
        taken = Path(folder) / "nhan"
        taken.mkdir()
        for name, prepared in (("prepared fields", True), ("no fields", False)):
            office = Office(program, Path(folder) / f"vp_{int(prepared)}", name)
            office.found(prepared)
            work(results, office, who, taken, prepared)
        judge(results, who, sorted(taken.glob("*.pdf")))


def work(results: Results, office: Office, who: make.Identities, taken: Path, prepared: bool) -> None:
    """A life of three numbers: refusals while they wait, every way in a twin, then the acts themselves."""
    first = office.reserve(SHORT, "mot")
    second = office.reserve(SHORT, "hai", ("Lý Thanh Trúc", "Lê Văn Đức"))
    report = office.reserve(LONG, "bao_cao")
    results.add("signatures: the numbers wait", office.name, office.waiting() == NUMBERS, office.waiting())
    ways = (make.with_fields if prepared else make.without_fields)(first, who)
    once = make.sign(first, who.leader, make.LEADER, style=make.handwriting() if prepared else None)
    both = make.sign(once, who.agency, make.AGENCY, style=make.seal() if prepared else None)
    foreign, long = (make.signed_twice(pdf, who, pictures=prepared) for pdf in (second, report))
    unknown = set(ways) - TAKEN - set(REFUSED)
    results.add("signatures: every way is to be taken or refused", office.name, not unknown, ", ".join(sorted(unknown)))

    refused = [(name, data, REFUSED[name]) for name, data in ways.items() if name in REFUSED]
    refused += [*spoiled(first, both), *brought_wrongly(office, who, first, foreign, taken.parent)]
    refusals(results, office, FIRST, refused)
    results.add("signatures: the numbers still wait", office.name, office.waiting() == NUMBERS, office.waiting())

    stem = "o_ky" if prepared else "van_ban"
    for name in [name for name in ways if name in TAKEN]:
        accept(results, office.twin(), FIRST, ways[name], name, taken / f"{stem}.{name}.pdf")
    accept(results, office, REPORT, long, "of many pages", taken / f"{stem}.nhieu_trang.pdf")
    one_by_one(results, office, who, first, once, both)


def one_by_one(results: Results, office: Office, who: make.Identities, first: bytes, once: bytes, both: bytes) -> None:
    """The leader's signature issues the number, the agency's may come with a later copy; none is lost again."""
    accept(results, office, FIRST, once, "the leader alone")
    results.add("signatures: the other number waits", office.name, office.waiting() == [SECOND], office.waiting())
    apart = make.sign(first, who.agency, make.AGENCY)
    lost = "tệp này không chứa các chữ ký đã gắn trước đó"
    worse = [("the agency on another copy", apart, lost), ("unsigned after signed", first, "tệp này chính là bản đang lưu, chưa có chữ ký số nào")]
    refusals(results, office, FIRST, worse)
    accept(results, office, FIRST, both, "the leader, then the agency")
    again = "bản ký này đã được gắn từ trước"
    refusals(results, office, FIRST, [("the same once more", both, again), ("back to the leader alone", once, lost)])
    before = office.state()
    done = office.call("archive", "verify", "--deep")
    results.add("signatures: archive verify --deep", office.name, done.returncode == 0, done.stdout + done.stderr)
    done = office.call("register", "rebuild")
    same = done.returncode == 0 and office.state() == before
    results.add("signatures: the register made again is the same", office.name, same, done.stderr)
    office.runs("register", "recall", FIRST, "--ly-do", "thử")
    more = make.sign(both, who.stranger, "ThuBa")
    refusals(results, office, FIRST, [("a recalled number", more, "đã thu hồi, không gắn thêm gì được")])


def accept(results: Results, office: Office, number: str, data: bytes, name: str, keep: Path | None = None) -> None:
    """Attaches a copy; the answer, the register and the archive must say what pyHanko reads from the file."""
    done = office.attach(number, data)
    told = re.findall(r"^  (.*) \((.*)\), ô (.*?)(?:, dấu thời gian)?$", done.stdout, re.MULTILINE)
    registered = [f"{signer}, {time} (ô {field})" for signer, time, field in told]
    held = {
        "exit code 0": done.returncode == 0,
        "signers and times are told": told == read(data),
        "and registered": registered == office.signatures(number),
        "the number waits no more": number not in office.waiting(),
        "archive verify": office.in_order(),
    }
    kept = office.archived(number) if all(held.values()) else b""
    held["archived as given"] = kept == data
    broken = [f"not so: {what}" for what, holds in held.items() if not holds]
    figure = "; ".join([*broken, *registered, done.stderr])
    results.add("signatures: taken, registered, archived as given", f"{name}, {office.name}", not broken, figure)
    if keep and kept:
        keep.write_bytes(kept)


def read(data: bytes) -> list[tuple[str, str, str]]:
    """Signer, time in Vietnam and field of each signature, by pyHanko, in the order of signing."""
    reader = PdfFileReader(BytesIO(data))
    return [(signer_of(s), time_of(s), s.field_name) for s in reader.embedded_signatures]


def signer_of(signature) -> str:
    return unicodedata.normalize("NFC", signature.signer_cert.subject.native["common_name"])


def time_of(signature) -> str:
    time = signature.self_reported_timestamp or signature.attached_timestamp_data
    return time.astimezone(VIETNAM).isoformat() if time else ""


def refusals(results: Results, office: Office, number: str, refused: list[tuple[str, bytes, str]]) -> None:
    """Each is refused with its reason, with the exit code of a refusal, and changes nothing."""
    before = office.state()
    for name, data, reason in refused:
        done = office.attach(number, data)
        first = done.stderr.partition("\n")[0]
        passed = done.returncode == 2 and first.startswith("lỗi: ") and reason in first and not done.stdout
        unchanged = office.state() == before and office.in_order()
        figure = first if unchanged else f"the office was changed; {first}"
        results.add("signatures: refused", f"{name}, {office.name}", passed and unchanged, figure)


def spoiled(first: bytes, both: bytes) -> Iterator[tuple[str, bytes, str]]:
    """What may befall a file that was signed rightly."""
    rewritten = "ghi lại: nội dung có thể như cũ, nhưng không còn từng byte của bản đang lưu"
    yield "rewritten by qpdf, unsigned", rewritten_by_qpdf(first), rewritten
    yield "rewritten by qpdf, signed", rewritten_by_qpdf(both), rewritten
    yield "a byte of the archived part", flipped(both, 5000), "tệp là bản đang lưu nhưng đã bị sửa, từ byte thứ 5001"
    altered = "văn bản không còn như lúc ký (giá trị băm không khớp)"
    yield "a digit of the time of signing", flipped(both, second_of(both)), f"chữ ký trong ô “NguoiKy”: {altered}"
    places = containers(both)
    for field, (begin, end) in zip((make.LEADER, make.AGENCY), places):
        key = f"chữ ký trong ô “{field}”: chữ ký không khớp với chứng thư số kèm theo"
        yield f"the last byte of the CMS of {field}", flipped(both, end - 1), key
    name = both.index("Thị Lan".encode().hex().upper().encode()) + 1
    yield "a letter of the signer's name", flipped(both, name), "chữ ký không khớp với chứng thư số kèm theo"
    cut = "phần thêm vào sau bản đang lưu không đúng chuẩn PDF: tệp không kết thúc bằng %%EOF"
    yield "the last line cut off", both[:-6], cut
    yield "cut in the second signature", both[: places[1][0] + 900], cut
    yield "cut in the first signature", both[: places[0][0] + 900], cut
    yield "cut in the archived part", both[: len(first) // 2], "tệp bị cắt cụt: chỉ còn"
    yield "content added and not signed", make.change_only(both, make.more_content), f"{CHANGED}nội dung trang 1"
    yield "a line at the end", both + b"\n% a remark\n", cut


def brought_wrongly(office: Office, who: make.Identities, first: bytes, foreign: bytes, folder: Path) -> Iterator:
    """Files that a clerk may bring by mistake."""
    yield "the unsigned PDF itself", first, "tệp này chính là bản đang lưu, chưa có chữ ký số nào"
    yield "another number's copy", foreign, f"tệp này là một văn bản khác do chương trình lập: {SECOND}"
    yield "a time stamp alone", make.time_stamp(first, who), "không có chữ ký số nào của người ký hay của cơ quan"
    yield "a text", "Đã ký".encode(), "tệp này không phải PDF"
    yield "an empty file", b"", "tệp này không phải PDF"
    yield "a DOCX", (office.folder / "ho_so" / "mot" / "mot.docx").read_bytes(), "tệp này không phải PDF"
    draft = printed(office, folder / f"{office.folder.name}_du_thao", "", "--draft")
    early = make.sign(draft, who.leader, make.LEADER)
    yield "signed before the number", early, "tệp này được ký trước khi văn bản có số"
    other = printed(office, folder / f"{office.folder.name}_in_lai", "so: 1\n")
    if other != first:  # `render` prepares no fields; without them it is the same print
        reason = f"tệp này là một bản in khác của {FIRST}, không phải bản đang lưu"
        yield "another print, signed", make.sign(other, who.leader, make.LEADER), reason


def printed(office: Office, folder: Path, number: str, *options: str) -> bytes:
    """The case of the first number printed outside the office, where nothing holds its number."""
    folder.mkdir()
    text = (office.folder / "ho_so" / "mot" / "ho_so.yaml").read_text("utf-8")
    (folder / "ho_so.yaml").write_text(re.sub(r"^ngay:", f"{number}ngay:", text, flags=re.MULTILINE), "utf-8")
    office.runs("render", folder, "--out", folder, *options, own=False)
    return (folder / f"{folder.name}.pdf").read_bytes()


def rewritten_by_qpdf(data: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "vao.pdf", Path(folder) / "ra.pdf"
        files[0].write_bytes(data)
        programs.call("qpdf", *files)
        return files[1].read_bytes()


def flipped(data: bytes, at: int) -> bytes:
    """Another byte at that place; a digit becomes another digit."""
    return data[:at] + (b"1" if data[at : at + 1] == b"0" else b"0") + data[at + 1 :]


def second_of(data: bytes) -> int:
    """Where the last digit of the first time of signing stands, which the signature covers."""
    return re.search(rb"/M \(D\\072\d{14}", data).end() - 1


def containers(data: bytes) -> list[tuple[int, int]]:
    """Where the digits of each CMS begin and end, without the noughts that fill the gap."""
    places = []
    for found in re.finditer(rb"/Contents <3082([0-9A-F]{4})", data):
        begin = found.end() - 8
        places.append((begin, begin + 2 * (4 + int(found[1], 16))))
    return places


def judge(results: Results, who: make.Identities, copies: list[Path]) -> None:
    """What pyHanko, poppler and veraPDF say of the archived copies."""
    results.add("signatures: copies for the judges", "", len(copies) == COPIES, f"{len(copies)} copies")
    trust = ValidationContext(trust_roots=[who.root()], allow_fetching=False)
    logging.disable(logging.WARNING)  # pyHanko warns of what its verdict says too
    for copy in copies:
        verdicts, said = by_pyhanko(copy, trust), by_poppler(copy)
        sound = verdicts and all(verdict.sound for verdict in verdicts)
        figure = "; ".join(verdict.figure for verdict in verdicts)
        results.add("pyHanko: every signature is intact, valid and trusted", copy.name, sound, figure)
        sound = len(said) == len(verdicts) and all(words in (VALID, NOT_CHECKED) for words in said) and VALID in said
        results.add("pdfsig: every signature is valid", copy.name, sound, "; ".join(said))
    spoil = copies[0].with_name("hong.pdf")
    data = copies[0].read_bytes()
    spoil.write_bytes(flipped(data, second_of(data)))
    found = not any(verdict.sound for verdict in by_pyhanko(spoil, trust)), VALID not in by_poppler(spoil)
    results.add("pyHanko and pdfsig find a changed digit", copies[0].name, all(found), found)
    logging.disable(logging.NOTSET)
    judge_form(results, copies)


def by_pyhanko(copy: Path, trust: ValidationContext) -> list[Verdict]:
    """Each signature in turn. The overall verdict is told and not asked for: pyHanko withholds it when a field of the
    structure tree is signed after another, which a prepared field of PDF/UA is."""
    verdicts = []
    for signature in PdfFileReader(BytesIO(copy.read_bytes())).embedded_signatures:
        alone = signature.sig_object_type == "/DocTimeStamp"
        status = (validate_pdf_timestamp if alone else validate_pdf_signature)(signature, trust)
        parts = {"intact": status.intact, "valid": status.valid, "trusted": status.trusted}
        overall = "" if alone else f", overall {'valid' if status.bottom_line else 'withheld'}"
        lacking = [word for word, holds in parts.items() if not holds]
        figure = f"not {', not '.join(lacking)}" if lacking else f"sound{overall}"
        verdicts.append(Verdict(not lacking, f"{signature.field_name} {figure}"))
    return verdicts


def by_poppler(copy: Path) -> list[str]:
    """Its words on each signature; the certificates are the test's own, and so not asked about."""
    said = programs.call("pdfsig", "-nocert", copy).stdout
    return re.findall(r"- Signature Validation: (.*)$", said, re.MULTILINE)


def judge_form(results: Results, copies: list[Path]) -> None:
    """PDF/A-2a of every copy, PDF/UA-1 of all but those of which it cannot be had."""
    found = Results()
    programs.check_verapdf(found, copies)
    for flavour in programs.FLAVOURS:
        verdicts = [result for result in found if result.check == f"veraPDF {flavour}"]
        failed = [result for result in verdicts if not result.passed]
        excused = {f"van_ban.{name}.pdf" for name in NOT_UA if flavour == "ua1"}
        passed = len(verdicts) == len(copies) and {result.file for result in failed} <= excused
        reasons = "; ".join(f"{result.file}: {result.figure}" for result in failed)
        figure = f"{len(verdicts) - len(failed)} of {len(copies)}" + (f"; {reasons}" if reasons else "")
        results.add(f"veraPDF {flavour}: signed copies", "", passed, figure)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    results = Results()
    check(results, Path(parser.parse_args().bin).resolve())
    return results.tell()


if __name__ == "__main__":
    sys.exit(main())
