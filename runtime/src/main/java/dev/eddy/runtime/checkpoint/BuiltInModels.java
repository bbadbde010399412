package dev.eddy.runtime.checkpoint;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The models that ship with Eddy, each a directory of {@code models/}: in the distribution that the
 * system property {@code eddy.home} names, else in the distribution or source tree around this
 * class. They lie outside the jar so that they can be mapped.
 */
public final class BuiltInModels {
    /** Names the distribution's folder; its launcher sets it. */
    public static final String HOME_PROPERTY = "eddy.home";

    private BuiltInModels() {}

    /**
     * Names of the built-in models, in order; none where neither distribution nor source tree is
     * found.
     */
    public static List<String> names() {
        return root().map(BuiltInModels::modelsIn).orElse(List.of());
    }

    /** The directory of a built-in model, or nothing where there is none of that name. */
    public static Optional<Path> find(String name) {
        return names().contains(name)
                ? root().map(models -> models.resolve(name))
                : Optional.empty();
    }

    /**
     * What a user means by a model: a built-in name, or the path of a directory or file. A built-in
     * name wins over a directory of that name, which {@code ./NAME} means.
     *
     * @throws CheckpointException if it is neither; the message lists the built-in names
     */
    public static Path resolve(String nameOrPath) {
        Optional<Path> builtIn = find(nameOrPath);
        if (builtIn.isPresent()) {
            return builtIn.get();
        }
        Path path = path(nameOrPath);
        if (path == null || !Files.exists(path)) {
            List<String> names = names();
            throw new CheckpointException(
                    "model "
                            + CheckpointException.quote(nameOrPath)
                            + ": there is no such file or directory, nor a built-in model of that name; "
                            + (names.isEmpty()
                                    ? "no built-in models were found (-D"
                                            + HOME_PROPERTY
                                            + " names Eddy's folder)"
                                    : "built in are " + String.join(", ", names)));
        }
        return path;
    }

    private static @Nullable Path path(String text) {
        try {
            return text.isEmpty() ? null : Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static Optional<Path> root() {
        String home = System.getProperty(HOME_PROPERTY);
        if (home != null) {
            return Optional.of(Path.of(home, "models")).filter(Files::isDirectory);
        }
        CodeSource source = BuiltInModels.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return Optional.empty();
        }
        try {
            return above(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * {@code lib/eddy-runtime.jar} has {@code models} beside lib; {@code runtime/target/...} has
     * the source tree's.
     */
    private static Optional<Path> above(Path classes) {
        for (Path folder = classes; folder != null; folder = folder.getParent()) {
            for (String place : List.of("src/main/models", "models")) {
                Path models = folder.resolve(place);
                if (!modelsIn(models).isEmpty()) {
                    return Optional.of(models);
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> modelsIn(Path models) {
        if (!Files.isDirectory(models)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(models)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve("config.json")))
                    .map(folder -> String.valueOf(folder.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
