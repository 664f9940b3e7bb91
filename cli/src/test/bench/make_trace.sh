#!/bin/bash
# Records a trace of about so many events, in mode lines: the sample programs, again and again.
#
#   make_trace.sh EVENTS FILE [RECORD OPTION...]

# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname "$0")/common.sh"

events=$1
file=$2
shift 2

record() { # TIMES FILE [RECORD OPTION...]
    local times=$1 file=$2
    shift 2
    PYTHONPATH=$root/samples/programs "$tracetool" record --force -o "$file" "$@" -c "
import errors, generators, recursion, same_names, shapes
for _ in range($times):
    for program in errors, generators, recursion, same_names, shapes:
        program.run()
"
}

# What is there once, such as the imports, counts little among twenty rounds.
record 20 "$work/probe.bin" "$@"
few=$(count "$work/probe.bin")
record $((events * 20 / few + 1)) "$file" "$@"
echo "$file: $(count "$file") events, $(wc -c <"$file") bytes"
