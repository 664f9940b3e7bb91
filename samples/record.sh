#!/bin/sh
# Records the traces of this folder again: samples/record.sh [PYTHON]
# They are made in a folder of a neutral name, because a trace names the files that ran.
set -eu
samples=$(cd "$(dirname "$0")" && pwd)
python=${1:-python3}
work=/tmp/tracetool-sample
rm -rf "$work"
mkdir "$work"
cp "$samples"/programs/*.py "$work"
cd "$work"
"$samples/../tracetool" record --force --python "$python" -o tour.bin tour.py
"$samples/../tracetool" record --force --python "$python" -o warmup.bin --mode full generators.py
mkdir -p "$samples/traces"
cp tour.bin "$samples/traces/tour.bin"
# What class-data sharing is made with: see Warmup.java.
cp warmup.bin "$samples/../cli/src/main/resources/dev/tracetool/cli/warmup.bin"
rm -rf "$work"
