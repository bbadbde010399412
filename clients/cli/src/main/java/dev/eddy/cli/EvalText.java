package dev.eddy.cli;

import java.nio.file.Path;

/** How {@code eddy eval} writes models' names. */
final class EvalText {
    /** The column of a table that names models, as a format. */
    static final String NAME = "%-20s";

    private EvalText() {}

    /** A model's name for a table: the last part of its path, cut where it is long. */
    static String shortened(String model) {
        Path last = Path.of(model).toAbsolutePath().normalize().getFileName();
        String name = last == null ? model : last.toString();
        return name.length() <= 20 ? name : name.substring(0, 17) + "...";
    }

    /** A model's name inside a JSON string. */
    static String escaped(String model) {
        return new String(
                com.fasterxml.jackson.core.io.JsonStringEncoder.getInstance().quoteAsString(model));
    }
}
