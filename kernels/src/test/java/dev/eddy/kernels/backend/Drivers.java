package dev.eddy.kernels.backend;

import dev.eddy.kernels.program.Program;
import java.util.ArrayList;
import java.util.List;

/** Which backends can be compared with which, and in which weight types. */
final class Drivers {
    private Drivers() {}

    /** The weight types with which a backend computes. */
    static List<WeightType> types(Backend backend) {
        List<WeightType> types = new ArrayList<>();
        for (WeightType type : WeightType.values()) {
            try {
                backend.plan(Samples.model(1), CompileOptions.of(type, 1, 1, 1));
                types.add(type);
            } catch (InvalidRequestException e) {
                // It refuses the type, as it may.
            }
        }
        return types;
    }

    /**
     * Whoever must give a backend's bits: the reference where their numerics are the same, else the
     * backend itself.
     */
    static Backend peer(Backend backend, Program program, CompileOptions options) {
        Backend reference = Backends.byName("reference");
        try (Executable one = backend.compile(program, options);
                Executable other = reference.compile(program, options)) {
            return one.numericsId().equals(other.numericsId()) ? reference : backend;
        }
    }
}
