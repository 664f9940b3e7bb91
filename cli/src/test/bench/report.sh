#!/bin/bash
# `report` of a big trace against a bare loop that reads and decompresses the same blocks: processor time. Then how many
# cores it used, and `report` of the same trace in 256 MB.
#
#   report.sh [TRACE [ROUNDS]]
#
# The bounds are meant for 50 million events in mode lines (the default, recorded now), and 200 million for memory:
# make_trace.sh makes either.

# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname "$0")/common.sh"

trace=${1-}
rounds=${2:-5}
if [ -z "$trace" ]; then
    trace=$work/trace.bin
    "$bench/make_trace.sh" 50000000 "$trace"
fi
compile_loops
export TRACETOOL_JAVA_OPTS=
missed=0
for ((i = 0; i < rounds; i++)); do
    note "$work/loop" "$java" -XX:+UseSerialGC -cp "$work/loops" dev.tracetool.bench.InflateOnly "$trace"
    note "$work/read" "$java" -XX:+UseParallelGC -cp "$work/loops:$jar" dev.tracetool.bench.ReadOnly "$trace"
    note "$work/report" "$tracetool" report -o "$work/report.txt" --force "$trace"
done
events=$(count "$trace")
echo "$events events, processor seconds: loop $(cpu "$work/loop"), read $(cpu "$work/read")," \
    "report $(cpu "$work/report"); wall: loop $(wall "$work/loop"), report $(wall "$work/report")"
verdict 'report / loop, processor time' "$(ratio "$(cpu "$work/report")" "$(cpu "$work/loop")")" at-most 2 || missed=1
verdict 'cores that report used' "$(ratio "$(cpu "$work/report")" "$(wall "$work/report")")" at-least 1.3 || missed=1

export TRACETOOL_JAVA_OPTS=-Xmx256m
note "$work/small" "$tracetool" report -o "$work/small.txt" --force "$trace"
cmp "$work/report.txt" "$work/small.txt"
echo "report with -Xmx256m: the same, in $(wall "$work/small") s"
exit "$missed"
