package dev.tracetool.cli.lines;

import dev.tracetool.cli.command.Utf8Writer;
import java.io.IOException;
import java.io.InputStream;

/**
 * Answers a stream of questions, one a line: {@code CODE OFFSET}. CODE is an index in decimal or an id in hexadecimal
 * after {@code 0x}, as Python prints it; OFFSET is either.
 *
 * <p>Every line gets exactly one line, whatever it holds. When the input has run dry, what was answered is flushed
 * before waiting for more, so that a program can ask and wait for the answer. A line is looked at as bytes in one
 * buffer; one longer than {@value #LONGEST} bytes is refused without being kept.
 */
final class LineQuestions {
    static final int LONGEST = 4096;

    private static final int CAPACITY = 1 << 16;
    private static final String EXPECTED = "expected CODE OFFSET, such as 12 42 or 0x7f32a6c01230 0x2a";
    private static final String TOO_LONG = "question longer than " + LONGEST + " bytes";

    private final LineAnswers answers;
    private final Utf8Writer out;
    private final byte[] buffer = new byte[CAPACITY];

    // Where the parser of one question stands, and whether it read a number.
    private int at;
    private int end;
    private boolean hexadecimal;
    private boolean well;

    LineQuestions(LineAnswers answers, Utf8Writer out) {
        this.answers = answers;
        this.out = out;
    }

    /** Answers until the input ends. A last line without its newline counts if it is not empty. */
    void answerAll(InputStream in) throws IOException {
        int from = 0;
        int filled = 0;
        boolean tooLong = false;
        while (true) {
            if (in.available() == 0) {
                out.flush();
            }
            int read = in.read(buffer, filled, CAPACITY - filled);
            if (read < 0) {
                break;
            }
            int scan = filled;
            filled += read;
            for (int i = scan; i < filled; i++) {
                if (buffer[i] == '\n') {
                    if (tooLong || i - from > LONGEST) {
                        answers.refuse(out, TOO_LONG);
                        tooLong = false;
                    } else {
                        answer(from, i);
                    }
                    from = i + 1;
                }
            }
            if (filled - from > LONGEST) {
                tooLong = true;
                from = filled;
            }
            // What is left is short: moving it to the front is cheap.
            System.arraycopy(buffer, from, buffer, 0, filled - from);
            filled -= from;
            from = 0;
        }
        if (tooLong) {
            answers.refuse(out, TOO_LONG);
        } else if (filled > 0) {
            answer(0, filled);
        }
    }

    private void answer(int from, int to) throws IOException {
        at = from;
        end = to;
        well = true;
        skipBlanks();
        long code = number();
        boolean isId = hexadecimal;
        int afterCode = at;
        skipBlanks();
        well &= at > afterCode;
        long offset = number();
        skipBlanks();
        if (!well || at < end) {
            answers.refuse(out, EXPECTED);
        } else if (isId) {
            answers.answerForId(out, code, offset);
        } else {
            answers.answer(out, code, offset);
        }
    }

    /** A carriage return is a blank too: questions may come from a text file of another system. */
    private void skipBlanks() {
        while (at < end && (buffer[at] == ' ' || buffer[at] == '\t' || buffer[at] == '\r')) {
            at++;
        }
    }

    /** The number at this place, or -1 if it is greater than any that can be meant. */
    private long number() {
        hexadecimal = at + 1 < end && buffer[at] == '0' && (buffer[at + 1] | 0x20) == 'x';
        return hexadecimal ? hexadecimal() : decimal();
    }

    private long decimal() {
        int start = at;
        long value = 0;
        while (at < end) {
            int digit = buffer[at] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            value = value > Integer.MAX_VALUE ? Long.MAX_VALUE >> 4 : value * 10 + digit;
            at++;
        }
        well &= at > start;
        return value > Integer.MAX_VALUE ? -1 : value;
    }

    private long hexadecimal() {
        at += 2;
        int start = at;
        long value = 0;
        boolean fits = true;
        while (at < end) {
            int digit = Character.digit(buffer[at], 16);
            if (digit < 0) {
                break;
            }
            fits &= value >>> 60 == 0;
            value = value << 4 | digit;
            at++;
        }
        well &= at > start;
        return fits ? value : -1;
    }
}
