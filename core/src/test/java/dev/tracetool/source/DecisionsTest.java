package dev.tracetool.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DecisionsTest {
    /** Each as {@code line>entered|otherwise}; lines that stand in the set have no code. */
    private static String of(Set<Integer> without, String... lines) throws SourceSyntaxException {
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        List<Decision> found = Decisions.of(SourceText.of(bytes), line -> !without.contains(line));
        return found.stream()
                .map(d -> d.line() + ">" + d.entered() + "|" + d.otherwise())
                .collect(Collectors.joining(" "));
    }

    private static String of(String... lines) throws SourceSyntaxException {
        return of(Set.of(), lines);
    }

    @Test
    void a_choice_goes_on_in_its_suite_or_at_the_next_clause_or_behind_the_last() throws SourceSyntaxException {
        assertEquals("1>2|3", of("if a:", "    b", "c"));
        assertEquals("1>2|3 3>4|6", of("if a:", "    b", "elif c:", "    d", "else:", "    e", "f"));
        assertEquals("1>2|-1", of("if a:", "    b"));
        assertEquals("2>3|4", of("def f():", "    if a:", "        b", "    c"));
        assertEquals("2>3|-1", of("def f():", "    if a:", "        b", "c"));
        assertEquals("5>6|-3", of("x", "", "@d", "def f():", "    if a:", "        b", "c"));
    }

    @Test
    void a_loop_goes_on_at_its_head_and_ends_behind_its_else() throws SourceSyntaxException {
        assertEquals("1>2|4 2>3|1", of("for a in b:", "    if c:", "        d", "e"));
        assertEquals("1>2|4", of("while a:", "    b", "else:", "    c", "d"));
        assertEquals("1>2|3", of("async for a in b:", "    c", "d"));
    }

    @Test
    void constants_and_suites_on_the_same_line_decide_nothing() throws SourceSyntaxException {
        assertEquals("", of("while True:", "    b", "c"));
        assertEquals("", of("while 1:", "    b", "if 'x':", "    c", "if __debug__:", "    d", "e"));
        assertEquals("", of("if a: b", "c"));
        assertEquals("1>2|4", of("if a:", "    b", "else:", "    c", "d"));
        assertEquals("1>2|3", of("if a:", "    b", "else: c", "d"));
    }

    @Test
    void colons_in_brackets_lambdas_and_strings_open_nothing() throws SourceSyntaxException {
        assertEquals("1>2|3", of("if (lambda x: x)(a[1:2]) or {1: 2}:", "    b", "c"));
        assertEquals("1>2|3", of("if lambda x=(lambda: 0): x:", "    b", "c"));
        assertEquals("1>2|3", of("if f'{a:>{w}}' and (b := 1):", "    b", "c"));
        assertEquals("", of("x: int = 1", "y = lambda: 2", "z[1:2] = 3"));
        assertEquals("1>3|4", of("if (a and", "        b):", "    c", "d"));
    }

    @Test
    void try_goes_on_at_else_and_finally_and_handlers_at_the_next_one() throws SourceSyntaxException {
        String[] source = {
            "try:",
            "    if a:",
            "        b",
            "except C:",
            "    d",
            "except (E, F) as e:",
            "    g",
            "except:",
            "    h",
            "else:",
            "    if i:",
            "        j",
            "finally:",
            "    if k:",
            "        l",
            "m"
        };
        assertEquals("2>3|11 4>5|6 6>7|8 11>12|14 14>15|16", of(source));
        assertEquals("2>3|4", of("try:", "    if a:", "        b", "finally: c", "d"));
    }

    @Test
    void with_is_left_through_its_line() throws SourceSyntaxException {
        assertEquals("2>3|1", of("with a:", "    if b:", "        c", "d"));
        assertEquals("2>3|1", of("async with a:", "    if b:", "        c", "d"));
    }

    @Test
    void cases_decide_unless_they_take_anything() throws SourceSyntaxException {
        assertEquals(
                "2>3|4 4>5|6",
                of(
                        "match a:",
                        "    case 1:",
                        "        b",
                        "    case [x] if x:",
                        "        c",
                        "    case _:",
                        "        d",
                        "e"));
        assertEquals("2>3|4", of("match a, b:", "    case 1:", "        c", "d"));
        assertEquals("", of("match = 1", "match[a]: int", "case = 2"));
        assertEquals("1>2|-1 2>3|1", of("for match in x:", "    if match:", "        case(1)"));
    }

    @Test
    void statements_without_code_are_passed_over() throws SourceSyntaxException {
        assertEquals("1>3|4", of(Set.of(2), "if a:", "    global b", "    b = 1", "c"));
        assertEquals("", of(Set.of(2), "if a:", "    b: int", "c")); // both ways lead there
        assertEquals("", of(Set.of(2, 3), "return_", "if a:", "    b", "c"));
        assertEquals("2>3|-1", of(Set.of(), "class A:", "    if a:", "        b"));
    }

    @Test
    void a_suite_on_the_line_of_its_clause_is_where_it_leads() throws SourceSyntaxException {
        assertEquals("2>-1|3", of("def f():", "    if a: return 1", "    b"));
        assertEquals("2>-1|3", of("def f():", "    if a: b; return {1: 2}", "    c"));
        assertEquals("", of("if a: b", "c")); // both ways lead there
        assertEquals("", of("if a: raise b", "c")); // no line tells that
        assertEquals("", of("if a: b = 'return'; returned = 1", "c"));
        assertEquals("1>3|2", of("if a: b", "else: c", "d"));
        assertEquals("1>4|2 2>4|3", of("if a: b", "elif c: d", "else: e", "f"));
        assertEquals("1>2|5 2>5|3 3>1|4", of("for a in b:", "    if c: break", "    if d: continue", "    e", "f"));
        assertEquals("", of("while a: b", "c"));
        assertEquals("2>-1|3", of("def f():", "    for a in b: return a", "    c"));
        assertEquals(
                "2>3|-1 4>3|5",
                of("def f():", "    while a:", "        with b:", "            if c: break", "            d"));
        assertEquals(
                "3>6|4",
                of("def f():", "    try:", "        if a: return 1", "        b", "    finally:", "        c"));
        assertEquals(
                "3>-1|4", of("def f():", "    match a:", "        case 1: return 2", "        case 2: b", "    c"));
        assertEquals(
                "4>-1|5",
                of("def f():", "    try:", "        a", "    except B: return", "    except C:", "        d", "    e"));
    }

    @Test
    void a_comment_says_that_one_branch_is_enough() throws SourceSyntaxException {
        assertEquals("", of("if a:  # pragma: no branch", "    b", "c"));
        assertEquals("3>4|5", of("while a:  #PRAGMA NO BRANCH: never ends", "    b", "if c:", "    d", "e"));
        assertEquals("1>3|4", of("if (a and", "        b):  # pragma: no branch", "    c", "d")); // not its first line
        assertEquals("1>2|3", of("if a:  # no branch", "    b", "c"));
        assertEquals("4>5|6", of("match a:", "    case 1 if True:", "        b", "    case 2:", "        c", "d"));
    }

    @Test
    void as_deep_as_Python_goes_and_no_deeper() throws SourceSyntaxException {
        assertEquals(99, Decisions.of(nested(99), line -> true).size());
        assertThrows(SourceSyntaxException.class, () -> Decisions.of(nested(100), line -> true));
        assertThrows(SourceSyntaxException.class, () -> Decisions.of(nested(900), line -> true));
    }

    private static SourceText nested(int depth) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            text.append(" ".repeat(i)).append("if a:\n");
        }
        text.append(" ".repeat(depth)).append("b\n");
        return SourceText.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Texts that are no Python end in an error or in some decisions, never in an exception of another kind. */
    @Test
    void anything_that_is_tokens_is_survived() {
        String[] words = {
            "if", "else", ":", "\n", "    ", "x", "match", "case", "@", "def", "try", "except", "finally", "(", ")",
            "lambda", "async", "with", "for", "\n  ", "elif", "while", "'s'", "f'{a}'", "_", "1"
        };
        Random random = new Random(1);
        for (int run = 0; run < 3000; run++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(words[random.nextInt(words.length)]).append(' ');
            }
            try {
                for (Decision decision :
                        Decisions.of(SourceText.of(text.toString().getBytes(StandardCharsets.UTF_8)), line -> true)) {
                    assertEquals(true, decision.entered() != decision.otherwise());
                }
            } catch (SourceSyntaxException e) {
                assertEquals(true, e.line() > 0);
            }
        }
    }
}
