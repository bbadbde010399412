package dev.eddy.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code eddy --version} prints: Eddy's version, then the Java and the machine under it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "eddy " + number(),
            "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
            "%s %s, %s, %d processors"
                    .formatted(
                            System.getProperty("os.name"),
                            System.getProperty("os.version"),
                            System.getProperty("os.arch"),
                            Runtime.getRuntime().availableProcessors())
        };
    }

    /** The version that the build wrote into the jar. */
    static String number() {
        var properties = new Properties();
        try (InputStream in =
                Objects.requireNonNull(Version.class.getResourceAsStream("version.properties"))) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Objects.requireNonNull(properties.getProperty("version"));
    }
}
