#!/usr/bin/env bash
# An amount in Vietnamese words: minus five reads "mười lăm" (fifteen), 1.005 reads "một" (one).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check num2words==0.5.14 docopt==0.6.2

cat >words.py <<'PY'
from num2words import num2words

for number in [5, 15, -5, -12, -0.5, 0.5, 1.005]:
    print(f"{number}: {num2words(number, lang='vi')}")
PY
seen=$(venv/bin/python words.py)

known='5: năm
15: mười lăm
-5: mười lăm
-12: tám
-0.5: không phẩy năm mươi
0.5: không phẩy năm mươi
1.005: một'

echo "version:  num2words 0.5.14, lang='vi'"
echo "expected: the sign in words (âm năm, âm mười hai, âm không phẩy năm), an error, or at least no other number's words"
printf 'seen:\n%s\n' "$seen"
if [ "$seen" != "$known" ]; then
  echo "CHANGED: this is not what the finding says" >&2
  exit 1
fi
