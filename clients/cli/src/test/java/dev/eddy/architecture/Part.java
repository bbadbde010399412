package dev.eddy.architecture;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A part of Eddy: a package with those below it, and the arrows that leave it.
 *
 * <p>A part may use what its arrows reach, directly or through others. This is the one list of the
 * arrows; a new package needs a line here.
 */
enum Part {
    // kernels
    NUMERICS("kernels.numerics"),
    TENSOR("kernels.tensor", NUMERICS),
    PROGRAM("kernels.program", TENSOR),
    BACKEND("kernels.backend", PROGRAM),
    REFERENCE("kernels.reference", BACKEND),
    CPU("kernels.cpu", BACKEND),
    CUDA("kernels.cuda", BACKEND),

    // runtime
    METRICS("runtime.metrics"),
    CHECKPOINT("runtime.checkpoint", TENSOR),
    TOKENIZER("runtime.tokenizer", CHECKPOINT),
    CHAT("runtime.chat", TOKENIZER),
    MODEL("runtime.model", PROGRAM, CHAT),
    MIXER("runtime.model.mixer", MODEL),
    ARCH("runtime.model.arch", MIXER, CHECKPOINT),
    EVAL("runtime.eval", MODEL, BACKEND),
    ENGINE("runtime.engine", MODEL, BACKEND, METRICS),
    SESSION("runtime.session", ENGINE),
    DISTILL("runtime.distill", ARCH, EVAL),
    WIRE("v1"),
    SERVER("runtime.server", SESSION, WIRE),
    APP("runtime.app", SERVER, ARCH),

    // clients
    CLIENT("client", WIRE),
    CLI("cli", APP, DISTILL, CLIENT);

    private final String packageName;
    private final Set<Part> arrows;

    Part(String packageName, Part... arrows) {
        this.packageName = "dev.eddy." + packageName;
        this.arrows = Set.of(arrows);
    }

    /** The part that a package belongs to: the one with the longest name that holds it. */
    static Optional<Part> of(String packageName) {
        return Stream.of(values())
                .filter(part -> part.holds(packageName))
                .max((a, b) -> Integer.compare(a.packageName.length(), b.packageName.length()));
    }

    private boolean holds(String other) {
        return other.equals(packageName) || other.startsWith(packageName + ".");
    }

    /** Whether this part may use the other: it is the same or the arrows reach it. */
    boolean mayUse(Part other) {
        return reachable().contains(other);
    }

    private Set<Part> reachable() {
        Set<Part> parts = EnumSet.of(this);
        for (Part next : arrows) {
            parts.addAll(next.reachable());
        }
        return parts;
    }
}
