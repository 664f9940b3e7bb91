package dev.tracetool.source;

import java.util.Arrays;

/**
 * Splits Python source into tokens, as far as it takes to tell statements, suites and docstrings: names, numbers and the
 * parts of an f-string are all one kind. It takes the syntax of CPython 3.14, of which that of all versions from 3.8 on
 * is a part, but for names that have become keywords, which do not matter here.
 *
 * <p>A pull parser: {@link #next} moves on, the other methods tell of the token it came to. One pass, in time
 * proportional to the text.
 */
final class PythonTokenizer {
    /** What a token is. */
    enum Kind {
        /** A statement is deeper than the one before it. */
        INDENT,
        /** It is less deep, once for each level. */
        DEDENT,
        /** The end of a logical line. */
        NEWLINE,
        /** An end of line that ends no logical line. */
        BLANK_LINE,
        COMMENT,
        /** A string or bytes literal that is no f-string or t-string. */
        STRING,
        OPERATOR,
        /** A name, keyword or number, or the start or the end of an f-string or t-string. */
        WORD,
        END
    }

    private static final int TAB = 8;
    private static final char NONE = '\0';

    /** CPython's own bounds are 100 levels of indentation, 200 of brackets and 150 of f-strings. */
    private static final int MAX_DEPTH = 1000;

    /** No name of a Unicode character is longer. */
    private static final int MAX_CHARACTER_NAME = 128;

    private final String text;
    private int at;
    private int line = 1;
    private boolean lineStart = true;
    private boolean inLogicalLine;

    private int[] indents = new int[16];
    private int indentDepth;
    private int pendingDedents;

    /** The brackets that are open, those of replacement fields of f-strings included. */
    private char[] brackets = new char[16];

    private int bracketDepth;

    private FString[] fStrings = new FString[4];
    private int fStringDepth;

    private Kind kind = Kind.END;
    private char operator;
    private int startAt;
    private int startLine;

    /** An f-string or t-string that is open. */
    private static final class FString {
        final char quote;
        final int quotes;
        final boolean raw;

        /** Whether the scanner is in its text, or in a format specification, rather than in an expression. */
        boolean inText = true;

        /** Replacement fields of it that are open; one inside another stands in a format specification. */
        int fields;

        /** Brackets that are open where the innermost of them begins, its own included. */
        int[] fieldDepths = new int[4];

        FString(char quote, int quotes, boolean raw) {
            this.quote = quote;
            this.quotes = quotes;
            this.raw = raw;
        }
    }

    PythonTokenizer(String text) {
        this.text = text;
    }

    Kind kind() {
        return kind;
    }

    /** The operator or delimiter, if it is of one character; else 0. */
    char operator() {
        return operator;
    }

    /** The text of a {@link Kind#WORD}; of a part of an f-string, some text that is no word. */
    String word() {
        return text.substring(startAt, at);
    }

    int startLine() {
        return startLine;
    }

    int endLine() {
        return line;
    }

    /** Moves to the next token. Returns whether there is one, {@link Kind#END} being none. */
    boolean next() throws SourceSyntaxException {
        if (kind == Kind.NEWLINE || kind == Kind.BLANK_LINE) {
            line++; // The end of a line is still on it.
        }
        operator = NONE;
        startAt = at;
        kind = scan();
        return kind != Kind.END;
    }

    private Kind scan() throws SourceSyntaxException {
        if (fStringDepth > 0 && fStrings[fStringDepth - 1].inText) {
            return fStringText(fStrings[fStringDepth - 1]);
        }
        if (pendingDedents > 0) {
            pendingDedents--;
            startLine = line;
            return Kind.DEDENT;
        }
        if (lineStart) {
            lineStart = false;
            if (bracketDepth == 0) {
                Kind change = indentation();
                if (change != Kind.WORD) {
                    return change;
                }
            }
        }
        skipBlanks();
        startAt = at;
        startLine = line;
        if (at == text.length()) {
            return end();
        }
        char c = text.charAt(at);
        if (c == '\n') {
            return endOfLine();
        }
        if (c == '#') {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
            return Kind.COMMENT;
        }
        inLogicalLine = true;
        if (c == '"' || c == '\'') {
            return string(at, at);
        }
        if (isWordPart(c)) {
            return nameOrNumber();
        }
        return operator(c);
    }

    private Kind end() throws SourceSyntaxException {
        if (bracketDepth > 0 || fStringDepth > 0) {
            throw new SourceSyntaxException("it ends inside brackets", line);
        }
        if (indentDepth > 0) {
            indentDepth--;
            return Kind.DEDENT;
        }
        return Kind.END;
    }

