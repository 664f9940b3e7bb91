#!/bin/bash
# `merge` of very many tiny shards, and of many large ones, in little memory and with few open files.
#
#   shards.sh [TINY [LARGE]]
#
# Each is a trace of its own process. The bounds are meant for 68,000 tiny shards, of one call each, and 1,000 large ones,
# of 1,000 functions and a hundred thousand events each (the default, recorded now, which takes minutes).

# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname "$0")/common.sh"

tiny=${1:-68000}
large=${2:-1000}
export TRACETOOL_JAVA_OPTS=
missed=0

record() { # FOLDER SHARDS FUNCTIONS CALLS
    mkdir "$work/$1"
    "$tracetool" record -o "$work/$1/shard.bin" "$bench/many_shards.py" "$2" "$3" "$4"
    # The parent, which ran none of it.
    rm "$work/$1/shard.bin"
    found=$(find "$work/$1" -type f | wc -l)
    [ "$found" = "$2" ] || {
        echo "recorded $found shards, not $2" >&2
        exit 1
    }
}

# With few open files: the JVM itself has about 20.
# shellcheck disable=SC2317 # It is called by note.
merge() { # FOLDER
    (
        ulimit -n 64
        exec "$tracetool" merge --force -o "$work/$1.summary" "$work/$1"
    )
}

measure() { # FOLDER SHARDS MEMORY
    export TRACETOOL_JAVA_OPTS=-Xmx$3
    note "$work/$1.time" merge "$1"
    [ ! -s "$work/err" ] || {
        cat "$work/err" >&2
        exit 1
    }
    export TRACETOOL_JAVA_OPTS=
    "$tracetool" report -o "$work/$1.txt" "$work/$1.summary"
    local merged
    merged=$("$tracetool" report --format json "$work/$1.summary" | grep -c '"started_at"') || :
    echo "$2 $1 shards of $(du -sb "$work/$1" | cut -f 1) bytes, -Xmx$3, 64 open files: $(wall "$work/$1.time") s," \
        "$(cpu "$work/$1.time") processor seconds; a summary of $(wc -c <"$work/$1.summary") bytes, of $merged runs"
    [ "$merged" = "$2" ] || missed=1
}

record tiny "$tiny" 1 1
measure tiny "$tiny" 512m
record large "$large" 1000 20
measure large "$large" 128m
exit "$missed"
