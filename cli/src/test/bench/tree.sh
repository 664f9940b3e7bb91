#!/bin/bash
# `tree` of a big trace against `report` of it: processor time. Then `tree` of the same trace in 512 MB.
#
#   tree.sh [TRACE [ROUNDS]]
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
export TRACETOOL_JAVA_OPTS=
missed=0
for ((i = 0; i < rounds; i++)); do
    note "$work/report" "$tracetool" report -o "$work/report.txt" --force "$trace"
    note "$work/tree" "$tracetool" tree -o "$work/tree.txt" --force "$trace"
done
events=$(count "$trace")
echo "$events events, processor seconds: report $(cpu "$work/report"), tree $(cpu "$work/tree");" \
    "wall: report $(wall "$work/report"), tree $(wall "$work/tree")"
verdict 'tree / report, processor time' "$(ratio "$(cpu "$work/tree")" "$(cpu "$work/report")")" at-most 1.5 || missed=1

export TRACETOOL_JAVA_OPTS=-Xmx512m
note "$work/small" "$tracetool" tree -o "$work/small.txt" --force "$trace"
cmp "$work/tree.txt" "$work/small.txt"
echo "tree with -Xmx512m: the same, in $(wall "$work/small") s"
exit "$missed"