    private Kind endOfLine() {
        at++;
        lineStart = true;
        if (bracketDepth == 0 && inLogicalLine) {
            inLogicalLine = false;
            return Kind.NEWLINE;
        }
        return Kind.BLANK_LINE;
    }

    /** Measures the indentation of a line. {@link Kind#WORD} if it is that of the one before. */
    private Kind indentation() throws SourceSyntaxException {
        int column = 0;
        int continued = -1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ') {
                column++;
            } else if (c == '\t') {
                column = (column / TAB + 1) * TAB;
            } else if (c == '\f') {
                column = 0;
            } else if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
                continued = continued < 0 ? column : continued;
                at++;
                line++;
            } else {
                break;
            }
            at++;
        }
        column = continued < 0 ? column : continued;
        startLine = line;
        if (at == text.length() || text.charAt(at) == '#' || text.charAt(at) == '\n') {
            return Kind.WORD; // a line without a statement
        }
        int current = indentDepth == 0 ? 0 : indents[indentDepth - 1];
        if (column > current) {
            if (indentDepth == MAX_DEPTH) {
                throw new SourceSyntaxException("too many levels of indentation", line);
            }
            if (indentDepth == indents.length) {
                indents = Arrays.copyOf(indents, 2 * indentDepth);
            }
            indents[indentDepth++] = column;
            return Kind.INDENT;
        }
        while (indentDepth > 0 && column < indents[indentDepth - 1]) {
            indentDepth--;
            pendingDedents++;
        }
        if (column != (indentDepth == 0 ? 0 : indents[indentDepth - 1])) {
            throw new SourceSyntaxException("an indentation matches none outside of it", line);
        }
        if (pendingDedents > 0) {
            pendingDedents--;
            return Kind.DEDENT;
        }
        return Kind.WORD;
    }

    private void skipBlanks() throws SourceSyntaxException {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\') {
                if (at + 1 == text.length() || text.charAt(at + 1) != '\n') {
                    throw new SourceSyntaxException("a backslash in the middle of a line", line);
                }
                at++;
                line++;
            } else if (c != ' ' && c != '\t' && c != '\f') {
                return;
            }
            at++;
        }
    }

    private static boolean isWordPart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c >= 0x80;
    }

    private Kind nameOrNumber() throws SourceSyntaxException {
        int from = at;
        while (at < text.length() && isWordPart(text.charAt(at))) {
            at++;
        }
        if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'') && isPrefix(from, at)) {
            return string(from, at);
        }
        return Kind.WORD;
    }

    private boolean isPrefix(int from, int to) {
        if (to - from > 2) {
            return false;
        }
        char a = lower(text.charAt(from));
        if (to - from == 1) {
            return "rbuft".indexOf(a) >= 0;
        }
        char b = lower(text.charAt(from + 1));
        return (a == 'r' && "bft".indexOf(b) >= 0) || (b == 'r' && "bft".indexOf(a) >= 0);
    }

    private boolean hasPrefix(int from, int to, char letter) {
        for (int i = from; i < to; i++) {
            if (lower(text.charAt(i)) == letter) {
                return true;
            }
        }
        return false;
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }

    /** @param quoteAt where its first quote is; the prefix stands before it */
    private Kind string(int prefixAt, int quoteAt) throws SourceSyntaxException {
        char quote = text.charAt(quoteAt);
        boolean triple = text.startsWith(quote == '"' ? "\"\"\"" : "'''", quoteAt);
        int quotes = triple ? 3 : 1;
        at = quoteAt + quotes;
        if (hasPrefix(prefixAt, quoteAt, 'f') || hasPrefix(prefixAt, quoteAt, 't')) {
            if (fStringDepth == MAX_DEPTH) {
                throw new SourceSyntaxException("f-strings are nested too deeply", line);
            }
            if (fStringDepth == fStrings.length) {
                fStrings = Arrays.copyOf(fStrings, 2 * fStringDepth);
            }
            fStrings[fStringDepth++] = new FString(quote, quotes, hasPrefix(prefixAt, quoteAt, 'r'));
            return Kind.WORD;
        }
        while (!atQuotes(quote, quotes)) {
            char c = current("a string is not closed");
            if (c == '\\') {
                at++;
                c = current("a string is not closed");
            } else if (c == '\n' && !triple) {
                throw new SourceSyntaxException("a string is not closed", startLine);
            }
            line += c == '\n' ? 1 : 0;
            at++;
        }
        at += quotes;
        return Kind.STRING;
    }

    private boolean atQuotes(char quote, int quotes) {
        for (int i = 0; i < quotes; i++) {
            if (at + i >= text.length() || text.charAt(at + i) != quote) {
                return false;
            }
        }
        return true;
    }

    private char current(String otherwise) throws SourceSyntaxException {
        if (at >= text.length()) {
            throw new SourceSyntaxException(otherwise, startLine);
        }
        return text.charAt(at);
    }

    /** Goes on in the text of an f-string: to its end, or to the bracket of a replacement field. */
    private Kind fStringText(FString f) throws SourceSyntaxException {
        startLine = line;
        boolean inFormat = f.fields > 0;
        while (!atQuotes(f.quote, f.quotes)) {
            char c = current("an f-string is not closed");
            if (c == '{' && (inFormat || at + 1 == text.length() || text.charAt(at + 1) != '{')) {
                startLine = line;
                f.inText = false;
                open('{');
                if (f.fields == f.fieldDepths.length) {
                    f.fieldDepths = Arrays.copyOf(f.fieldDepths, 2 * f.fields);
                }
                f.fieldDepths[f.fields++] = bracketDepth;
                return oneCharacter('{');
            }
            if (c == '}' && inFormat) {
                startLine = line;
                close('}');
                f.fields--; // and back in the text, or in the format of the field outside of it
                return oneCharacter('}');
            }
            if (c == '\n' && f.quotes == 1) {
                if (inFormat) {
                    f.inText = false; // a format ends with the line; the field can go on
                    return scan();
                }
                throw new SourceSyntaxException("an f-string is not closed", line);
            }
            at += c == '{' || (c == '\\' && !escapesBrace()) ? escape(f) : 1;
            line += c == '\n' ? 1 : 0;
        }
        startLine = line;
        at += f.quotes;
        fStringDepth--;
        if (f.fields > 0) {
            throw new SourceSyntaxException("a replacement field of an f-string is not closed", line);
        }
        return Kind.WORD;
    }

    private boolean escapesBrace() {
        char c = at + 1 < text.length() ? text.charAt(at + 1) : NONE;
        return c == '{' || c == '}';
    }

    /** Length of what stands for itself at {@link #at}: a doubled bracket, or a backslash and what it escapes. */
    private int escape(FString f) {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
            if (text.charAt(at + 1) == '\n') {
                line++;
            } else if (!f.raw && text.startsWith("N{", at + 1)) {
                int end = at + 3;
                int limit = Math.min(text.length(), end + MAX_CHARACTER_NAME);
                while (end < limit && text.charAt(end) != '}' && text.charAt(end) != '\n') {
                    end++;
                }
                return end < limit && text.charAt(end) == '}' ? end + 1 - at : 3;
            }
        }
        return 2;
    }

    private Kind oneCharacter(char c) {
        at++;
        operator = c;
        return Kind.OPERATOR;
    }

    private Kind operator(char c) throws SourceSyntaxException {
        FString f = fStringDepth > 0 ? fStrings[fStringDepth - 1] : null;
        boolean inField = f != null && f.fields > 0 && f.fieldDepths[f.fields - 1] == bracketDepth;
        switch (c) {
            case '(', '[', '{' -> open(c);
            case ')', ']', '}' -> {
                close(c);
                if (inField && f != null) {
                    f.fields--;
                    f.inText = true;
                }
            }
            case ':' -> {
                if (inField && f != null) {
                    f.inText = true;
                } else if (text.startsWith(":=", at)) {
                    at += 2;
                    return Kind.OPERATOR;
                }
            }
            case '@' -> {
                if (text.startsWith("@=", at)) {
                    at += 2;
                    return Kind.OPERATOR;
                }
            }
            case NONE -> throw new SourceSyntaxException("a null character", line);
            default -> {
                // Operators of several characters may come in parts: nobody asks which they are.
            }
        }
        return oneCharacter(c);
    }

    private void open(char bracket) throws SourceSyntaxException {
        if (bracketDepth == MAX_DEPTH) {
            throw new SourceSyntaxException("brackets are nested too deeply", line);
        }
        if (bracketDepth == brackets.length) {
            brackets = Arrays.copyOf(brackets, 2 * bracketDepth);
        }
        brackets[bracketDepth++] = bracket;
    }

    private void close(char bracket) throws SourceSyntaxException {
        char opening = bracket == ')' ? '(' : bracket == ']' ? '[' : '{';
        if (bracketDepth == 0 || brackets[bracketDepth - 1] != opening) {
            throw new SourceSyntaxException("a closing bracket does not match", line);
        }
        bracketDepth--;
    }
}
