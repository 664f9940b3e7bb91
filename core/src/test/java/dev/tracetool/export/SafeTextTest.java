package dev.tracetool.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class SafeTextTest {
    @Test
    void ordinary_names_stay_as_they_are() {
        for (String name : new String[] {
            "", "Decoder.decode.<locals>.<lambda>", "/home/ü/数据/файл.py", "C:\\x\\y.py", "a#b", "a:b", "👍🏽"
        }) {
            assertEquals(name, SafeText.terminal(name));
        }
        String ascii = "/usr/lib/python3/json/decoder.py";
        assertSame(ascii, SafeText.terminal(ascii));
    }

    @Test
    void control_characters_become_visible() {
        assertEquals("a\\x1b[31mb\\n\\r\\t\\x00\\x7f\\x9b", SafeText.terminal("a\u001b[31mb\n\r\t\0\u007f\u009b"));
    }

    @Test
    void characters_that_change_direction_or_stay_unseen_become_visible() {
        assertEquals(
                "\\u202a\\u202e\\u2066\\u2069\\u200e\\u200f\\u061c\\u200b\\u2028\\u2029\\ufeff\\U000e0041",
                SafeText.terminal("\u202a\u202e\u2066\u2069\u200e\u200f\u061c\u200b\u2028\u2029\ufeff\udb40\udc41"));
    }

    @Test
    void letters_and_marks_that_stay_unseen_become_visible() {
        assertEquals(
                "\\u115f\\u3164\\uffa0\\u034f\\ufe00\\U000e0100\\U000e0000\\uffff\\U0001fffe",
                SafeText.terminal("\u115f\u3164\uffa0\u034f\ufe00\udb40\udd00\udb40\udc00\uffff\ud83f\udffe"));
        assertEquals("\u2764\ufe0f", SafeText.terminal("\u2764\ufe0f"));
    }

    @Test
    void unpaired_surrogates_become_visible() {
        assertEquals("a\\ud800b\\udc00", SafeText.terminal("a\ud800b\udc00"));
    }

    @Test
    void a_name_cannot_become_a_workflow_command() {
        assertEquals("\\x3a:error::x", SafeText.terminal("::error::x"));
        assertEquals(" \u00a0\\x3a:error::x", SafeText.terminal(" \u00a0::error::x"));
        assertEquals("\\n\\x3a:error::x", SafeText.terminal("\n::error::x"));
        assertEquals("x#\\x23[group]#\\x23\\x23[y]", SafeText.terminal("x##[group]###[y]"));
    }

    @Test
    void csv_quotes_as_rfc_4180_says() {
        assertEquals("plain.py", SafeText.csv("plain.py"));
        assertEquals("\"a,b\"", SafeText.csv("a,b"));
        assertEquals("\"a\"\"b\"", SafeText.csv("a\"b"));
        assertEquals("a\\r\\nb", SafeText.csv("a\r\nb"));
        assertEquals("\" a\"", SafeText.csv(" a"));
    }

    @Test
    void csv_fields_cannot_become_formulas() {
        assertEquals("'=1+1", SafeText.csv("=1+1"));
        assertEquals("'+1", SafeText.csv("+1"));
        assertEquals("'-1", SafeText.csv("-1"));
        assertEquals("'@SUM(A1)", SafeText.csv("@SUM(A1)"));
        assertEquals("'\uff1d1", SafeText.csv("\uff1d1"));
        assertEquals("' =1", SafeText.csv(" =1"));
        assertEquals("\\t=1", SafeText.csv("\t=1"));
        assertEquals("\"'=HYPERLINK(\"\"x\"\",1)\"", SafeText.csv("=HYPERLINK(\"x\",1)"));
    }

    @Test
    void markdown_names_are_code_that_nothing_ends() {
        assertEquals("`<module>`", SafeText.markdown("<module>"));
        assertEquals("`a\\x7cb`", SafeText.markdown("a|b"));
        assertEquals("`a\\x60b @user #1 <b>`", SafeText.markdown("a`b @user #1 <b>"));
        assertEquals("`a\\nb`", SafeText.markdown("a\nb"));
        assertEquals("", SafeText.markdown(""));
        assertFalse(SafeText.markdown("```\n# x").substring(1).startsWith("`"));
    }

    @Test
    void should_show_source_as_it_is_but_for_what_is_not_seen() {
        assertEquals("x = 1  ## a ### b", SafeText.source("x = 1  ## a ### b"));
        assertEquals("####", SafeText.source("####"));
        assertEquals("#\\x23[group]", SafeText.source("##[group]"));
        assertEquals("#\\x23vso[task]", SafeText.source("##vso[task]"));
        assertEquals("        a       b", SafeText.source("\ta\tb"));
        assertEquals("\u4e2d      b", SafeText.source("\u4e2d\tb"));
        assertEquals("\\x1b[31m\\u202e\\x0c", SafeText.source("\u001b[31m\u202e\f"));
        assertEquals("\\u2028\\x85\\ud800", SafeText.source("\u2028\u0085\ud800"));
        assertEquals(1_007_992, SafeText.source("\t".repeat(1_007_117)).length());
    }
}
