"""Documents with parts made extreme: both files hold every word of the case, or the case is refused with the place.

    extremes --bin target/debug/vanthu                 a thousand documents, an hour
    extremes --bin … --count 100 --seed 3              some of another thousand
    extremes --bin … --only 17,33 --keep DIR           some, with their files kept to look at

Case N of the corpus gets one to three extremes from the seed: recipients by the hundred, cells of twenty thousand
letters, words of three hundred, sixty appendices, letters of all scripts. What it says is then looked for letter by letter:
in the XML of the DOCX, in the tags of the PDF, and on the pages of the PDF, within their edges and with a glyph.
"""

import argparse
import math
import random
import re
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import corpus
import lines
import parity
import pypdfium2
import yaml
from corpus import Maker, Prose
from lines import Print
from pdfminer.psparser import PSException
from results import Results

JOBS = 2
PLANTED = 3  # documents to plant losses in
HANG_S = 300  # a guard against a program that never ends, no measure of its speed
FINDING = re.compile(r"^(?=(?:lỗi|cảnh báo|thông tin)\b)", re.MULTILINE)
# In a file, in a case, or in the printed document, as a clerk counts there.
PLACE = re.compile(
    r"^\s*--> \S.*(:\d+:\d+$|, ô [A-Z]+\d+)|^\s*= tại: \S|^\s*= chi tiết: (PDF|DOCX), \S.*: mất “", re.MULTILINE
)
FACT = re.compile(r"^lỗi\[([a-z0-9-]+)\]: \S", re.MULTILINE)
MARKS = re.compile(r"\*+|^\[bang [^\]]*\]$")
REWORDED = re.compile(r"\d{1,2}/\d{1,2}/\d{4}|\d{1,2}h\d{2}")  # a day or an hour by itself
# Keys whose values say how to print, or are printed in other words.
UNPRINTED = {
    "phien_ban", "loai", "mau", "co_quan", "khoa", "kieu", "can_le", "chu_dung", "rong", "tong_cua", "hieu_cua",
    "ty_le_cua", "so_le", "kho_giay", "vi_tri", "pham_vi", "huong", "luu_hanh", "do_khan", "quyen", "danh_so_cot",
    "an_cot_trong", "cong", "so", "ngay", "ky_hieu", "ten_trong_cau", "dia_danh", "lien_he", "dia_ban",
}  # fmt: skip
SCRIPTS = {
    "symbols": "☐☑☒✓✔✗Ⅰ Ⅱ Ⅲ Ⅳ Ⅻ ℃ ℉ ① ② ③ ⑳ ★ ☆ ■ □ ▪ ● ○ ◆ → ⇒ ⇔ ≤ ≥ ≠ ± × ÷ √ ∞ ∑ µ Ω ‰ ₫ € £ ¥ ½ ¼ ² ³ ₂ ㎡ № ™ ©",
    "latin": "Ñandú Łódź Škoda Århus Ærø Çeşme Ğ İ ı ß œ Ŵ Ḁ Ẁ ƀ ɓ ŏ Ŏ Êa H’Leo Chư Păh Ɓ Ƀ Ơ Ư",
    "greek": "αβγδ ΑΒΓΔ Привет Ђ Ѓ Є",
    "han": "漢字 越南 社會主義 共和國 日本 한국 ひらがな カタカナ 𠊛 𡨸喃",
    "khmer": "ខ្មែរ ភាសាខ្មែរ ព្រះរាជា ᥗᥭᥰ ꪼꪕ ꪁꪱꪫ ꨀꨁꨂ",
    "arabic": "العربية سلام עברית שלום ไทย ລາວ हिन्दी தமிழ்",
    "combining": "e\u0302\u0301 a\u0306\u0323 o\u031b\u0309 x\u0332\u0333 q\u0489 z\u0351\u0352\u0353",
    "emoji": "😀 👍🏽 👨‍👩‍👧 🇻🇳 ❤️ ✅ ❌ ⚠️ 📌 1️⃣",
    "forbidden": "a\u200bb c\u202ed e\ufffcf g\u034fh i\u2066j k\u00adl m\u0007n o\u2060p q\ufeffr s\u206at u\u2028v w\u0085x",
    "odd": "‑ ‐ ‒ – — ― … “” ‘’ ′ ″ «» \u3000 \u2003 \u2009 \u202f \u1680 \ue000 \ufffd \ufb01 \u0132",
    "marks": "[^1] ¹ ² (*) (**) † ‡ § ¶ [1] {1} ^2 ~x~ `y` # | \\ < b > &amp; $z$ @a =1+1",
}


