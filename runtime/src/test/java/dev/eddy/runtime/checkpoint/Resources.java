package dev.eddy.runtime.checkpoint;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** Files among the test resources. */
public final class Resources {
    private Resources() {}

    /** The file of that path below the resources' root. */
    public static Path file(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(Resources.class.getResource("/" + name), name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
