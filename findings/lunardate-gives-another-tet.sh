#!/usr/bin/env bash
# The first day of the lunar year is not one day in Beijing and Hanoi: off by a day in 2007 and 2030, by a month in 1985.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check lunardate==0.3.0 holidays==0.109 python-dateutil==2.9.0.post0 six==1.17.0

cat >tet.py <<'PY'
import warnings
import holidays
import lunardate

warnings.simplefilter('ignore', DeprecationWarning)
for year in [1985, 2007, 2026, 2030]:
    chinese = lunardate.LunarDate(year, 1, 1).to_solar_date()
    vietnamese = next(day for day, name in sorted(holidays.Vietnam(years=year, language='vi').items()) if name == 'Tết Nguyên Đán')
    print(f'{year}: lunardate {chinese:%d/%m}, holidays {vietnamese:%d/%m}')
PY
seen=$(venv/bin/python tet.py)

known='1985: lunardate 20/02, holidays 21/01
2007: lunardate 18/02, holidays 17/02
2026: lunardate 17/02, holidays 17/02
2030: lunardate 03/02, holidays 02/02'

echo "version:  lunardate 0.3.0, beside holidays 0.109 (Vietnam)"
echo "expected: one day a year; both speak of the first day of the same lunar year"
printf 'seen:\n%s\n' "$seen"
if [ "$seen" != "$known" ]; then
  echo "CHANGED: this is not what the finding says" >&2
  exit 1
fi
