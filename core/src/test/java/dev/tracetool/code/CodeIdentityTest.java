package dev.tracetool.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CodeIdentityTest {
    private static final CodeIdentity CODE = new CodeIdentity("a.py", "f", 3, "0f");

    @Test
    void each_of_the_four_tells_code_objects_apart() {
        assertEquals(CODE, new CodeIdentity("a.py", "f", 3, "0f"));
        assertEquals(CODE.hashCode(), new CodeIdentity("a.py", "f", 3, "0f").hashCode());
        assertNotEquals(CODE, new CodeIdentity("b.py", "f", 3, "0f"));
        assertNotEquals(CODE, new CodeIdentity("a.py", "g", 3, "0f"));
        assertNotEquals(CODE, new CodeIdentity("a.py", "f", 4, "0f"));
        assertNotEquals(CODE, new CodeIdentity("a.py", "f", 3, ""));
    }

    @Test
    void the_names_tell_apart_where_there_is_no_digest() {
        assertNotEquals(
                new CodeIdentity("a.py", "f", 3, "").hashCode(), new CodeIdentity("b.py", "f", 3, "").hashCode());
    }

    @Test
    void a_digest_is_its_hexadecimal_digits_and_one_of_zeros_is_unknown() {
        byte[] digest = new byte[16];
        assertEquals("", CodeIdentity.digestOf(digest));
        digest[0] = (byte) 0xab;
        assertEquals("ab000000000000000000000000000000", CodeIdentity.digestOf(digest));
    }

    @Test
    void a_top_level_is_known_by_either_of_its_names() {
        assertTrue(new CodeIdentity("a.py", "<toplevel>", 1, "").isTopLevel());
        assertTrue(new CodeIdentity("", "<top-level>", -1, "").isTopLevel());
        for (String other : List.of("toplevel", "<module>", "<unknown>", "f.<toplevel>", "")) {
            assertFalse(CodeIdentity.isTopLevel(other), other);
        }
    }

    @Test
    void the_order_is_by_file_then_line() {
        CodeIdentity later = new CodeIdentity("a.py", "b", 20, "");
        CodeIdentity sameLine = new CodeIdentity("a.py", "g", 3, "");
        CodeIdentity otherFile = new CodeIdentity("b.py", "a", 1, "");
        assertEquals(
                List.of(CODE, sameLine, later, otherFile),
                Stream.of(otherFile, later, sameLine, CODE).sorted().toList());
    }
}
