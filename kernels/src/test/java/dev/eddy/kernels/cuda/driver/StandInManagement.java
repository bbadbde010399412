package dev.eddy.kernels.cuda.driver;

import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** The stand-in for the management library (kernels/src/test/c/nvml), and what it saw. */
public final class StandInManagement {
    /** Beside the emulated driver. */
    public static final Path FILE =
            Path.of(System.getProperty("eddy.cuda.driver", "none"))
                    .resolveSibling("libnvidia-ml.so.1");

    private StandInManagement() {}

    /** Lets the library that is found be this one. */
    public static void use() {
        name(FILE.toString());
    }

    /** Lets a file be the library. */
    public static void name(String file) {
        System.setProperty(Nvml.FILE_PROPERTY, file);
    }

    /** Lets the library be looked for. */
    public static void forget() {
        System.clearProperty(Nvml.FILE_PROPERTY);
    }

    /** How often it was started and not shut down. */
    public static int started() {
        return (int) CLibrary.load(FILE.toString()).call("fakeStarted", ValueLayout.JAVA_INT);
    }
}
