"""Renders the worked example and the samples with the program, and has every outside judge look at them."""

import argparse
import re
import shutil
import sys
import tempfile
import traceback
from pathlib import Path

import crash
import damages
import editor
import extremes
import geometry
import groups
import hostile
import hostile_names
import mixed
import parity
import programs
import read_docx
import read_pdf
import register
import sheets
import signatures
import tamper
import text
import word
from report import DRAFT_MARK, Report
from results import Results

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "reports" / "kien_giang_2022"
SAMPLES = ROOT / "tests" / "cases" / "samples"
TEMPLATES = ROOT / "templates"
LONG_SAMPLE = "bang_dai"  # its appendix spans several pages
LONG = (LONG_SAMPLE, groups.NAME)


def main() -> int:
    options = arguments()
    results = Results()
    with tempfile.TemporaryDirectory() as folder:
        files = Path(options.files) if options.files else render(results, Path(options.bin).resolve(), Path(folder))
        if options.bin:
            attempt(results, "editor", lambda: editor.check(results, Path(options.bin).resolve(), ROOT))
        judge(results, files, Path(folder) / "libreoffice", whole=not options.files)
        if options.bin:
            attempt(results, "hostile wordings", lambda: hostile.check(results, Path(options.bin).resolve()))
            attempt(results, "parity", lambda: parity.check(results, Path(options.bin).resolve(), Path(folder) / "parity"))
            attempt(results, "extremes", lambda: extremes.check(results, Path(options.bin).resolve(), Path(folder) / "extremes"))
            attempt(results, "sheets", lambda: sheets.check(results, Path(options.bin).resolve(), Path(folder) / "sheets"))
            attempt(results, "mixed acts", lambda: mixed.check(results, Path(options.bin).resolve(), acts=40))
            attempt(results, "damages", lambda: damages.check(results, Path(options.bin).resolve()))
            attempt(results, "hostile names", lambda: hostile_names.check(results, Path(options.bin).resolve()))
            attempt(results, "tampering", lambda: tamper.check(results, Path(options.bin).resolve()))
            attempt(results, "crashes", lambda: crash.check(results, Path(options.bin).resolve(), every=60, kills=4))
            attempt(results, "signatures", lambda: signatures.check(results, Path(options.bin).resolve()))
            attempt(results, "register", lambda: judge_register(results, options, Path(folder) / "register"))
    return results.tell()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--bin", help="the vanthu binary: renders the worked example and the samples, then judges them")
    source.add_argument("--files", help="a folder of rendered NAME.pdf and NAME.docx: judges what is there")
    parser.add_argument("--rows", type=int, default=200, help="rows of the register that is printed (default: 200)")
    return parser.parse_args()


def render(results: Results, program: Path, out: Path) -> Path:
    """Every case in every way that must give the same bytes; answers the folder of the first."""
    cases = [EXAMPLE, *sorted(p for p in SAMPLES.glob("*") if p.is_dir())]
    results.add("samples", "tests/cases/samples", len(cases) > 3, f"{len(cases) - 1} cases beside the worked example")
    cases.append(groups.make(SAMPLES / LONG_SAMPLE, out / "groups" / groups.NAME))
    shipped = shipped_samples(out / "shipped")
    check_shipped(results, program, shipped)
    cases += shipped
    ways = {"first": (), "second": (), "jobs1": ("--jobs", "1"), "jobs2": ("--jobs", "2")}
    for way, arguments in ways.items():
        for templates, of_them in by_templates(cases).items():
            root = ("--root", templates) if templates else ()
            answer = programs.call(program, "render", *of_them, "--out", out / way, *root, *arguments)
            trouble = (answer.stderr or answer.stdout).strip().splitlines()[-1:] if answer.returncode else []
            subject = of_them[0].name if templates else "all cases"
            results.add(
                "vanthu render exits 0", " ".join([subject, *arguments]), not answer.returncode, "".join(trouble)
            )
    for case in cases:
        for suffix in ("pdf", "docx"):
            name = f"{case.name}.{suffix}"
            for way in list(ways)[1:]:
                compare_bytes(results, f"same bytes: first and {way}", out / "first" / name, out / way / name)
    for suffix in ("pdf", "docx"):
        name = f"{EXAMPLE.name}.{suffix}"
        compare_bytes(results, "same bytes: fresh and committed", out / "first" / name, EXAMPLE / name)
    attempt(results, "undated draft", lambda: render_draft(results, program, out))
    return out / "first"


def shipped_samples(folder: Path) -> list[Path]:
    """A case of each filled sample that comes with a wording, named after its type and its file."""
    cases = []
    for sample in sorted(TEMPLATES.glob("*/ho_so_mau*.yaml")):
        case = folder / f"{sample.parent.name}-{sample.stem}"
        case.mkdir(parents=True)
        shutil.copy(sample, case / "ho_so.yaml")
        cases.append(case)
    return cases


def check_shipped(results: Results, program: Path, shipped: list[Path]) -> None:
    """Every wording has a sample; of no sample anything is told."""
    wordings = [p for p in TEMPLATES.glob("*/*.md") if p.parent.name != "chung"]
    results.add("samples of the wordings", "templates", len(shipped) >= len(wordings) > 0, f"{len(shipped)} samples")
    for case in shipped:
        answer = programs.call(program, "check", case)
        told = answer.stdout.strip().splitlines()[-1:] or [answer.stderr.strip()]
        clean = not answer.returncode and told[0].endswith(": 0 lỗi, 0 cảnh báo, 0 thông tin")
        results.add("vanthu check tells nothing", case.name, clean, told[0])


