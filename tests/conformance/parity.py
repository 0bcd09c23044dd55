"""One document in two files: renders a corpus of made-up cases and compares each PDF with LibreOffice's print of its DOCX.

Words in order, lines, pages, places, cells of tables; and the words of the DOCX as they stand in its XML with those
that a reader of the PDF's tags hears. The cases are those of `corpus.py`.

    parity --bin target/debug/vanthu              the whole corpus, 240 documents; veraPDF and the Open XML SDK too
    parity --bin target/debug/vanthu --write      the same, and writes docs/parity.md
    parity --bin … --count 40 --seed 3            the first 40 of another corpus
    parity --bin … --only 17,33 --keep DIR        some, with all their files kept to look at
"""

import argparse
import re
import sys
import tempfile
import zipfile
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path

import yaml
from docx.oxml.ns import qn
from lxml import etree

import corpus
import lines
import programs
from lines import Cell, Line, Page, Print
from results import Results

ROOT = Path(__file__).resolve().parents[2]
DOC = ROOT / "docs" / "parity.md"
BASELINE_MM = 1.0
START_MM = 0.5
MARGIN_MM = 20  # the least that the decree allows above and below the text
SHARE = 0.99  # of all lines
LANGUAGE = "vi-VN"
SHOWN = 4  # differences of a document
JOBS = 2


@dataclass
class Pair:
    """Two prints of one document compared: ours and LibreOffice's."""

    name: str
    pages: tuple[int, int]
    same_words: bool
    same_sequence: str  # what differs between the DOCX and the tags of the PDF; empty when nothing does
    all_lines: int
    same_lines: int
    placed: int  # of the same lines: on the same page, and where they should be
    across: list[float]  # of each same line on one page: how far its baseline is off
    along: list[float]  # and its start
    words: list[float]  # of each word after the first, in a line that is in place
    all_cells: int
    same_cells: int
    language: str
    differences: list[str] = field(default_factory=list)


def compare(name: str, ours: Print, theirs: Print, docx: Path) -> Pair:
    """Everything there is to say of one document."""
    left, right = _printed(ours), _printed(theirs)
    matcher = SequenceMatcher(None, [_key(line) for line in left], [_key(line) for line in right], autojunk=False)
    matches: list[tuple[Line, Line]] = []
    differences: list[str] = []
    stretched = 0
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            matches += zip(left[a:b], right[c:d])
        elif joined := _stretched(left[a:b], right[c:d]):
            matches += joined
            stretched += (d - c) - (b - a)
        else:
            differences.append(f"lines {_short(left[a:b])} | {_short(right[c:d])}")
    across, along, words, placed = [], [], [], 0
    for one, other in matches:
        if one.page != other.page:
            differences.append(f"page {one.page} and {other.page}: {one.text[:40]}")
            continue
        across.append(other.y - one.y if not one.turned else other.x - one.x)
        along.append(other.x - one.x if not one.turned else other.y - one.y)
        if abs(across[-1]) <= BASELINE_MM and abs(along[-1]) <= START_MM:
            placed += 1
            words += [b - a for a, b in zip(one.words[1:], other.words[1:])]
        else:
            differences.append(f"place {across[-1]:+.2f} {along[-1]:+.2f} mm, page {one.page}: {one.text[:40]}")
    cells = list(zip_longest(*([c for page in p.pages for c in page.cells] for p in (ours, theirs))))
    same_cells = [_same_cell(one, other) for one, other in cells]
    differences += [
        f"cell {one and (one.place, one.text[:30])} | {other and (other.place, other.text[:30])}"
        for (one, other), same in zip(cells, same_cells)
        if not same
    ]
    return Pair(
        name=name,
        pages=(len(ours.pages), len(theirs.pages)),
        same_words=_words(left) == _words(right),
        same_sequence=_sequence(ours, docx),
        all_lines=max(len(left), len(right) - stretched),
        same_lines=len(matches),
        placed=placed,
        across=across,
        along=along,
        words=words,
        all_cells=len(cells),
        same_cells=sum(same_cells),
        language=ours.language,
        differences=differences,
    )


def _printed(of: Print) -> list[Line]:
    """Its lines, those in the margin above the text first and those below it last: each format has an order of its own."""
    return [line for page in of.pages for line in sorted(page.lines, key=lambda line: _margin(line, page))]


