package dev.eddy.kernels.cuda.driver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The compiled kernels of this jar: for each file {@code src/main/cuda/NAME.cu} a fat binary that
 * nvcc made. The emulated driver has the kernels built in and is given their file's name.
 */
public final class KernelImages {
    private KernelImages() {}

    /** Why there are no kernels, in words for the user; empty where there are. */
    public static Optional<String> unavailable() {
        if (have("probe")) {
            return Optional.empty();
        }
        return Optional.of(
                "this build of Eddy has no CUDA kernels: there was no nvcc where it was built");
    }

    /**
     * Whether the kernels of one file are here: those for some cards alone need a compiler that
     * knows these.
     */
    public static boolean have(String name) {
        return Gpu.emulated() || KernelImages.class.getResource(path(name)) != null;
    }

    /**
     * The image of the kernels in one file, for {@link GpuContext#load}.
     *
     * @param name the file's name without {@code .cu}
     * @throws GpuException if the jar has none
     */
    public static byte[] of(String name) {
        if (Gpu.emulated()) {
            return ("eddy-emulated:" + name + "\0").getBytes(StandardCharsets.UTF_8);
        }
        try (InputStream image = KernelImages.class.getResourceAsStream(path(name))) {
            if (image == null) {
                throw new GpuException(
                        0,
                        unavailable()
                                .orElse("this build of Eddy has no CUDA kernels called " + name));
            }
            return image.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String path(String name) {
        return "/dev/eddy/kernels/cuda/" + name + ".fatbin";
    }
}
