package dev.eddy.kernels.cuda;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.program.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The kernels of their own that launches of operators on rows may have: those that fused_rows.cu
 * holds were written with this, for the programs of some models.
 */
public final class FusedKernels {
    /** The names of those that fused_rows.cu has, one a line. */
    private static final Set<String> NAMES = names();

    /** Off, rows.cu does all: to compare. */
    private static final boolean ENABLED =
            Boolean.parseBoolean(System.getProperty("eddy.cuda.fused", "true"));

    private FusedKernels() {}

    private static Set<String> names() {
        try (InputStream names = FusedKernels.class.getResourceAsStream("fused_rows.txt")) {
            String text = new String(Objects.requireNonNull(names).readAllBytes(), UTF_8);
            return Set.copyOf(text.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is a kernel of that name. */
    static boolean have(String name) {
        return ENABLED && NAMES.contains(name);
    }

    /**
     * The source of every such kernel of a program, by name: C++ for fused_rows.cu.
     *
     * @param options of which the types of weights and states count
     */
    public static SortedMap<String, String> sources(Program program, CompileOptions options) {
        SortedMap<String, String> sources = new TreeMap<>();
        StateLayout layout = StateLayout.of(program, options.state());
        List<CudaPlan.Route> routes =
                List.of(
                        CudaPlan.Route.of(program, options, StepKind.SEVERAL, false),
                        CudaPlan.Route.of(program, options, StepKind.SINGLE, false),
                        CudaPlan.Route.of(program, options, StepKind.SINGLE, true),
                        CudaPlan.Route.of(program, options, StepKind.ONE, false),
                        CudaPlan.Route.of(program, options, StepKind.ONE, true));
        for (CudaPlan.Route route : routes) {
            for (Schedule.Launch launch : route.schedule().launches()) {
                if (launch instanceof Schedule.Launch.RowOps ops) {
                    FusedSource.of(route, layout, ops.steps())
                            .filter(source -> source.parameters().fit())
                            .ifPresent(source -> sources.put(source.name(), source.text()));
                }
            }
        }
        return sources;
    }
}
