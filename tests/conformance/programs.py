"""The outside programs: poppler, qpdf, veraPDF, the Open XML SDK validator, LibreOffice."""

import re
import subprocess
from pathlib import Path

import read_pdf
from report import DIVISION, Report, Table
from results import Results

HERE = Path(__file__).parent
FLAVOURS = ("2a", "ua1")


def call(*command) -> subprocess.CompletedProcess:
    """Runs a program; one that is missing answers with exit code 127."""
    try:
        return subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    except OSError as fault:
        return subprocess.CompletedProcess(command, 127, "", str(fault))


def check_verapdf(results: Results, pdfs: list[Path]) -> None:
    """PDF/A-2a and PDF/UA-1, all files in one call; a file without a verdict has failed."""
    answer = call(HERE / "verapdf", *FLAVOURS, "--", *pdfs)
    for pdf in pdfs:
        for flavour in FLAVOURS:
            verdict, reasons = _verdict(answer.stdout, f"{flavour} {pdf}")
            results.add(f"veraPDF {flavour}", pdf.name, verdict == "PASS", reasons or answer.stderr.strip())


def check_ooxml(results: Results, files: list[Path]) -> None:
    """0 errors in the Open XML SDK validator."""
    answer = call(HERE / "ooxml", *files)
    for file in files:
        verdict, reasons = _verdict(answer.stdout, str(file))
        results.add("Open XML SDK validator", file.name, verdict == "PASS", reasons or answer.stderr.strip())


def _verdict(output: str, subject: str) -> tuple[str, str]:
    """PASS or FAIL of a subject, with the counts and the first reasons under it."""
    found = re.search(rf"^(PASS|FAIL) {re.escape(subject)}(?: \((.*)\)|: (.*))?\n((?:  .*\n)*)", output, re.MULTILINE)
    if not found:
        return "", ""
    reasons = [line.strip() for line in found[4].splitlines()][:3]
    return found[1], " | ".join([found[2] or found[3] or "", *reasons])


def libreoffice(results: Results, files: list[Path], out: Path) -> dict[str, Path]:
    """LibreOffice's PDF of each DOCX by its stem."""
    answer = call(HERE / "lo2pdf", out, *files)
    made = {file.stem: out / f"{file.stem}.pdf" for file in files}
    for file in files:
        done = made[file.stem].is_file()
        results.add("LibreOffice converts", file.name, done, "" if done else answer.stderr.strip())
    return {stem: path for stem, path in made.items() if path.is_file()}


def check_pdf(results: Results, pdf: Path, report: Report) -> None:
    """What poppler and qpdf say of the file as such."""
    info = dict(line.split(":", 1) for line in call("pdfinfo", pdf).stdout.splitlines() if ":" in line)
    info = {key: value.strip() for key, value in info.items()}
    words = " ".join(piece.text for piece in report.subject)
    title = info.get("Title", "")
    results.add("pdfinfo: title", pdf.name, title and words[:40].lower() in title.lower(), title)
    results.add("pdfinfo: author", pdf.name, info.get("Author"), info.get("Author", "none"))
    results.add("pdfinfo: tagged", pdf.name, info.get("Tagged") == "yes", info.get("Tagged", "no answer"))
    fonts = [line.split() for line in call("pdffonts", pdf).stdout.splitlines()[2:]]
    loose = [font[0] for font in fonts if font[-5] != "yes"]
    results.add("pdffonts: all embedded", pdf.name, fonts and not loose, ", ".join(loose) or f"{len(fonts)} fonts")
    checked = call("qpdf", "--check", pdf)
    results.add("qpdf --check", pdf.name, checked.returncode == 0, checked.stderr.strip() or "no errors")
    results.add("file ends with a line feed", pdf.name, pdf.read_bytes().endswith(b"%%EOF\n"))
    check_bookmarks(results, pdf, report)


def check_bookmarks(results: Results, pdf: Path, report: Report) -> None:
    """Titled parts and appendices are in the outline, by qpdf's reading of it."""
    answer = call("qpdf", "--json", "--json-key=outlines", pdf)
    titles = re.findall(r'"title": "((?:[^"\\]|\\.)*)"', answer.stdout)
    titled = re.compile(rf"([IVX]+|\d+)\. |Điều \d+\. |({DIVISION.pattern})$")
    attached = report.attached.body if report.attached else []
    wanted = sum(bool(titled.match(p.text) and p.bold) for p in report.body + attached) + len(report.appendices)
    wanted += 1 if report.attached else 0
    results.add(
        "bookmarks for titled parts and appendices", pdf.name, len(titles) >= wanted, f"{len(titles)} of {wanted}"
    )


def check_pages(results: Results, pdf: Path, rendered: Path | None) -> None:
    """As many pages as LibreOffice makes of the DOCX, of the same sizes."""
    ours, theirs = page_sizes(pdf), page_sizes(rendered) if rendered else []
    same = len(ours) == len(theirs) > 0 and all(abs(a - b) < 3 for o, t in zip(ours, theirs) for a, b in zip(o, t))
    results.add("pages: PDF as LibreOffice's rendering of the DOCX", pdf.stem, same, f"{len(ours)} and {len(theirs)}")


def page_sizes(pdf: Path) -> list[tuple[float, float]]:
    """Width and height of each page in points, by poppler."""
    answer = call("pdfinfo", "-f", 1, "-l", 9999, pdf).stdout
    return [(float(w), float(h)) for w, h in re.findall(r"^Page +\d+ size: +([\d.]+) x ([\d.]+)", answer, re.MULTILINE)]


def check_repeated_headers(
    results: Results, pdf: Path, in_pdf: read_pdf.PdfReport, in_word: Report, rendered: Path | None, several: bool
) -> None:
    """The header rows stand on every page of an appendix, in both PDFs. `several`: it must have several pages."""
    wanted = [appendix.table.header_rows if appendix.table else 0 for appendix in in_word.appendices]
    long = [(i, pages) for i, pages in enumerate(in_pdf.appendix_pages) if len(pages) > 1]
    if several:
        results.add("an appendix of several pages", pdf.name, long, f"pages {[len(pages) for _, pages in long]}")
    for name, file in ((pdf.name, pdf), (f"{pdf.stem}, LibreOffice", rendered)) if long else ():
        tables = read_pdf.tables(file) if file else []
        for i, pages in long:
            headers = [_header(tables[page], wanted[i]) if page < len(tables) else None for page in pages]
            same = sum(header is not None and header == headers[0] for header in headers)
            label = f"{wanted[i]} header rows repeated: appendix {i + 1}"
            results.add(label, name, wanted[i] and same == len(pages), f"on {same} of {len(pages)} pages")


def _header(table: Table | None, rows: int) -> list | None:
    """The cells of the header rows, their words without line ends."""
    if table is None:
        return None
    return [(c.row, c.column, c.rows, c.columns, c.text.split()) for r in range(rows) for c in table.row(r)]
