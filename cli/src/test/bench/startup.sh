#!/bin/bash
# `inspect` of a small file, warm, against a JVM that prints a line: wall time.
#
#   startup.sh [ROUNDS]

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
ratio=$(awk -v a="$(wall "$work/inspect")" -v b="$(wall "$work/hello")" 'BEGIN { print a / b }')
verdict 'inspect / hello world' "$ratio" at-most 3.5
