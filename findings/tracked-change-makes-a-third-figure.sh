#!/usr/bin/env bash
# A corrected figure (10 struck out, 12 put in, not yet accepted): one reader says 1012, another nothing at all.
set -euo pipefail

if ! command -v soffice >/dev/null; then
  echo "this finding needs LibreOffice (soffice, headless, with Writer), which is not installed" >&2
  exit 2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-docx==1.2.0 lxml==6.1.3 typing_extensions==4.16.0 pypdf==7.1.1

cat >write.py <<'PY'
import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

who = 'w:author="Văn thư" w:date="2026-01-05T00:00:00Z"'
document = docx.Document()
paragraph = document.add_paragraph('Tổng số: ')
paragraph._p.append(parse_xml(f'<w:del {nsdecls("w")} w:id="1" {who}><w:r><w:delText>10</w:delText></w:r></w:del>'))
paragraph._p.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="2" {who}><w:r><w:t>12</w:t></w:r></w:ins>'))
paragraph.add_run(' tỷ đồng.')
document.save('report.docx')
PY
cat >read.py <<'PY'
import docx
import pypdf

print('python-docx:', docx.Document('report.docx').paragraphs[0].text)
print('LibreOffice, text:', open('out/report.txt', encoding='utf-8-sig').read().strip())
print('LibreOffice, PDF:', pypdf.PdfReader('out/report.pdf').pages[0].extract_text().strip())
PY
venv/bin/python write.py
for format in txt:Text pdf; do
  soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to "$format" --outdir out report.docx >convert.log 2>&1
done
seen=$(venv/bin/python read.py)

known='python-docx: Tổng số:  tỷ đồng.
LibreOffice, text: Tổng số: 1012 tỷ đồng.
LibreOffice, PDF: Tổng số: 1012 tỷ đồng.'

echo "version:  python-docx 1.2.0, $(soffice --version | head -n 1 | xargs) (the finding is from 7.4.7.2), pypdf 7.1.1"
echo "expected: 12 (the text as it would be when accepted) or 10 (when refused), from both"
printf 'seen:\n%s\n' "$seen"
if [ "$seen" != "$known" ]; then
  echo "CHANGED: this is not what the finding says" >&2
  exit 1
fi
