#!/usr/bin/env bash
# The letters "_x0041_" and "_x000D_" inside a document's code: three readers of one workbook give three texts.
set -euo pipefail

if ! command -v soffice >/dev/null; then
  echo "this finding needs LibreOffice (soffice, headless, with Calc), which is not installed" >&2
  exit 2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work" exceljs@4.4.0
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5 et_xmlfile==2.0.0 python-calamine==0.9.1

cat >write.js <<'JS'
const { Workbook } = require('exceljs');
const book = new Workbook();
book.addWorksheet('S').addRows([['QD_x0041_2026'], ['B_x000D_C']]);
book.xlsx.writeFile('codes.xlsx');
JS
cat >read.js <<'JS'
const { Workbook } = require('exceljs');
const book = new Workbook();
book.xlsx.readFile('codes.xlsx').then(() => {
  const texts = [1, 2].map((row) => JSON.stringify(book.worksheets[0].getCell(row, 1).value));
  console.log(`exceljs: ${texts.join(' ')}`);
});
JS
cat >read.py <<'PY'
import json
import openpyxl
from python_calamine import CalamineWorkbook

for name, file in [('openpyxl', 'codes.xlsx'), ('LibreOffice', 'out/codes.xlsx'), ('calamine', 'codes.xlsx')]:
    if name == 'calamine':
        texts = [row[0] for row in CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()]
    else:
        texts = [row[0].value for row in openpyxl.load_workbook(file).active.iter_rows()]
    print(f'{name}:', *[json.dumps(text) for text in texts])
PY
node write.js
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to xlsx --outdir out codes.xlsx >convert.log 2>&1
seen=$(node read.js; venv/bin/python read.py)

known='exceljs: "QDA2026" "B\rC"
openpyxl: "QD_x0041_2026" "B_x000D_C"
LibreOffice: "QD_x0041_2026" "B\rC"
calamine: "QDA2026" "B\rC"'

echo "version:  exceljs 4.4.0 (writer and reader), openpyxl 3.1.5, python-calamine 0.9.1, $(soffice --version | head -n 1 | xargs) (the finding is from 7.4.7.2)"
echo "expected: exceljs reads back what it wrote, and the others agree with it: \"QD_x0041_2026\" \"B_x000D_C\""
printf 'seen:\n%s\n' "$seen"
if [ "$seen" != "$known" ]; then
  echo "CHANGED: this is not what the finding says" >&2
  exit 1
fi
