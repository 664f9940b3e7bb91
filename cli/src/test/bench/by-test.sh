#!/bin/bash
# `report --by test` of a big trace with many tests against plain `report` of it: processor time. Then the former in 512 MB.
#
#   by-test.sh [TRACE [ROUNDS]]
#
# The bounds are meant for 50 million events in mode lines (the default, recorded now), and 200 million for memory.

# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname "$0")/common.sh"

trace=${1-}
rounds=${2:-5}
if [ -z "$trace" ]; then
    trace=$work/trace.bin
    PROGRAM=many_tests.py "$bench/make_trace.sh" 50000000 "$trace"
fi
export TRACETOOL_JAVA_OPTS=
missed=0
for ((i = 0; i < rounds; i++)); do
    note "$work/report" "$tracetool" report -o "$work/report.txt" --force "$trace"
    note "$work/tests" "$tracetool" report --by test -o "$work/tests.txt" --force "$trace"
done
events=$(count "$trace")
echo "$events events, $(sed -n 's/^  tests  *//p' "$work/tests.txt"), processor seconds: report $(cpu "$work/report")," \
    "by test $(cpu "$work/tests"); wall: report $(wall "$work/report"), by test $(wall "$work/tests")"
verdict 'report --by test / report, processor time' "$(ratio "$(cpu "$work/tests")" "$(cpu "$work/report")")" \
    at-most 1.5 || missed=1

export TRACETOOL_JAVA_OPTS=-Xmx512m
note "$work/small" "$tracetool" report --by test -o "$work/small.txt" --force "$trace"
cmp "$work/tests.txt" "$work/small.txt"
echo "report --by test with -Xmx512m: the same, in $(wall "$work/small") s"
exit "$missed"
