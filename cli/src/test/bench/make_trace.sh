#!/bin/bash
# Records a trace of at least so many events, in mode lines: the standard library at work on its own source files.
#
#   make_trace.sh EVENTS FILE [RECORD OPTION...]
#
# PROGRAM=many_tests.py records it with a test for each source file.

# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname "$0")/common.sh"

events=$1
file=$2
shift 2

record() { # FILES
    "$tracetool" record --force --all -o "$file" "${options[@]}" "$bench/${PROGRAM:-many_events.py}" "$1"
    found=$(count "$file")
}

options=("$@")
files=20
record $files
# Files of the standard library are of many sizes: a few of them tell only about how many it takes.
while [ "$found" -lt "$events" ]; do
    files=$((events * files / found + files / 20 + 1))
    record $files
done
echo "$file: $found events, $(wc -c <"$file") bytes"
