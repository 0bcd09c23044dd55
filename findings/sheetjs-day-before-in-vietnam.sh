#!/usr/bin/env bash
# On a machine that is set to Vietnam's time, every date that is read as a Date falls on the day before.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work" xlsx@0.18.5
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5 et_xmlfile==2.0.0

cat >write.py <<'PY'
import datetime
import openpyxl

book = openpyxl.Workbook()
for row, day in enumerate([datetime.date(2026, 9, 2), datetime.date(1985, 1, 21)], 1):
    book.active.cell(row, 1, day).number_format = 'dd/mm/yyyy'
book.save('days.xlsx')
PY
cat >read.js <<'JS'
const { readFile } = require('xlsx');
const sheet = readFile('days.xlsx', { cellDates: true }).Sheets.Sheet;
const two = (number) => String(number).padStart(2, '0');
for (const place of ['A1', 'A2']) {
  const day = sheet[place].v;
  console.log(`${process.env.TZ}: ${two(day.getDate())}/${two(day.getMonth() + 1)}/${day.getFullYear()} ${two(day.getHours())}:${two(day.getMinutes())}:${two(day.getSeconds())}`);
}
JS
venv/bin/python write.py
seen=$(for zone in UTC Asia/Ho_Chi_Minh; do TZ=$zone node read.js; done)

known='UTC: 02/09/2026 00:00:00
UTC: 21/01/1985 00:00:00
Asia/Ho_Chi_Minh: 01/09/2026 23:59:30
Asia/Ho_Chi_Minh: 20/01/1985 23:59:30'

echo "version:  xlsx (SheetJS) 0.18.5, cellDates: true, node $(node --version)"
echo "expected: midnight of 02/09/2026 and 21/01/1985, local time, in both zones"
printf 'seen:\n%s\n' "$seen"
if [ "$seen" != "$known" ]; then
  echo "CHANGED: this is not what the finding says" >&2
  exit 1
fi