def _stretched(ours: list[Line], theirs: list[Line]) -> list[tuple[Line, Line]]:
    """The lines of both when LibreOffice's differ only in words so far apart that they were taken for columns."""
    joined: list[Line] = []
    for line in theirs:
        last = joined[-1] if joined else None
        if last and (last.page, last.cell, last.turned) == (line.page, line.cell, line.turned) and last.end < line.x:
            if abs(last.y - line.y) < lines.SAME_BASELINE_MM:
                joined[-1] = replace(last, text=f"{last.text} {line.text}", end=line.end)
                continue
        joined.append(line)
    same = [_key(line) for line in ours] == [_key(line) for line in joined]
    return list(zip(ours, joined)) if same else []


def _margin(line: Line, page: Page) -> int:
    """-1 in the upper margin, 1 in the lower one, 0 in the text."""
    if line.turned or line.cell:
        return 0
    return (line.y > page.height - MARGIN_MM) - (line.y < MARGIN_MM)


def _key(line: Line) -> tuple:
    return (line.text, line.turned)


def _words(of: list[Line]) -> str:
    """All letters in order: where a line ends within a word is another question."""
    return "".join(line.text for line in of).replace(" ", "")


def _short(of: list[Line]) -> str:
    texts = [f"p{of[0].page} y{of[0].y:.0f}"] if of else []
    return " / ".join([*texts, *(line.text[-60:] for line in of[:4])])


def _same_cell(one: Cell | None, other: Cell | None) -> bool:
    return bool(one and other and one.place == other.place and one.text == other.text)


def _sequence(ours: Print, docx: Path) -> str:
    """The first paragraph that the DOCX and the tags of the PDF do not share, in order and as a heading."""
    said = written(docx)
    heard = [(_level(role), _bare(text)) for role, text in ours.spoken]
    heard = [(level, text) for level, text in heard if text]
    one, other = "".join(text for _, text in said), "".join(text for _, text in heard)
    if one != other:
        return first_difference(one, other)
    heads = [[(level, text) for level, text in texts if level] for texts in (said, heard)]
    odd = [pair for pair in zip_longest(*heads) if pair[0] != pair[1]]
    return f"heading {odd[0]}" if odd else ""


