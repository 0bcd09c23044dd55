#!/usr/bin/env bash
# What may not break and is higher than a page is printed on top of itself or below the paper: no warning, text all there.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check typst==0.15.2 pdfminer.six==20260107 pypdf==7.1.1

cat >head.typ <<'TYP'
#set document(title: "Báo cáo")
#set text(lang: "vi")
#set page(paper: "a4")
#metadata(str(sys.version)) <compiler>
= Báo cáo
TYP
cat head.typ - >figure.typ <<'TYP'
#figure(caption: [Phụ lục], table(..range(1, 121).map(row => [Dòng #row])))
TYP
cat head.typ - >block.typ <<'TYP'
#block(breakable: false, for row in range(1, 121) [Dòng #row #parbreak()])
TYP
cat >measure.py <<'PY'
import json
import pypdf
import typst
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTTextLine

def lines(item):
    if isinstance(item, LTTextLine):
        yield item
    elif hasattr(item, '__iter__'):
        for child in item:
            yield from lines(child)

print('compiler', json.loads(typst.query('figure.typ', '<compiler>', field='value', one=True)))
for name in ['figure', 'block']:
    for standard in ['ua-1', 'a-2a']:
        _, warnings = typst.compile_with_warnings(f'{name}.typ', output='report.pdf', format='pdf', pdf_standards=standard)
        rows = [line for page in extract_pages('report.pdf') for line in lines(page) if line.get_text().startswith('Dòng')]
        text = '\n'.join(page.extract_text() for page in pypdf.PdfReader('report.pdf').pages)
        found = sum(f'Dòng {row}' in text for row in range(1, 121))
        above = [round(line.y0) for line in rows if line.y1 > 0]
        print(f'{name}, {standard}: {len(warnings)} warnings, {found} of 120 rows in the text,'
              f' {len(above) - len(set(above))} on top of others, {len(rows) - len(above)} below the paper')
PY
seen=$(venv/bin/python measure.py)

known='compiler 0.15.1
figure, ua-1: 0 warnings, 120 of 120 rows in the text, 78 on top of others, 0 below the paper
figure, a-2a: 0 warnings, 120 of 120 rows in the text, 78 on top of others, 0 below the paper
block, ua-1: 0 warnings, 120 of 120 rows in the text, 0 on top of others, 82 below the paper
block, a-2a: 0 warnings, 120 of 120 rows in the text, 0 on top of others, 82 below the paper'

echo "version:  typst 0.15.2 from PyPI (its compiler is named below), pdfminer.six 20260107, pypdf 7.1.1"
echo "expected: a warning or an error, or the rest goes on overleaf; above all when the file must claim to be accessible"
printf 'seen:\n%s\n' "$seen"
if [ "$seen" != "$known" ]; then
  echo "CHANGED: this is not what the finding says" >&2
  exit 1
fi
