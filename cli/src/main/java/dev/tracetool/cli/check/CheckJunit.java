package dev.tracetool.cli.check;

import dev.tracetool.analysis.gate.GateResult;
import dev.tracetool.cli.command.Output;
import dev.tracetool.export.CheckReport;
import dev.tracetool.export.SafeText;
import java.io.IOException;
import java.io.Writer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Results as the XML of JUnit, which every system of continuous integration reads: a test case for each. */
final class CheckJunit {
    private static final String SUITE = "tracetool check";

    private CheckJunit() {}

    static void write(Output output, CheckReport report, GateText words) throws IOException {
        Writer out = output.writer();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", SUITE);
            int cases = report.results().size() + report.skipped().size();
            xml.writeAttribute("tests", Integer.toString(cases));
            xml.writeAttribute("failures", Integer.toString(report.failures().size()));
            xml.writeAttribute("errors", "0");
            xml.writeAttribute("skipped", Integer.toString(report.skipped().size()));
            for (GateResult result : report.results()) {
                testCase(xml, result, words);
            }
            for (String reason : report.skipped()) {
                begin(xml, reason, "not checked");
                xml.writeEmptyElement("skipped");
                xml.writeEndElement();
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.flush();
            out.flush();
        } catch (XMLStreamException e) {
            Throwable cause = e.getCause() == null ? e.getNestedException() : e.getCause();
            throw cause instanceof IOException io ? io : new IOException(e);
        }
    }

    private static void testCase(XMLStreamWriter xml, GateResult result, GateText words) throws XMLStreamException {
        begin(xml, words.subject(result), result.gate().label());
        if (!words.file(result).isEmpty()) {
            xml.writeAttribute("file", text(words.file(result)));
        }
        if (result.line() > 0) {
            xml.writeAttribute("line", Integer.toString(result.line()));
        }
        if (!result.passed()) {
            xml.writeEmptyElement("failure");
            xml.writeAttribute("message", text(words.subject(result) + ": " + GateText.finding(result)));
            xml.writeAttribute("type", result.gate().label());
        }
        xml.writeEndElement();
    }

    private static void begin(XMLStreamWriter xml, String name, String gate) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", SUITE + "." + gate);
        xml.writeAttribute("name", text(name));
        xml.writeAttribute("time", "0");
    }

    /** Without the characters that XML 1.0 does not have, which are none of those that {@link SafeText} leaves. */
    private static String text(String hostile) {
        return SafeText.terminal(hostile);
    }
}