def first_difference(one: str, other: str) -> str:
    """Some letters of the DOCX and of the PDF around the first that is another."""
    at = next((i for i, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
    return f"DOCX …{one[max(0, at - 20) : at + 30]} PDF …{other[max(0, at - 20) : at + 30]}"


def _level(role: str) -> int:
    """The level of a heading; 0 of anything else."""
    return int(role[1:]) if re.fullmatch(r"H\d", role) else 0


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def written(docx: Path) -> list[tuple[int, str]]:
    """Level and letters of each paragraph: of the margins of the first pages, then of the body."""
    with zipfile.ZipFile(docx) as package:
        parts = {name: etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")}
    styles = {
        style.get(qn("w:styleId")): int(level.get(qn("w:val"))) + 1
        for style in parts["word/styles.xml"].iter(qn("w:style"))
        for level in style.iter(qn("w:outlineLvl"))
    }
    margins = [part for name in ("header", "footer") for part in _numbered(parts, name)]
    texts = []
    for part in [*margins, parts["word/document.xml"]]:
        for paragraph in part.iter(qn("w:p")):
            text = _bare("".join(found.text or "" for found in paragraph.iter(qn("w:t"))))
            style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            if text and paragraph.find(f".//{qn('w:fldChar')}") is None:
                texts.append((styles.get(style.get(qn("w:val")), 0) if style is not None else 0, text))
    return texts


def _numbered(parts: dict, name: str) -> list:
    found = [(int(match[1]), part) for key, part in parts.items() if (match := re.fullmatch(rf"word/{name}(\d+)\.xml", key))]
    return [part for _, part in sorted(found, key=lambda pair: pair[0])]


def judge(pdf: Path, printed: Path) -> Pair:
    """One document by its files."""
    return compare(pdf.stem, lines.read(pdf), lines.read(printed), pdf.with_suffix(".docx"))


@dataclass
class Sum:
    """Some documents together."""

    documents: int = 0
    pages: int = 0
    same_words: int = 0
    same_sequence: int = 0
    same_pages: int = 0
    all_lines: int = 0
    same_lines: int = 0
    placed: int = 0
    all_cells: int = 0
    same_cells: int = 0

    def add(self, pair: Pair) -> None:
        self.documents += 1
        self.pages += pair.pages[0]
        self.same_words += pair.same_words
        self.same_sequence += not pair.same_sequence
        self.same_pages += pair.pages[0] == pair.pages[1]
        self.all_lines += pair.all_lines
        self.same_lines += pair.same_lines
        self.placed += pair.placed
        self.all_cells += pair.all_cells
        self.same_cells += pair.same_cells


def total(pairs: list[Pair]) -> Sum:
    result = Sum()
    for pair in pairs:
        result.add(pair)
    return result


def check(results: Results, program: Path, folder: Path, count: int = 40, seed: int = 1, only: str = "") -> list[Pair]:
    """Makes, renders, prints and compares a corpus, and holds it to the bounds."""
    numbers = [int(number) for number in only.split(",")] if only else range(1, count + 1)
    cases = [corpus.write(folder / "cases", seed, number) for number in numbers]
    pdfs = render(results, program, cases, folder / "ours")
    printed = print_all(results, [pdf.with_suffix(".docx") for pdf in pdfs], folder / "libreoffice")
    both = [pdf for pdf in pdfs if pdf.stem in printed]
    with ProcessPoolExecutor(JOBS) as pool:
        pairs = list(pool.map(judge, both, [printed[pdf.stem] for pdf in both]))
    hold(results, pairs, len(cases))
    passed = Results()
    programs.check_ooxml(passed, [pdf.with_suffix(".docx") for pdf in pdfs])
    programs.check_verapdf(passed, pdfs)
    results += [result for result in passed if not result.passed]
    for name in sorted({result.check for result in passed}):
        these = [result for result in passed if result.check == name]
        results.add(f"corpus: {name}", "all", len(these) == len(cases), f"{len(these)} files")
    return pairs


def render(results: Results, program: Path, cases: list[Path], out: Path) -> list[Path]:
    """Both files of every case, with the measures of its office where it has some; answers the PDFs."""
    groups: dict[str, list[Path]] = {}
    for case in cases:
        groups.setdefault(" ".join(corpus.root(case)), []).append(case)
    for of_them in groups.values():
        answer = programs.call(program, "render", *of_them, "--out", out, *corpus.root(of_them[0]))
        if answer.returncode:
            results.add("vanthu render exits 0", of_them[0].name, False, answer.stderr[-300:])
    pdfs = [out / f"{case.name}.pdf" for case in cases]
    made = [pdf for pdf in pdfs if pdf.is_file() and pdf.with_suffix(".docx").is_file()]
    results.add("corpus: rendered", "all", len(made) == len(cases) > 0, f"{len(made)} of {len(cases)} cases")
    return made


def print_all(results: Results, docxs: list[Path], out: Path) -> dict[str, Path]:
    """LibreOffice's print of each, some at a time."""
    shares = [share for share in (docxs[at::JOBS] for at in range(JOBS)) if share]
    done = Results()
    with ThreadPoolExecutor(JOBS) as pool:
        answers = list(pool.map(lambda share: programs.libreoffice(done, share, out), shares))
    printed = {stem: path for answer in answers for stem, path in answer.items()}
    results.add("corpus: LibreOffice prints", "all", len(printed) == len(docxs) > 0, f"{len(printed)} files")
    return printed


def hold(results: Results, pairs: list[Pair], count: int) -> None:
    """The bounds, over all documents; every document that differs is told."""
    of = total(pairs)
    whole = f"of {count} documents"
    results.add("parity: the same words in order", "all", of.same_words == count, f"{of.same_words} {whole}")
    results.add("parity: as many pages", "all", of.same_pages == count, f"{of.same_pages} {whole}")
    tagged = f"{of.same_sequence} {whole}"
    results.add("parity: DOCX and tags of the PDF tell the same", "all", of.same_sequence == count, tagged)
    lined = of.all_lines and of.same_lines >= SHARE * of.all_lines
    results.add("parity: the same lines", "all", lined, f"{of.same_lines} of {of.all_lines}")
    placed = of.all_lines and of.placed >= SHARE * of.all_lines
    bound = f"baseline within {BASELINE_MM} mm, start within {START_MM} mm"
    results.add(f"parity: {bound}", "all", placed, f"{of.placed} of {of.all_lines}")
    results.add("parity: the same cells", "all", of.same_cells == of.all_cells, f"{of.same_cells} of {of.all_cells}")
    spoken = [pair.name for pair in pairs if pair.language != LANGUAGE]
    results.add(f"parity: the PDF says its language is {LANGUAGE}", "all", pairs and not spoken, spoken[:3])
    for pair in pairs:
        if pair.differences or pair.same_sequence:
            print(f"{pair.name}: {pair.same_sequence} {len(pair.differences)} differences", file=sys.stderr)
            for difference in pair.differences[:SHOWN]:
                print(f"    {difference}", file=sys.stderr)


def main() -> int:
    options = arguments()
    results = Results()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(options.keep or scratch)
        pairs = check(results, Path(options.bin).resolve(), folder, options.count, options.seed, options.only)
        if options.write:
            kinds = {case.name: kind(case) for case in sorted((folder / "cases").iterdir())}
            DOC.write_text(document(pairs, kinds, options.seed), "utf-8")
    return results.tell()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, help="the vanthu binary")
    parser.add_argument("--count", type=int, default=240, help="how many documents (default: 240)")
    parser.add_argument("--seed", type=int, default=1, help="of the corpus (default: 1)")
    parser.add_argument("--only", default="", help="numbers of cases, as 17,33")
    parser.add_argument("--keep", help="a folder for cases, files and prints")
    parser.add_argument("--write", action="store_true", help="write docs/parity.md")
    return parser.parse_args()


def kind(case: Path) -> str:
    """The type of a case's document."""
    return yaml.safe_load((case / "ho_so.yaml").read_text("utf-8"))["loai"]


def document(pairs: list[Pair], kinds: dict[str, str], seed: int) -> str:
    """docs/parity.md."""
    groups: dict[str, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(kinds[pair.name], []).append(pair)
    rows = [_row(name, total(groups[name])) for name in sorted(groups)] + [_row("**all**", total(pairs))]
    differing = [pair for pair in pairs if pair.differences or pair.same_sequence]
    told = [f"- `{p.name}`: {d}" for p in differing for d in [*p.differences[:SHOWN], p.same_sequence] if d]
    left, right = INTRODUCTION.split("{TABLE}")
    return "".join(
        [
            left.format(seed=seed, count=len(pairs), version=programs.call("soffice", "--version").stdout.split()[1]),
            HEAD,
            "\n".join(rows),
            "\n\n",
            _spread(pairs),
            "\n## What differs\n\n",
            "\n".join(told) or "Nothing, in this corpus.",
            "\n",
            right,
        ]
    )


HEAD = """| type | documents | pages | same words | same pages | lines | same | in place | cells | same |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
"""


def _row(name: str, of: Sum) -> str:
    figures = [of.documents, of.pages, of.same_words, of.same_pages, of.all_lines, of.same_lines, of.placed]
    return f"| {name} | " + " | ".join(f"{n:,}" for n in [*figures, of.all_cells, of.same_cells]) + " |"


def _spread(pairs: list[Pair]) -> str:
    """How far lines are apart, in the least, the middle and the most."""
    told = []
    for name, bound, values in (
        ("baseline, LibreOffice lower by", BASELINE_MM, [v for pair in pairs for v in pair.across]),
        ("start, LibreOffice further right by", START_MM, [v for pair in pairs for v in pair.along]),
        ("start of the other words of a line", "", [v for pair in pairs for v in pair.words]),
    ):
        values = sorted(values)
        shares = [values[round(share * (len(values) - 1))] for share in (0, 0.01, 0.5, 0.99, 1)]
        told.append(f"| {name} | " + " | ".join(f"{value:+.2f}" for value in shares) + f" | {bound} |\n")
    return "| mm | least | 1 % | middle | 99 % | most | bound |\n|---|---:|---:|---:|---:|---:|---:|\n" + "".join(told)


INTRODUCTION = (Path(__file__).parent / "parity.md").read_text("utf-8")

if __name__ == "__main__":
    sys.exit(main())
