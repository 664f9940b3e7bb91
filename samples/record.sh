#!/bin/sh
# Records samples/traces from samples/programs:
#
#   samples/record.sh [PYTHON]
#
# PYTHON is an interpreter itself, CPython 3.12 or later (default: python3). A trace holds the names of the folders that
# the program and its interpreter ran in, so both run in a neutral one, /tmp/tracetool-sample, which is made anew and
# removed. The interpreter's version and the name of the host are in the trace too.

set -eu

samples=$(cd "$(dirname "$0")" && pwd)
python=$(command -v "${1-python3}")
work=/tmp/tracetool-sample

rm -rf "$work"
mkdir -p "$samples/traces" "$work"
trap 'rm -rf "$work"' EXIT
cp "$samples"/programs/*.py "$work"
ln -s "$python" "$work/python"
cd "$work"
# With a fixed hash seed two recordings differ in times, addresses and process ids only.
PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1 \
    "$samples/../tracetool" record --python "$work/python" --force -o tour.bin tour.py
mv tour.bin "$samples/traces/tour.bin"
