#!/bin/bash
# `report` of traces of CodeTracer's recorders: trace.bin v0 against a bare loop that unpacks it and adds its words up, and
# how many megabytes of trace.json are read in a second; processor time of one thread, warm. Then `report` of both, whole
# processes, in 256 MB.
#
#   codetracer.sh [V0 [JSON]]
#
# The bounds are meant for a v0 of 22,547 records (19 MB unpacked), which stands beside the checkout where there are such
# files, and for 40 MB of JSON (the default, made now).

# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname "$0")/common.sh"

v0=${1:-$root/../shared/data/codetracer/derived/purepy_sudoku/trace.v0.bin}
json=${2-}
compile_loops
speed() {
    "$java" -cp "$work/loops:$jar" dev.tracetool.bench.CodetracerSpeed "$@"
}
if [ -z "$json" ]; then
    json=$work/trace.json
    speed make "$json" 40
fi
missed=0

if [ -e "$v0" ]; then
    answer=$(speed capnp "$v0")
    echo "v0: $answer"
    verdict 'report of v0 / unpacking and one pass' "${answer##* }" at-most 3 || missed=1
else
    echo "v0: not measured, for there is no $v0" >&2
    missed=1
fi
answer=$(speed rate "$json")
verdict 'report of JSON, MB/s' "${answer%% *}" at-least 100 || missed=1

for trace in "$json" "$v0"; do
    if [ -e "$trace" ]; then
        export TRACETOOL_JAVA_OPTS=
        note "$work/more" "$tracetool" report -o "$work/more.txt" --force "$trace"
        export TRACETOOL_JAVA_OPTS=-Xmx256m
        note "$work/less" "$tracetool" report -o "$work/less.txt" --force "$trace"
        cmp "$work/more.txt" "$work/less.txt"
        echo "report of $(basename "$trace") with -Xmx256m: the same, in $(wall "$work/less") s"
    fi
done
exit "$missed"
