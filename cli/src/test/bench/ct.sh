#!/bin/bash
# CodeTracer's container: steps a second on one core, with their calls put between them, in 256 MB.
#
#   ct.sh [STEPS [ROUNDS]]
#
# The file is written by the writer of the tests: calls of 20 steps, with columns. It is read again and again in one
# virtual machine, whole, through the interface that all commands use, with its calls; of the second half of the rounds
# the best counts, in processor time. A million steps take 20 ms: in a virtual machine that has just started most of
# that would be the time of its compiler. What that costs a user tells a file ten times as long, read once in a new one;
# that has no bound.
#
# Who shares caches and execution units is in the figures, and makes them worse only: the median is told beside the best.
# On a machine on which nothing else runs they are 2 to 4 % apart, on one that is shared 40 %.

# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname "$0")/common.sh"

steps=${1:-1000000}
rounds=${2:-100}
compile_loops
loop() {
    "$java" -Xmx1g -cp "$work/loops:$jar" dev.tracetool.bench.CtSteps "$@"
}
loop write "$work/t.ct" "$steps"
ls -l "$work/t.ct" | awk '{ print $5 " bytes" }'

one=
! command -v taskset >/dev/null || one='taskset -c 0'
$one "$java" -Xmx256m -XX:+UseSerialGC -cp "$work/loops:$jar" dev.tracetool.bench.CtSteps \
    read "$work/t.ct" "$steps" "$rounds" | tee "$work/speed"
echo "$steps steps with their calls (${one:-all cores})"

loop write "$work/long.ct" $((10 * steps))
$one "$java" -Xmx256m -XX:+UseSerialGC -cp "$work/loops:$jar" dev.tracetool.bench.CtSteps \
    read "$work/long.ct" $((10 * steps)) 1 | sed -n 's/^first: \(.*\)/\1 in a file ten times as long, read once by a new virtual machine/p'
verdict 'million steps a second' "$(sed -n 's/^best: //p' "$work/speed")" at-least 50
