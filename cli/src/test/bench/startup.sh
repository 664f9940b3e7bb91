#!/bin/bash
# `inspect` of a small file, warm, against a JVM that prints a line: wall time.
#
#   startup.sh [ROUNDS]

# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname "$0")/common.sh"

rounds=${1:-21}
trace=$root/samples/traces/tour.bin
cat >"$work/Hello.java" <<'JAVA'
public class Hello {
    public static void main(String[] args) {
        System.out.println("Hello, world");
    }
}
JAVA
"${java}c" -d "$work" "$work/Hello.java"

for ((i = 0; i < rounds; i++)); do
    note "$work/hello" "$java" -cp "$work" Hello
    note "$work/inspect" "$tracetool" inspect "$trace"
done
echo "hello $(wall "$work/hello") s, inspect $(wall "$work/inspect") s"
verdict 'inspect / hello world' "$(ratio "$(wall "$work/inspect")" "$(wall "$work/hello")")" at-most 3.5
