package dev.tracetool.cli.inspect;

import static dev.tracetool.cli.HostileText.HOSTILE_FILE;
import static dev.tracetool.cli.HostileText.HOSTILE_NAME;
import static dev.tracetool.testing.PycWriter.listOf;
import static dev.tracetool.testing.PycWriter.setOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.cli.Cli;
import dev.tracetool.cli.TinyTrace;
import dev.tracetool.testing.PycWriter;
import dev.tracetool.testing.PycWriter.Code;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCodeTest {
    @TempDir
    Path folder;

    private Path pyc(int minor, Code module) throws IOException {
        return Files.write(folder.resolve("m.pyc"), PycWriter.file(minor, module));
    }

    private static Code module() {
        Code method = new Code("m");
        method.filename = "/src/m.py";
        method.qualname = "C.m";
        method.firstLine = 7;
        method.argCount = 2;
        method.positionalOnly = 1;
        method.keywordOnly = 1;
        method.flags = 0x0F;
        method.stackSize = 4;
        method.bytecode = new byte[8];
        method.localsPlus = listOf("self", "x", "k", "args", "kw", "__class__");
        method.kinds = new byte[] {0x20, 0x60, 0x20, 0x20, 0x20, (byte) 0x80};
        method.constants = listOf("it's\n", 1.5, new byte[] {0, 65}, setOf(1), BigInteger.ONE.shiftLeft(64));
        method.lineTable =
                new byte[] {(byte) (0x80 | 13 << 3), 2, (byte) (0x80 | 15 << 3), (byte) (0x80 | 13 << 3 | 1), 2};
        method.exceptionTable = new byte[] {(byte) 0x80, 2, 3, 5};
        Code module = new Code("<module>");
        module.flags = 0;
        module.filename = "/src/m.py";
        module.constants = listOf(method, null);
        module.names = listOf("print", "C");
        return module;
    }

    @Test
    void should_tell_everything_of_the_code_objects_that_were_asked_for() throws IOException {
        Path file = pyc(13, module());

        Cli.Result result = Cli.run("inspect", "--code", "0", "--code", "1", file);

        assertEquals("", result.err());
        assertEquals(0, result.exitCode());
        assertEquals(
                file + """

                  format        pyc 3571
                  size          %SIZE% bytes
                  python        cpython 3.13
                  events        none: it holds code, and not a run of it
                  code objects  2 of 1 file

                  compiled
                  magic number  release  checked by     source time           source bytes  source hash
                         3,571  yes      time and size  2023-11-14T22:13:20Z            77  -

                  code 0: <module>
                  file             /src/m.py
                  first line       1
                  name             <module>
                  in code          -
                  id               -
                  arguments        0
                  flags            0x0
                  local variables  0
                  stack size       1
                  bytecode         4 bytes
                  variables        none
                  cell variables   none
                  free variables   none
                  names            print C
                  digest           #

                  constant  type      value
                         0  code      code 1 C.m
                         1  NoneType  None

                  start  end  line
                      0    4     1

                  exception table: none

                  code 1: C.m
                  file             /src/m.py
                  first line       7
                  name             m
                  in code          0
                  id               -
                  arguments        2, 1 of them positional-only, 1 keyword-only, *args, **kwargs
                  flags            0xf OPTIMIZED NEWLOCALS VARARGS VARKEYWORDS
                  local variables  5
                  stack size       4
                  bytecode         8 bytes
                  variables        self x k args kw
                  cell variables   x
                  free variables   __class__
                  names            none
                  digest           #

                  constant  type       value
                         0  str        "it's\\n"
                         1  float      1.5
                         2  bytes      b'\\x00A'
                         3  frozenset  frozenset({1})
                         4  int        18446744073709551616

                  start  end  line
                      0    2     8
                      2    4  none
                      4    8     9

                  start  end  handler  depth  lasti
                      0    4        6      2  yes
                """.replace("%SIZE%", "" + Files.size(file)),
                result.out().replaceAll("digest( +)[0-9a-f]{32}", "digest$1#"));
    }

    @Test
    void should_write_the_same_in_json() throws IOException {
        Path file = pyc(13, module());

        Cli.Result result = Cli.run("inspect", "--code=1", "--format=json", file);

        String out = result.out();
        assertEquals("", result.err());
        assertEquals(
                """
                  "code": [
                    {
                      "index": 1,
                      "id": null,
                      "parent": 0,
                      "file": "/src/m.py",
                      "qualname": "C.m",
                      "name": "m",
                      "first_line": 7,
                      "arg_count": 2,
                      "positional_only_count": 1,
                      "keyword_only_count": 1,
                      "local_count": 5,
                      "stack_size": 4,
                      "flags": 15,
                      "flag_names": [
                        "OPTIMIZED",
                        "NEWLOCALS",
                        "VARARGS",
                        "VARKEYWORDS"
                      ],
                      "code_bytes": 8,
                      "bytecode": "0000000000000000",
                      "digest": "#",
                      "variables": [
                        "self",
                        "x",
                        "k",
                        "args",
                        "kw"
                      ],
                      "cell_variables": [
                        "x"
                      ],
                      "free_variables": [
                        "__class__"
                      ],
                      "names": [],
                      "constants": [
                        {
                          "type": "str",
                          "repr": "\\"it's\\\\n\\"",
                          "code": null
                        },
                """,
                out.substring(out.indexOf("  \"code\": ["), out.indexOf("        {\n          \"type\": \"float\""))
                        .replaceAll("digest\": \"[0-9a-f]{32}", "digest\": \"#"));
        assertTrue(out.contains("""
                      "lines": [
                        {
                          "start_offset": 0,
                          "end_offset": 2,
                          "line": 8
                        },
                        {
                          "start_offset": 2,
                          "end_offset": 4,
                          "line": null
                        },
                        {
                          "start_offset": 4,
                          "end_offset": 8,
                          "line": 9
                        }
                      ],
                      "exception_table": [
                        {
                          "start_offset": 0,
                          "end_offset": 4,
                          "target_offset": 6,
                          "depth": 2,
                          "lasti": true
                        }
                      ],
                      "exception_table_malformed_at": null
                    }
                  ],
                """), out);
    }

    @Test
    void should_leave_unknown_what_a_trace_does_not_hold() throws IOException {
        Path file = TinyTrace.sample().writeTo(folder.resolve("t"));

        String text = Cli.run("inspect", "--code", "1", file).out();
        String json =
                Cli.run("inspect", "--code", "1", "--format", "json", file).out();

        assertTrue(text.endsWith("""

                  code 1: Decoder.decode
                  file             /app/codec.py
                  first line       10
                  name             Decoder.decode
                  in code          -
                  id               0x7f80
                  arguments        2
                  flags            0x3 OPTIMIZED NEWLOCALS
                  local variables  -
                  stack size       -
                  bytecode         14 bytes
                  variables        none
                  cell variables   -
                  free variables   -
                  names            -
                  digest           -

                  constants: -

                  start  end  line
                      0    4    11
                      4   10    12
                     10   14  none

                  exception table: -
                """), text);
        for (String member : new String[] {
            "local_count",
            "stack_size",
            "bytecode",
            "digest",
            "cell_variables",
            "free_variables",
            "names",
            "constants",
            "exception_table",
            "exception_table_malformed_at"
        }) {
            assertTrue(json.contains("\"" + member + "\": null"), member);
        }
    }

    @Test
    void should_fail_for_an_index_that_is_not_there() throws IOException {
        Path file = pyc(13, module());
        for (String format : new String[] {"text", "json"}) {
            Cli.Result result = Cli.run("inspect", "--code", "1", "--code", "7", "--format", format, file);
            assertEquals("tracetool: " + file + ": has no code object 7; the last one is 1\n", result.err());
            assertEquals("", result.out());
            assertEquals(3, result.exitCode());
        }
        assertEquals(2, Cli.run("inspect", "--code", "x", file).exitCode());
    }

    /** What an index means depends on the trace: others are shown. */
    @Test
    void should_show_the_traces_that_have_the_index() throws IOException {
        Path file = pyc(13, module());
        Path small = Files.write(folder.resolve("s.pyc"), PycWriter.file(13, new Code("m")));

        Cli.Result result = Cli.run("inspect", "--code", "1", "--format", "json", small, file);

        assertEquals("tracetool: " + small + ": has no code object 1; the last one is 0\n", result.err());
        assertEquals(3, result.exitCode());
        assertTrue(result.out().contains("\"qualname\": \"C.m\""), result.out());
    }

    @Test
    void should_cut_names_that_nobody_wrote_in_text() throws IOException {
        Code code = new Code("x".repeat(100_000));
        code.names = new ArrayList<>(Collections.nCopies(50_000, "name"));

        String out = Cli.run("inspect", "--code", "0", pyc(13, code)).ok();

        assertTrue(out.length() < 100_000, "" + out.length());
        assertTrue(out.contains("name name and 47,999 more\n"), out.substring(out.length() - 300));
    }

    @Test
    void should_keep_hostile_names_and_constants_harmless() throws IOException {
        Code code = new Code(HOSTILE_NAME);
        code.filename = HOSTILE_FILE;
        code.qualname = HOSTILE_NAME + "\u202e";
        code.constants = listOf(HOSTILE_FILE, HOSTILE_NAME, listOf(HOSTILE_NAME, "\u001b]0;x\u0007\u2028"));
        code.names = listOf(HOSTILE_NAME, "\u001b[31m");
        code.localsPlus = listOf(HOSTILE_FILE, HOSTILE_NAME, HOSTILE_NAME);
        code.kinds = new byte[] {0x20, 0x40, (byte) 0x80};
        Code module = new Code("::error::m");
        module.constants = listOf(code);
        Path file = pyc(12, module);

        for (String format : new String[] {"text", "json"}) {
            Cli.Result result = Cli.run("inspect", "--codes", "--code", "0", "--code", "1", "--format", format, file);
            assertEquals("", result.err());
            String out = result.out();
            assertTrue(out.codePoints().allMatch(c -> c == '\n' || c >= ' ' && c != 0x7F), out);
            for (String bad : new String[] {"\u202e", "\u2028", "\u0007", "##[group]"}) {
                assertFalse(out.contains(bad), out);
            }
            assertFalse(out.lines().anyMatch(line -> line.strip().startsWith("::")), out);
        }
    }

    @Test
    void should_say_where_a_table_is_none() throws IOException {
        Code code = new Code("f");
        code.lineTable = new byte[] {1};
        code.exceptionTable = new byte[] {(byte) 0x80, 1, 1, 0, (byte) 0x80};
        Path file = pyc(13, code);

        Cli.Result text = Cli.run("inspect", "--code", "0", file);
        Cli.Result json = Cli.run("inspect", "--code", "0", "--format", "json", file);

        assertTrue(text.out().endsWith("""

                  line table: -

                  start  end  handler  depth  lasti
                      0    2        2      0  no
                  the exception table is malformed from its byte 4 on
                """), text.out());
        assertTrue(json.out().contains("\"lines\": null"), json.out());
        assertTrue(json.out().contains("\"exception_table_malformed_at\": 4"), json.out());
    }
}
