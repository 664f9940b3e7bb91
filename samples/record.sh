#!/bin/sh
# Records the traces of this folder again: samples/record.sh [PYTHON]
#
# PYTHON is an interpreter itself, CPython 3.12 or later. A trace holds the names of the folders that the program and its
# interpreter are in, so both are run in a neutral one, which is made anew and removed.
set -eu
samples=$(cd "$(dirname "$0")" && pwd)
python=$(command -v "${1:-python3}")
work=/tmp/tracetool-sample
rm -rf "$work"
mkdir -p "$work" "$samples/traces"
trap 'rm -rf "$work"' EXIT
cp "$samples"/programs/*.py "$work"
ln -s "$python" "$work/python"
cd "$work"
# With a fixed seed, two recordings differ in times, addresses and numbers of processes only.
export PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1
"$samples/../tracetool" record --python "$work/python" -o tour.bin tour.py
"$samples/../tracetool" record --python "$work/python" -o warmup.bin --mode full generators.py
cp tour.bin "$samples/traces/tour.bin"
# What class-data sharing is made with: see Warmup.java.
cp warmup.bin "$samples/../cli/src/main/resources/dev/tracetool/cli/warmup.bin"
