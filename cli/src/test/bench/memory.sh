#!/bin/bash
# All that reads whole traces, of a very big one in 512 MB: that it gets through, and says the same as with more.
#
#   memory.sh [TRACE [TESTS]]
#
# The bound is meant for 200 million events in mode lines, and 200 million in many tests (the default, recorded now,
# which takes minutes and half a gigabyte).

# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname "$0")/common.sh"

trace=${1-}
tests=${2:-$trace}
if [ -z "$trace" ]; then
    trace=$work/trace.bin
    tests=$work/tests.bin
    "$bench/make_trace.sh" 200000000 "$trace"
    PROGRAM=many_tests.py "$bench/make_trace.sh" 200000000 "$tests"
fi
# The other side of a comparison: a shorter name for the same events, and another run.
cp "$trace" "$work/other.bin"

measure() { # NAME COMMAND...
    local name=$1
    shift
    export TRACETOOL_JAVA_OPTS=
    note "$work/$name" "$tracetool" "$@" --force -o "$work/more"
    export TRACETOOL_JAVA_OPTS=-Xmx512m
    note "$work/$name.small" "$tracetool" "$@" --force -o "$work/less"
    cmp "$work/more" "$work/less"
    echo "$name with -Xmx512m: the same, in $(wall "$work/$name.small") s and $(cpu "$work/$name.small") processor" \
        "seconds (with more: $(wall "$work/$name") and $(cpu "$work/$name"))"
}

echo "$(count "$trace") events, and $(count "$tests") in tests"
measure report report "$trace"
measure by-test report --by test "$tests"
measure tree tree "$trace"
measure timeline timeline "$trace"
measure diff diff "$trace" "$work/other.bin"
measure summarize summarize "$tests"
measure merge merge "$trace" "$tests"
