# shellcheck shell=bash disable=SC2034 # Much is used by who sources this.
# For the scripts beside this one, which source it: set-up, and how they measure.
#
# What is measured is whole processes. The machine is noisy, so that the two sides of a ratio take turns and the median
# of each counts.

set -euo pipefail
export LC_ALL=C

bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$bench/../../../.." && pwd)
tracetool=$root/tracetool
jar=$root/cli/target/tracetool.jar
if [ -n "${JAVA_HOME-}" ]; then
    java=$JAVA_HOME/bin/java
else
    java=$(command -v java)
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Builds if there is no build, and makes the archive of loaded classes.
"$tracetool" --version >/dev/null

# The number of events of a trace.
count() { # TRACE
    "$tracetool" inspect --format json "$1" | sed -n 's/^  "events": *\([0-9][0-9]*\),*$/\1/p' | head -n 1
}

ratio() { # A B
    awk -v a="$1" -v b="$2" 'BEGIN { print a / b }'
}

# Compiles the loops of core that reports are measured against, for a class path of $work/loops and the jar.
compile_loops() {
    "${java}c" -cp "$jar" -sourcepath "$root/core/src/test/java" -d "$work/loops" "$root"/core/src/test/java/dev/tracetool/bench/*.java
}

# The wall, user and system seconds of a command, added to a file as a line.
note() { # FILE COMMAND...
    local file=$1
    shift
    TIMEFORMAT='%R %U %S'
    { time "$@" >"$work/out" 2>"$work/err"; } 2>>"$file" || {
        echo "failed: $*" >&2
        cat "$work/err" >&2
        exit 1
    }
}

# The median wall seconds of the lines of a file.
wall() { # FILE
    awk '{ print $1 }' "$1" | median
}

# The median processor seconds.
cpu() { # FILE
    awk '{ print $2 + $3 }' "$1" | median
}

median() {
    sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

# Says what came out beside its bound, and fails if that was missed.
verdict() { # WHAT VALUE at-most|at-least BOUND
    awk -v what="$1" -v value="$2" -v sense="$3" -v bound="$4" 'BEGIN {
        good = sense == "at-most" ? value <= bound : value >= bound
        printf "%s: %.2f, bound: %s %s: %s\n", what, value, sense, bound, good ? "met" : "MISSED"
        exit !good
    }'
}

"$java" -version 2>&1 | sed -n 1p