def by_templates(cases: list[Path]) -> dict[Path | None, list[Path]]:
    """The cases that take the program's own templates, and each that brings a folder of its own."""
    groups: dict[Path | None, list[Path]] = {}
    for case in cases:
        own = case / "templates"
        groups.setdefault(own if own.is_dir() else None, []).append(case)
    return groups


def render_draft(results: Results, program: Path, out: Path) -> None:
    """The worked example without number and date, twice; its files join the judged ones."""
    case = out / "draft" / "du_thao"
    shutil.copytree(EXAMPLE, case, ignore=shutil.ignore_patterns("*.pdf", "*.docx"))
    for file in case.glob("*.yaml"):
        kept = re.sub(r"^(so|ngay):.*\n", "", file.read_text("utf-8"), flags=re.MULTILINE)
        file.write_text(kept, "utf-8")
    for way in ("first", "second"):
        answer = programs.call(program, "render", case, "--draft", "--out", out / way)
        results.add(
            "vanthu render --draft exits 0", f"undated draft, {way}", not answer.returncode, answer.stderr[-200:]
        )
    for suffix in ("pdf", "docx"):
        name = f"du_thao.{suffix}"
        compare_bytes(results, "same bytes: draft twice", out / "first" / name, out / "second" / name)


def compare_bytes(results: Results, check: str, one: Path, other: Path) -> None:
    both = one.is_file() and other.is_file()
    same = both and one.read_bytes() == other.read_bytes()
    results.add(check, one.name, same, f"{one.stat().st_size} bytes" if same else "differ" if both else "missing")


def judge(results: Results, folder: Path, scratch: Path, whole: bool) -> None:
    """Every check on every pair in a folder."""
    docxs, pdfs = sorted(folder.glob("*.docx")), sorted(folder.glob("*.pdf"))
    pairs = [pdf for pdf in pdfs if pdf.with_suffix(".docx") in docxs]
    results.add("PDF and DOCX in pairs", str(len(pairs)), pairs and len(pairs) == len(pdfs) == len(docxs))
    if not pairs:
        return
    programs.check_ooxml(results, docxs)
    rendered = programs.libreoffice(results, docxs, scratch)
    dated = []
    for pdf in pairs:
        report = judge_pair(results, pdf, rendered.get(pdf.stem))
        dated += [pdf] if report is None or report.dated else []
    if dated:
        programs.check_verapdf(results, dated)
    if whole:
        names = {pdf.stem for pdf in pairs}
        wanted = {EXAMPLE.name, LONG_SAMPLE, groups.NAME}
        results.add("worked example and long samples among them", "", wanted <= names, ", ".join(sorted(wanted - names)))


def judge_register(results: Results, options: argparse.Namespace, folder: Path) -> None:
    """A year's register made for the judges, and that of an office which the program filled."""
    register.make(results, folder, options.rows)
    count = register.make_by_program(results, Path(options.bin).resolve(), folder)
    register.check(results, folder, {register.YEAR: options.rows, register.OFFICE: count})


def judge_pair(results: Results, pdf: Path, rendered: Path | None) -> Report | None:
    """One report in both formats; a file that cannot be read as a report has failed."""
    docx, name = pdf.with_suffix(".docx"), pdf.stem
    try:
        in_word = read_docx.read(docx)
        tables = [*in_word.tables, *(appendix.table for appendix in in_word.appendices)]
        headers = [table.header_rows if table else 0 for table in tables]
        in_pdf = read_pdf.read(pdf, headers)
    except Exception as fault:  # whatever a reader stumbles over fails that report, not the run
        results.add("readable as a report", name, False, f"{type(fault).__name__}: {fault}")
        return None
    if not in_pdf.dated:
        marked = [any(DRAFT_MARK.fullmatch(p.text) for p in report.under_number) for report in (in_pdf, in_word)]
        results.add("undated: DỰ THẢO under the number, in both files", name, all(marked), marked)
    steps = [
        lambda: text.check_same(results, name, in_pdf, in_word),
        lambda: geometry.check(results, pdf.name, in_pdf),
        lambda: judge_rendering(results, docx.name, in_pdf, read_pdf.read(rendered, headers)),
        lambda: word.check(results, docx.name, docx, in_word),
        lambda: programs.check_pdf(results, pdf, in_word),
        lambda: programs.check_pages(results, pdf, rendered),
        lambda: programs.check_repeated_headers(results, pdf, in_pdf, in_word, rendered, several=name in LONG),
    ]
    if name == EXAMPLE.name:
        steps.insert(0, lambda: text.check_seed(results, name, in_pdf, in_word))
    if name == groups.NAME:
        steps.append(lambda: groups.check(results, pdf, in_pdf, headers[0], rendered))
    for step in steps:
        attempt(results, name, step)
    return in_pdf


def judge_rendering(
    results: Results, name: str, in_pdf: read_pdf.PdfReport, in_libreoffice: read_pdf.PdfReport
) -> None:
    """The DOCX as it prints: the same rules of place, and the lines of the PDF."""
    geometry.check(results, f"{name} in LibreOffice", in_libreoffice)
    geometry.check_same_places(results.adder(name), in_pdf, in_libreoffice)
    text.check_lines(results, name, in_pdf, in_libreoffice)


def attempt(results: Results, name: str, step) -> None:
    """A check that breaks on a file has failed."""
    try:
        step()
    except Exception as fault:  # the fault is printed, and counts
        place = traceback.extract_tb(fault.__traceback__)[-1]
        results.add(
            f"check ran: {Path(place.filename).name} {place.name}", name, False, f"{type(fault).__name__}: {fault}"
        )


if __name__ == "__main__":
    sys.exit(main())
