package dev.tracetool.summary;

import dev.tracetool.analysis.MalformedNumbersException;
import dev.tracetool.analysis.NumberReader;
import dev.tracetool.analysis.NumberWriter;
import dev.tracetool.analysis.SourceRecords;
import dev.tracetool.source.RecordedSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The records of a source file, which are its digests, and of a text, by its digest. */
final class SourceRecord {
    private SourceRecord() {}

    static void write(NumberWriter out, Strings strings, RecordedSource source) {
        out.number(strings.place(source.file())).number(source.contents().size());
        source.contents().keySet().forEach(digest -> out.number(strings.place(digest)));
    }

    static RecordedSource read(NumberReader in, Texts texts) {
        String file = texts.next(in);
        TreeMap<String, byte @Nullable []> contents = new TreeMap<>();
        texts.list(in).forEach(digest -> contents.put(digest, null));
        return new RecordedSource(file, contents);
    }

    static void writeText(NumberWriter out, byte[] text) {
        out.number(text.length).bytes(text, 0, text.length);
    }

    /** Its digest is not in the file, but made here: a text is shown as what ran. */
    static void readText(NumberReader in, SourceRecords into) {
        int length = in.count(1);
        if (length > SourceRecords.MAX_TEXT) {
            throw new MalformedNumbersException(
                    in.position(), "expected a text of at most " + SourceRecords.MAX_TEXT + " bytes, found " + length);
        }
        int at = in.skip(length);
        byte[] text = Arrays.copyOfRange(in.array(), at, at + length);
        into.addText(HexFormat.of().formatHex(sha256(text)), text);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
