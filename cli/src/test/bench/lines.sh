#!/bin/bash
# `lines --stdin`: answers a second on one core, text in and out, the start of the JVM included.
#
#   lines.sh [QUESTIONS [ROUNDS]]

# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname "$0")/common.sh"

questions=${1:-20000000}
rounds=${2:-5}
trace=$root/samples/traces/tour.bin
codes=$("$tracetool" inspect --format json "$trace" | sed -n 's/.*"code_objects": *\([0-9]*\).*/\1/p' | head -n 1)
awk -v n="$questions" -v codes="$codes" 'BEGIN {
    srand(1)
    for (i = 0; i < n; i++) printf "%d %d\n", rand() * codes, 2 * int(rand() * 40)
}' >"$work/questions"

one=
! command -v taskset >/dev/null || one='taskset -c 0'
ask() {
    $one "$tracetool" lines --stdin "$trace" <"$work/questions" >"$work/answers"
}
for ((i = 0; i < rounds; i++)); do
    note "$work/lines" ask
done
[ "$(wc -l <"$work/answers")" = "$questions" ]
echo "$questions answers in $(wall "$work/lines") s (${one:-all cores})"
verdict 'thousand answers a second' "$(ratio "$((questions / 1000))" "$(wall "$work/lines")")" at-least 3000
