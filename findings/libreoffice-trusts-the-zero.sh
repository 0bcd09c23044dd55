#!/usr/bin/env bash
# A sum that nobody calculated is kept as 0, and the request to calculate it is taken out of the workbook.
set -euo pipefail

if ! command -v soffice >/dev/null; then
  echo "this finding needs LibreOffice (soffice, headless, with Calc), which is not installed" >&2
  exit 2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check XlsxWriter==3.3.1 openpyxl==3.1.5 et_xmlfile==2.0.0

cat >write.py <<'PY'
import openpyxl
import xlsxwriter

with xlsxwriter.Workbook('xlsxwriter.xlsx') as book:
    book.add_worksheet().write_column('A1', [40, 2, '=SUM(A1:A2)'])
book = openpyxl.Workbook()
for value in [40, 2, '=SUM(A1:A2)']:
    book.active.append([value])
book.save('openpyxl.xlsx')
PY
cat >read.py <<'PY'
import re
import zipfile

for name in ['xlsxwriter', 'openpyxl']:
    for folder in ['', 'out/']:
        with zipfile.ZipFile(f'{folder}{name}.xlsx') as book:
            sum_cell = re.search(r'<c r="A3".*?</c>', book.read('xl/worksheets/sheet1.xml').decode()).group()
            asked = 'fullCalcOnLoad="1"' in book.read('xl/workbook.xml').decode()
        value = (re.findall(r'<v>(.+?)</v>', sum_cell) or ['empty'])[0]
        print(f"{name}, {'converted' if folder else 'as written'}: value {value}, calculation {'asked for' if asked else 'not asked for'}")
PY
venv/bin/python write.py
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to xlsx --outdir out xlsxwriter.xlsx openpyxl.xlsx >convert.log 2>&1
seen=$(venv/bin/python read.py)

known='xlsxwriter, as written: value 0, calculation asked for
xlsxwriter, converted: value 0, calculation not asked for
openpyxl, as written: value empty, calculation asked for
openpyxl, converted: value 42, calculation not asked for'

echo "version:  $(soffice --version | head -n 1 | xargs) (the finding is from 7.4.7.2), XlsxWriter 3.3.1, openpyxl 3.1.5"
echo "expected: 42 in both converted workbooks, since both ask for a full calculation when they are opened"
printf 'seen:\n%s\n' "$seen"
if [ "$seen" != "$known" ]; then
  echo "CHANGED: this is not what the finding says" >&2
  exit 1
fi
