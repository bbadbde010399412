package dev.eddy.cli;

import dev.eddy.runtime.eval.IdRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a range of ids as the command line writes it. */
final class IdRangeConverter implements ITypeConverter<IdRange> {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})-(\\d{1,9})");

    @Override
    public IdRange convert(String text) {
        Matcher range = RANGE.matcher(text);
        if (!range.matches()) {
            throw new TypeConversionException("'" + text + "' is no range of ids, as in 4-65");
        }
        return new IdRange(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
    }
}
