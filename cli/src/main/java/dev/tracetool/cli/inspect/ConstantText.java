package dev.tracetool.cli.inspect;

import dev.tracetool.cli.command.CodeTable;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.Constant;

/** Constants as they are shown: as Python's {@code repr}, and of a code object what it is called. */
final class ConstantText {
    private ConstantText() {}

    /** @return hostile text */
    static String of(Constant constant, CodeTable codes, int max) {
        if (constant instanceof Constant.Code nested) {
            CodeObjectWrapper code = codes.at(nested.index());
            String qualname = code == null ? "" : " " + code.qualname();
            return "code " + nested.index() + (qualname.length() > max ? "" : qualname);
        }
        return constant.repr(max);
    }
}