class Extreme:
    """One case of the corpus, and the chance by which its parts are made extreme."""

    def __init__(self, seed: int, number: int) -> None:
        self.maker = Maker(seed, number)
        self.maker.scale = min(self.maker.scale, 0.8)  # its length is to come from what is extreme
        self.case = self.maker.case()
        self.random = random.Random(f"extreme:{seed}:{number}")
        self.count = 0
        issued = datetime.strptime(self.case["ngay"], "%d/%m/%Y").date()
        texts = [corpus.proofread(text, issued) for text in self.maker.texts]
        self.texts = [text for text in proses(self.case["noi_dung"]) if text in texts]
        kinds = self.random.sample(KINDS if self.texts else KINDS_OF_FORMS, self.random.choices([1, 2, 3], [50, 30, 20])[0])
        self.kinds = [kind.__name__ for kind in kinds]
        had = len(self.case.get("phu_luc", []))
        for kind in kinds:
            kind(self)
        if had < len(self.case.get("phu_luc", [])):
            self.mention(len(self.case["phu_luc"]))

    # What is put in. Every sentence and word has a number of its own, so that a loss of one is no other's.

    def upto(self, low: int, high: int) -> int:
        """A number from low to high; each power of ten as often as the others."""
        return round(math.exp(self.random.uniform(math.log(low), math.log(high))))

    def tag(self) -> str:
        self.count += 1
        return f"q{self.count}z"

    def words(self, count: int) -> str:
        return " ".join(f"{self.tag()} {self.maker.one('area')}" for _ in range(max(1, count // 3)))

    def letters(self, count: int) -> str:
        """Sentences of about so many letters."""
        sentences, length = [], 0
        while length < count:
            sentences.append(f"Câu {self.tag()}: {self.maker.one('do')}.")
            length += len(sentences[-1]) + 1
        return " ".join(sentences)

    def word(self, count: int) -> str:
        """One word; now and then with places where a reader would divide it."""
        made = self.tag()
        step = self.random.choice(["", "", "_", "-", "/"])
        while len(made) < count:
            made += step + self.random.choice(["DANHMUC", "dautucong", "trunghan", "Ngh", "2025", "ươ"])
        return made[:count]

    def odd(self) -> str:
        """Letters of one script, or a few of all."""
        if self.random.random() < 0.7:
            return f"{self.tag()} {SCRIPTS[self.random.choice(list(SCRIPTS))]} {self.tag()}"
        pieces = [self.random.choice(text.split()) for name, text in SCRIPTS.items() if name != "forbidden"]
        return f"{self.tag()} {' '.join(pieces)}"

    # Where it is put.

    def put(self, text: str) -> None:
        """A paragraph by itself; of a form, which has none, a recipient."""
        if self.texts:
            self.random.choice(self.texts).append(f"Nội dung {self.tag()} {text} hết.")
        else:
            self.case["noi_nhan"].append(f"{self.tag()} {text}")

    def mention(self, count: int) -> None:
        """The document names its appendices, as it must."""
        of_them = "chi tiết tại Phụ lục kèm theo" if count == 1 else f"kèm theo các phụ lục từ I đến {roman(count)}"
        self.texts[0].insert(0, f"Số liệu {self.tag()} ({of_them}).")

    def appendix(self) -> dict:
        return {"tieu_de": f"SỐ LIỆU {self.tag()}", "kho_giay": self.random.choice(["doc", "ngang"]), "doan": Prose([self.letters(80)])}

    def table(self) -> dict:
        """A table of the case, of its body or of an appendix, which is made when there is none."""
        tables = [*self.case.get("bang", []), *(found for found in self.case.get("phu_luc", []) if "cot" in found)]
        if not tables:
            columns = [{"khoa": "ten", "ten": "Tên"}, {"khoa": "so_1", "ten": "Số", "kieu": "so"}, {"khoa": "gc", "ten": "Ghi chú"}]
            rows = [{"ten": f"Dòng {self.tag()}", "so_1": str(at), "gc": self.tag()} for at in range(self.random.randint(1, 6))]
            appendix = self.appendix() | {"cot": columns, "dong": rows}
            self.case.setdefault("phu_luc", []).append(appendix)
            tables = [appendix]
        return self.random.choice(tables)

    def cell(self, text: str) -> None:
        """Into a cell of words."""
        table = self.table()
        keys = [column["khoa"] for column in leaves(table["cot"]) if column.get("kieu", "chu") in ("chu", "giua")]
        if keys:
            self.random.choice(table["dong"])[self.random.choice(keys)] = text

    # The extremes.

    def recipients(self) -> None:
        for _ in range(self.upto(20, 200)):
            self.case["noi_nhan"].append(f"UBND xã {self.maker.one('commune')} {self.tag()}")

    def addressees(self) -> None:
        if "kinh_gui" in self.case:
            self.case["kinh_gui"] += [f"Sở {self.tag()} {self.maker.one('area')}" for _ in range(self.upto(10, 100))]
        else:
            self.recipients()

    def grounds(self) -> None:
        if "can_cu" in self.case:
            self.case["can_cu"] += [f"Căn cứ Quyết định {self.tag()} về việc {self.maker.one('topic')}" for _ in range(self.upto(10, 80))]
        else:
            self.put(self.letters(4000))

    def tall_cells(self) -> None:
        for _ in range(self.random.randint(1, 3)):
            self.cell(self.letters(self.upto(500, 20_000)))

    def tall_rows(self) -> None:
        """Many cells of one row, or of one column."""
        table = self.table()
        keys = [column["khoa"] for column in leaves(table["cot"]) if column.get("kieu", "chu") in ("chu", "giua")]
        rows = self.random.sample(table["dong"], min(len(table["dong"]), self.random.randint(1, 4)))
        for row in rows:
            for key in keys:
                row[key] = self.letters(self.upto(100, 4000))

    def heads(self) -> None:
        columns = list(every_column(self.table()["cot"]))
        for column in self.random.sample(columns, min(len(columns), self.random.randint(1, 4))):
            column["ten"] = self.words(self.upto(5, 500))
            if self.random.random() < 0.3 and "cot" not in column:
                column["chu_dung"] = "co"

    def groups(self) -> None:
        table = self.table()
        for group in table.get("nhom", []):
            group["ten"] = self.words(self.upto(5, 600))
        if table.get("tong"):
            table["tong"]["nhan"] = f"TỔNG SỐ {self.words(self.upto(3, 60))}"
        if "tieu_de" in table:
            table["tieu_de"] = self.words(self.upto(5, 400)).upper()
        if not table.get("nhom"):
            self.tall_cells()

    def long_words(self) -> None:
        for _ in range(self.random.randint(1, 3)):
            word = self.word(self.upto(20, 300))
            where: list[Callable[[str], None]] = [
                self.put, self.cell, lambda word: self.case["noi_nhan"].append(f"Sở {word}"),
                lambda word: every_name(self, word),
            ]  # fmt: skip
            self.random.choice(where)(word)

    def many_appendices(self) -> None:
        appendices = self.case.setdefault("phu_luc", [])
        for _ in range(self.upto(5, 60 - len(appendices))):
            appendix = self.appendix()
            if self.random.random() < 0.4:
                columns = [{"khoa": "ten", "ten": f"Tên {self.tag()}"}, {"khoa": "gc", "ten": "Ghi chú"}]
                appendix |= {"cot": columns, "dong": [{"ten": self.tag(), "gc": self.tag()}]}
            appendices.append(appendix)

    def scripts(self) -> None:
        for _ in range(self.random.randint(1, 3)):
            where: list[Callable[[str], None]] = [
                self.put, self.put, self.cell, lambda text: self.case["noi_nhan"].append(text),
                lambda text: every_name(self, text),
            ]  # fmt: skip
            self.random.choice(where)(self.odd())

    def names(self) -> None:
        every_name(self, self.words(self.upto(10, 600)))

    def signature(self) -> None:
        signer = self.case["nguoi_ky"]
        if self.random.random() < 0.5:
            for key in ("thay_mat", "thua_lenh", "thua_uy_quyen", "ky_thay", "chuc_vu", "quyen"):
                signer.pop(key, None)
            signer["cac_dong"] = [f"TL. GIÁM ĐỐC {self.tag()}" for _ in range(self.upto(3, 80))]
        else:
            signer.pop("cac_dong", None)
            signer["chuc_vu"] = self.words(self.upto(5, 400))
        if self.random.random() < 0.3:
            signer["ho_ten"] = f"Nguyễn {self.words(self.upto(3, 100))}"

    def contact(self) -> None:
        organ = self.case.get("co_quan_khac")
        if organ:
            organ["lien_he"] = [self.words(self.upto(3, 150)) for _ in range(self.random.randint(1, 4))]
            self.case["lien_he"] = "co"
        else:
            self.put(self.letters(6000))

    def paragraphs(self) -> None:
        self.put(self.letters(self.upto(2000, 20_000)))


KINDS = [
    Extreme.recipients, Extreme.recipients, Extreme.addressees, Extreme.grounds, Extreme.tall_cells, Extreme.tall_cells,
    Extreme.tall_rows, Extreme.heads, Extreme.heads, Extreme.groups, Extreme.long_words, Extreme.long_words,
    Extreme.many_appendices, Extreme.scripts, Extreme.scripts, Extreme.names, Extreme.names, Extreme.signature,
    Extreme.contact, Extreme.paragraphs,
]  # fmt: skip
# What has no text of its own has no appendices either.
KINDS_OF_FORMS = [Extreme.recipients, Extreme.names, Extreme.signature, Extreme.paragraphs]


def every_name(extreme: Extreme, text: str) -> None:
    """The text at the end of a name: the subject, the agency, its superior, a signer, an appendix, where copies are kept."""
    case = extreme.case
    places = [(case, "trich_yeu"), (case["nguoi_ky"], "ho_ten"), (case["nguoi_ky"], "chuc_vu"), (case["luu"], "noi_luu")]
    places += [(case.get("co_quan_khac", {}), key) for key in ("chu_quan", "ten")]
    places += [(appendix, "tieu_de") for appendix in case.get("phu_luc", [])[:2]]
    places += [(case.get("thu_ky", {}), "ho_ten"), (case.get("kem_theo", {}), "trich_yeu")]
    place, key = extreme.random.choice([(place, key) for place, key in places if key in place])
    place[key] += f" {text}"


def proses(value) -> Iterator[Prose]:
    """Every text of several paragraphs within a value."""
    if isinstance(value, Prose):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from proses(inner)


def roman(number: int) -> str:
    """Up to 89."""
    tens = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX"]
    return tens[number // 10] + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][number % 10]


def leaves(columns: list[dict]) -> Iterator[dict]:
    for column in columns:
        yield from leaves(column["cot"]) if "cot" in column else [column]


def every_column(columns: list[dict]) -> Iterator[dict]:
    for column in columns:
        yield column
        yield from every_column(column.get("cot", []))


# What the case says, to be found in what was made of it.


def words_of(case: dict) -> list[str]:
    """Every text of the case that is to be printed, a paragraph each, without white space and marks of emphasis."""
    found = []
    # Of the addresses it depends on the type of the document whether they are printed, unless the case asks for them.
    contact = case.get("co_quan_khac", {}).get("lien_he", []) if case.get("lien_he") == "co" else []
    for text in [*_texts(case), *contact]:
        for line in text.split("\n"):
            bared = bare(MARKS.sub("", line.strip()).rstrip(" ;.,"))
            found += [bared] if bared else []
    return found


def _texts(value) -> Iterator[str]:
    if isinstance(value, dict):
        for inner, of in value.items():
            if inner not in UNPRINTED and not (inner == "nhom" and isinstance(of, str)):
                yield from _texts(of)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif not REWORDED.fullmatch(str(value)):
        yield str(value)


def bare(text: str) -> str:
    """Letters alone: composed, without blanks and joiners, in one case; a hyphen that does not break is a hyphen."""
    text = unicodedata.normalize("NFC", text).replace("\u2011", "-").replace("\u2060", "")
    return unicodedata.normalize("NFC", re.sub(r"\s", "", text).casefold())


# The judge.


@dataclass
class Verdict:
    name: str
    kinds: list[str]
    said: str  # whole, refused, or what is wrong
    details: str = ""

    @property
    def passed(self) -> bool:
        return self.said in ("whole", "refused")


def judge(program: Path, seed: int, number: int, folder: Path) -> Verdict:
    """Makes and renders one document, and looks for its words."""
    extreme = Extreme(seed, number)
    case = folder / "cases" / f"ca_{number:04}"
    case.mkdir(parents=True, exist_ok=True)
    (case / "ho_so.yaml").write_text(corpus.dumped(extreme.case), "utf-8")
    out = folder / "out"
    try:
        answer = subprocess.run(
            [program, "render", case, "--out", out], capture_output=True, text=True, errors="replace", timeout=HANG_S
        )
    except subprocess.TimeoutExpired:
        return Verdict(case.name, extreme.kinds, "hangs")
    said, details = verdict(answer, extreme.case, out / f"{case.name}.docx")
    return Verdict(case.name, extreme.kinds, said, details)


def verdict(answer: subprocess.CompletedProcess, case: dict, docx: Path) -> tuple[str, str]:
    told = answer.stdout + answer.stderr
    if answer.returncode not in (0, 1, 2) or "panicked at" in told:
        return f"exit {answer.returncode}", told[-300:]
    made = [path for path in (docx, docx.with_suffix(".pdf")) if path.is_file()]
    if answer.returncode:
        if made:
            return "refused, but a file is there", made[0].name
        errors = [found for found in FINDING.split(told) if found.startswith("lỗi")]
        vague = [found for found in errors if not (FACT.search(found) and PLACE.search(found))]
        if vague or not errors:
            return "refused without a place", (vague or [told])[0][:400]
        return "refused", FACT.search(errors[0])[1]
    if len(made) != 2:
        return "exit 0 without its files", told[:300]
    try:
        lost = losses(words_of(case), parity.written(docx), lines.read(docx.with_suffix(".pdf")))
    except (OSError, PSException, zipfile.BadZipFile) as fault:
        lost = f"unreadable: {fault}"
    return ("words lost", lost) if lost else ("whole", "")


def losses(words: list[str], paragraphs: list[tuple[int, str]], ours: Print) -> str:
    """The first thing that one of the files does not say; empty when both say all."""
    written = "".join(bare(text) for _, text in paragraphs)
    unmarked = written.replace("*", "")  # an asterisk may be a mark of emphasis or stand for itself
    missing = [text for text in words if text not in unmarked]
    if missing:
        return f"{len(missing)} texts not in the DOCX: {_apart(missing[0], unmarked)}"
    heard = "".join(bare(text) for _, text in ours.spoken)
    if heard != written:
        letters = Counter(written)
        letters.subtract(Counter(heard))
        less = [f"{letter} {count:+}" for letter, count in letters.items() if count]
        return f"{parity.first_difference(written, heard)}; letters only in one: {', '.join(less[:8]) or 'none'}"
    return f"{len(ours.unseen)} letters not to be seen: {ours.unseen[:3]}" if ours.unseen else ""


def _apart(text: str, written: str) -> str:
    """Where a text leaves what is written."""
    size = next((size for size in range(len(text), 0, -1) if text[:size] in written), 0)
    return f"…{text[max(0, size - 30) : size]}⟨{text[size : size + 30]}⟩"


def check(results: Results, program: Path, folder: Path, count: int = 25, seed: int = 1, only: str = "") -> None:
    numbers = [int(number) for number in only.split(",")] if only else range(1, count + 1)
    with ThreadPoolExecutor(JOBS) as pool:
        verdicts = list(pool.map(lambda number: judge(program, seed, number, folder), numbers))
    for found in verdicts:
        if not found.passed:
            results.add(f"extremes: {found.said}", f"{found.name} {'+'.join(found.kinds)}", False, found.details)
    said = Counter(found.said if found.passed else "wrong" for found in verdicts)
    reasons = Counter(found.details for found in verdicts if found.said == "refused")
    figure = f"{', '.join(f'{number} {name}' for name, number in sorted(said.items()))}; refused for {dict(reasons.most_common())}"
    enough = bool(only) or said["whole"] > len(verdicts) // 4  # the program may not refuse nearly all
    results.add("extremes: whole or refused with the place", "all", enough and not said["wrong"], figure)
    texts = [(folder / "cases" / found.name / "ho_so.yaml").read_text("utf-8").casefold() for found in verdicts]
    extreme = sum("q1z" in text for text in texts)
    results.add("extremes: the extremes stand in the cases", "all", extreme >= 0.9 * len(texts), f"{extreme} of {len(texts)}")
    whole = [found.name for found in verdicts if found.said == "whole"]
    check_judge(results, [folder / "cases" / name / "ho_so.yaml" for name in whole[:PLANTED]], folder / "out")


def check_judge(results: Results, cases: list[Path], out: Path) -> None:
    """Of documents that are whole, copies that lack a paragraph or a cell, or have their text off the page: each must be seen."""
    planted, seen = Counter(), Counter()
    for case in cases:
        docx = out / f"{case.parent.name}.docx"
        words, paragraphs = words_of(yaml.load(case.read_text("utf-8"), yaml.BaseLoader)), parity.written(docx)
        ours = lines.read(docx.with_suffix(".pdf"))
        copies: list[tuple[str, list, Print]] = [("what is off the page", paragraphs, lines.read(cut(docx.with_suffix(".pdf"))))]
        for at in range(0, len(paragraphs), max(1, len(paragraphs) // 20)):
            copies.append(("words of the DOCX", [*paragraphs[:at], *paragraphs[at + 1 :]], ours))
        for at in range(0, len(ours.spoken), max(1, len(ours.spoken) // 20)):
            copies.append(("words of the PDF", paragraphs, replace(ours, spoken=[*ours.spoken[:at], *ours.spoken[at + 1 :]])))
        for what, written, printed in copies:
            planted[what] += 1
            seen[what] += bool(losses(words, written, printed))
    for what, count in planted.items():
        results.add("extremes: the judge sees a planted loss", what, seen[what] == count, f"{seen[what]} of {count}")


def cut(pdf: Path) -> Path:
    """A copy whose pages end below their upper quarter."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        left, _, right, top = page.get_mediabox()
        page.set_mediabox(left, top * 0.75, right, top)
    copy = pdf.with_suffix(".cut.pdf")
    document.save(copy)
    return copy


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, help="the vanthu binary")
    parser.add_argument("--count", type=int, default=1000, help="how many documents (default: 1000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="numbers of documents, as 17,33")
    parser.add_argument("--keep", help="a folder for cases and files")
    options = parser.parse_args()
    results = Results()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(options.keep or scratch)
        check(results, Path(options.bin).resolve(), folder, options.count, options.seed, options.only)
    return results.tell()


if __name__ == "__main__":
    sys.exit(main())
