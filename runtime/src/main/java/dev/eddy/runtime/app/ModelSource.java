package dev.eddy.runtime.app;

import java.nio.file.Path;

/** Where a model that is to be served comes from, and the name it is served by. */
public sealed interface ModelSource {
    /** The name that clients call it by. */
    String name();

    /**
     * A checkpoint.
     *
     * @param place a directory, a file or a built-in name
     */
    record Stored(String name, String place) implements ModelSource {}

    /**
     * A checkpoint's shape with made-up weights, for measurements: only its config.json is needed.
     *
     * @param place a directory, a file or a built-in name
     */
    record Random(String name, String place) implements ModelSource {}

    /**
     * A model without arithmetic, for measurements of everything around it.
     *
     * @param vocabulary its ids
     */
    record Null(String name, int vocabulary) implements ModelSource {}

    /**
     * Reads what a user wrote: {@code NAME=PLACE}, or a place whose last folder or file names it.
     *
     * @throws SettingsException if the name is empty
     */
    static ModelSource parse(String text) {
        int equals = text.indexOf('=');
        String place = text.substring(equals + 1);
        String name = equals >= 0 ? text.substring(0, equals) : lastPart(place);
        if (name.isBlank() || place.isBlank()) {
            throw new SettingsException(
                    "the model \"%s\" names nothing: write NAME=PLACE or PLACE, a directory, a file or a built-in name"
                            .formatted(text));
        }
        return new Stored(name, place);
    }

    private static String lastPart(String place) {
        Path last = Path.of(place).toAbsolutePath().normalize().getFileName();
        return last == null ? "" : last.toString();
    }
}
