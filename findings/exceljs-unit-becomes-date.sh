#!/usr/bin/env bash
# A number whose format ends in an escaped unit ("0.00\ \h\a": hectares) is handed over as a day of the year 1900.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work" exceljs@4.4.0
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5 et_xmlfile==2.0.0

cat >write.py <<'PY'
import openpyxl

book = openpyxl.Workbook()
for row, mask in enumerate([r'0.00\ \h\a', '0.00" ha"', r'0.0\ \k\m', r'0\ \s\u\ấ\t'], 1):
    book.active.cell(row, 1, 120).number_format = mask
    book.active.cell(row, 2, mask)
book.save('area.xlsx')
PY
cat >read.js <<'JS'
const { Workbook } = require('exceljs');
const book = new Workbook();
book.xlsx.readFile('area.xlsx').then(() => {
  book.worksheets[0].eachRow((row) => {
    const value = row.getCell(1).value;
    console.log(`${row.getCell(2).value} -> ${value instanceof Date ? 'date ' + value.toISOString().slice(0, 10) : 'number ' + value}`);
  });
});
JS
venv/bin/python write.py
seen=$(node read.js)

known='0.00\ \h\a -> date 1900-04-29
0.00" ha" -> number 120
0.0\ \k\m -> date 1900-04-29
0\ \s\u\ấ\t -> date 1900-04-29'

echo "version:  exceljs 4.4.0, reading a workbook of openpyxl 3.1.5"
echo "expected: the number 120 in all four; a backslash makes the next letter plain text, as quotes do"
printf 'seen:\n%s\n' "$seen"
if [ "$seen" != "$known" ]; then
  echo "CHANGED: this is not what the finding says" >&2
  exit 1
fi
