#!/bin/bash
# `diff` of two big traces against `report` of each: processor time.
#
#   diff.sh [TRACE [ROUNDS]]
#
# The other trace is a copy of the first, so that every function is on both sides and none changed; the bound is meant
# for 50 million events in mode lines (the default, recorded now).

# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname "$0")/common.sh"

trace=${1-}
rounds=${2:-5}
if [ -z "$trace" ]; then
    trace=$work/trace.bin
    "$bench/make_trace.sh" 50000000 "$trace"
fi
cp "$trace" "$work/other.bin"
export TRACETOOL_JAVA_OPTS=
for ((i = 0; i < rounds; i++)); do
    note "$work/report" "$tracetool" report -o "$work/report.txt" --force "$trace"
    note "$work/diff" "$tracetool" diff -o "$work/diff.txt" --force "$trace" "$work/other.bin"
done
grep -q '^Nothing changed.$' "$work/diff.txt"
events=$(count "$trace")
both=$(awk -v one="$(cpu "$work/report")" 'BEGIN { print 2 * one }')
echo "2 x $events events, processor seconds: two reports $both, diff $(cpu "$work/diff");" \
    "wall: report $(wall "$work/report"), diff $(wall "$work/diff")"
verdict 'diff / two reports, processor time' "$(ratio "$(cpu "$work/diff")" "$both")" at-most 1.5
