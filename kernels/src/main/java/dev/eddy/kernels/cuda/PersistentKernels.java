package dev.eddy.kernels.cuda;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.program.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The kernels of persistent.cu, each of which does runs of launches whose operators on rows it has:
 * those of some models, for whose programs they were written with this.
 */
public final class PersistentKernels {
    /** Launches that are worth a kernel of their run. */
    static final int LEAST = 8;

    /**
     * @param rows the sources that it has, in their order
     */
    record Kernel(String name, List<String> rows) {}

    private static final List<Kernel> KERNELS = kernels();

    /** Off, every launch is by itself: to compare. */
    private static final boolean ENABLED =
            Boolean.parseBoolean(System.getProperty("eddy.cuda.persistent", "true"));

    private PersistentKernels() {}

    private static List<Kernel> kernels() {
        try (InputStream lines = PersistentKernels.class.getResourceAsStream("persistent.txt")) {
            String text = new String(Objects.requireNonNull(lines).readAllBytes(), UTF_8);
            return text.lines()
                    .map(line -> Arrays.asList(line.split(" ")))
                    .map(words -> new Kernel(words.getFirst(), words.subList(1, words.size())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A kernel that has all of these sources. */
    static Optional<Kernel> with(Collection<String> rows) {
        return KERNELS.stream()
                .filter(kernel -> ENABLED && kernel.rows().containsAll(rows))
                .findFirst();
    }

    /**
     * A line for each such kernel of a program, by name: its name and those of its sources.
     *
     * @param options of which the types of weights and states count
     */
    public static SortedMap<String, String> lines(Program program, CompileOptions options) {
        SortedMap<String, String> lines = new TreeMap<>();
        StateLayout layout = StateLayout.of(program, options.state());
        CudaPlan.Route route = CudaPlan.Route.of(program, options, true, true);
        SortedSet<String> rows = new TreeSet<>();
        int run = 0;
        for (Schedule.Launch launch : route.schedule().launches()) {
            Optional<String> source = Optional.empty();
            if (launch instanceof Schedule.Launch.RowOps ops) {
                source = source(route, layout, ops);
                source.ifPresent(rows::add);
            }
            if (source.isPresent() || launch instanceof Schedule.Launch.Products) {
                run++;
            } else {
                add(lines, rows, run);
                rows.clear();
                run = 0;
            }
        }
        add(lines, rows, run);
        return lines;
    }

    private static Optional<String> source(
            CudaPlan.Route route, StateLayout layout, Schedule.Launch.RowOps ops) {
        return FusedRows.of(route, layout, ops.steps())
                .flatMap(rows -> {
                    FusedSource source = new FusedSource(rows);
                    FusedParameters parameters = source.parameters();
                    return parameters.fit()
                            ? new FusedPlaces(rows, parameters).split().map(_ -> source.name())
                            : Optional.empty();
                });
    }

    private static void add(SortedMap<String, String> lines, SortedSet<String> rows, int run) {
        if (run >= LEAST && !rows.isEmpty()) {
            String names = String.join(" ", rows);
            String name = "persistent_" + FusedSource.hash(names);
            lines.put(name, name + " " + names);
        }
    }
}
