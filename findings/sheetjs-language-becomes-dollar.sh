#!/usr/bin/env bash
# A number format that only names a language ("[$-42A]": Vietnamese) is shown with a dollar sign.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work" xlsx@0.18.5
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5 et_xmlfile==2.0.0

cat >write.py <<'PY'
import openpyxl

book = openpyxl.Workbook()
for row, (value, mask) in enumerate([(750, '#,##0'), (750, '[$-42A]#,##0'), (0.5, '[$-42A]0%'), (46267, '[$-42A]dd/mm/yyyy')], 1):
    book.active.cell(row, 1, value).number_format = mask
book.save('language.xlsx')
PY
cat >read.js <<'JS'
const { readFile, utils } = require('xlsx');
process.stdout.write(utils.sheet_to_csv(readFile('language.xlsx').Sheets.Sheet));
JS
venv/bin/python write.py
seen=$(node read.js)

known='750
$750
$50%
02/09/2026'

echo "version:  xlsx (SheetJS) 0.18.5, sheet_to_csv"
echo "expected: 750, 750, 50%, 02/09/2026; before the hyphen stands the currency, and there is none"
printf 'seen:\n%s\n' "$seen"
if [ "$seen" != "$known" ]; then
  echo "CHANGED: this is not what the finding says" >&2
  exit 1
fi
