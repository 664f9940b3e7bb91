#!/bin/bash
# Records a trace of about so many events, in mode lines: the standard library at work on its own source files.
#
#   make_trace.sh EVENTS FILE [RECORD OPTION...]

# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname "$0")/common.sh"

events=$1
file=$2
shift 2

# Nearly all files of the standard library are of one size, as seen by twenty of them.
record() { # FILES FILE [RECORD OPTION...]
    local files=$1 file=$2
    shift 2
    "$tracetool" record --force --all -o "$file" "$@" "$bench/many_events.py" "$files"
}

record 20 "$work/probe.bin" "$@"
few=$(count "$work/probe.bin")
record $((events * 20 / few + 1)) "$file" "$@"
echo "$file: $(count "$file") events, $(wc -c <"$file") bytes"
