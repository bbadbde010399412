package dev.eddy.runtime.checkpoint;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/** The checkpoints and reference logits among the test resources. */
public final class Goldens {
    private Goldens() {}

    /** The folder of one architecture. */
    public static Path directory(String name) {
        URL config = Goldens.class.getResource("/goldens/" + name + "/config.json");
        try {
            return Objects.requireNonNull(
                    Path.of(Objects.requireNonNull(config, name).toURI()).getParent());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
