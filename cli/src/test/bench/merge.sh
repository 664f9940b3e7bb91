#!/bin/bash
# `merge` of many summaries against a bare loop that reads, checks and decompresses them: wall and processor time. Both
# are whole processes with the same collector and compilers, the start of the JVM included.
#
#   merge.sh [FOLDER [ROUNDS]]
#
# The bound is meant for 1,000 summaries of 1,000 functions each (the default, recorded now, which takes minutes).

# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname "$0")/common.sh"

folder=${1-}
rounds=${2:-5}
export TRACETOOL_JAVA_OPTS=
if [ -z "$folder" ]; then
    mkdir "$work/traces" "$work/summaries"
    folder=$work/summaries
    "$tracetool" record -o "$work/traces/shard.bin" "$bench/many_shards.py" 1000 1000 1
    rm "$work/traces/shard.bin" # The parent, which ran none of it.
    for trace in "$work/traces"/*; do
        "$tracetool" summarize -o "$folder/$(basename "$trace" .bin).summary" "$trace"
    done
fi
compile_loops
for ((i = 0; i < rounds; i++)); do
    note "$work/loop" "$java" -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseParallelGC -cp "$work/loops" \
        dev.tracetool.bench.SectionsOnly "$folder"
    read=$(cat "$work/out")
    note "$work/merge" "$tracetool" merge --force -o "$work/all.summary" "$folder"
done
echo "$read; processor seconds: loop $(cpu "$work/loop"), merge $(cpu "$work/merge");" \
    "wall: loop $(wall "$work/loop"), merge $(wall "$work/merge"); into $(wc -c <"$work/all.summary") bytes"
missed=0
verdict 'merge / loop, wall time' "$(ratio "$(wall "$work/merge")" "$(wall "$work/loop")")" at-most 5 || missed=1
verdict 'merge / loop, processor time' "$(ratio "$(cpu "$work/merge")" "$(cpu "$work/loop")")" at-most 5 || missed=1
exit "$missed"
