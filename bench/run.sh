#!/bin/sh
# Measures the bounds that tracetool is held to, each as a ratio or a rate within this run. Two inputs:
#
#   bench/run.sh [TRACE]
#
# TRACE is a trace of some 50 million events; without it, many_events.py is recorded (PYTHON=... names the interpreter).
# What is printed is CPU time of whole processes, user and system, best of five.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$here/..
tool=$root/tracetool
work=${TMPDIR:-/tmp}/tracetool-bench
mkdir -p "$work"
"$tool" --version >/dev/null
(cd "$root" && mvn -q -B -pl core test-compile -Dspotless.check.skip)

trace=${1-$work/many.bin}
if [ ! -f "$trace" ]; then
    echo "recording $trace ..."
    "$tool" record --all ${PYTHON:+--python "$PYTHON"} -o "$trace" "$here/many_events.py" 240
fi

# Best CPU seconds of five runs.
cpu() {
    for _ in 1 2 3 4 5; do
        # The time of this subshell's children, as the shell itself knows it.
        (
            "$@" >/dev/null 2>&1
            times >"$work/times"
            tail -1 "$work/times"
        )
    done | sed 's/[ms]/ /g' | awk '{ t = $1 * 60 + $2 + $3 * 60 + $4; if (!n++ || t < best) best = t } END { print best }'
}

ratio() { awk "BEGIN { printf \"%.2f\", $1 / $2 }"; }

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
floor=$(cpu "$java" -XX:+UseParallelGC -cp "$root/core/target/test-classes" dev.tracetool.bench.InflateOnly "$trace")
report=$(cpu "$tool" report "$trace")
echo "report: $report s of CPU, $(ratio "$report" "$floor") times reading and decompressing ($floor s); bound 2"

events=$("$tool" inspect --format json "$trace" | sed -n 's/^  "events": \([0-9]*\),$/\1/p')
bytes=$(wc -c <"$trace")
echo "file: $(ratio "$bytes" "$events") bytes per event of $events; bound 1"

TRACETOOL_JAVA_OPTS=-Xmx256m "$tool" report "$trace" "$trace" "$trace" "$trace" >/dev/null &&
    echo "memory: four times the trace, -Xmx256m: done"

awk 'BEGIN { srand(1); for (i = 0; i < 6000000; i++) print int(rand() * 20), 2 * int(rand() * 50) }' >"$work/questions"
one=
! command -v taskset >/dev/null || one='taskset -c 0'
answers=$(cpu sh -c "$one '$tool' lines '$trace' --stdin <'$work/questions'")
echo "lines --stdin: $(ratio 6 "$answers") million answers a second, start-up included; bound 3"

cat >"$work/Hello.java" <<'J'
public class Hello {
    public static void main(String[] args) {
        System.out.println("hello world");
    }
}
J
"${java}c" -d "$work" "$work/Hello.java"
wall() {
    for _ in 1 2 3 4 5 6 7 8 9; do
        start=$(date +%s%N)
        "$@" >/dev/null
        echo $(($(date +%s%N) - start))
    done | sort -n | head -1
}
hello=$(wall "$java" -cp "$work" Hello)
inspect=$(wall "$tool" inspect "$root/samples/traces/tour.bin")
echo "inspect: $(ratio "$inspect" "$hello") times a hello world ($((hello / 1000000)) ms); bound 3.5"
