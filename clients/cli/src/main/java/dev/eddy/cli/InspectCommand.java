package dev.eddy.cli;

import dev.eddy.kernels.backend.MemoryPlan;
import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.State;
import dev.eddy.kernels.tensor.DType;
import dev.eddy.runtime.model.ModelPlan;
import dev.eddy.runtime.model.arch.Models;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eddy inspect}: what a checkpoint is, without loading its weights. */
@Command(
        name = "inspect",
        description = "Explains a checkpoint; its weights are not read and may even be absent.")
final class InspectCommand implements Callable<Integer> {
    private static final int ROWS = 512;

    @Parameters(paramLabel = "M", description = ModelText.MODEL)
    private String model = "";

    @Option(
            names = "--sessions",
            paramLabel = "N",
            description =
                    "Sessions resident at once, for the memory needed (default: ${DEFAULT-VALUE}).",
            defaultValue = "64")
    private int sessions = 64;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private WindowOption window = new WindowOption();

    @Mixin private ComputeOptions compute = new ComputeOptions();

    @Override
    public Integer call() {
        Checks.atLeast("--sessions", sessions, 1);
        ModelPlan plan = Models.plan(model, window.positions());
        Program program = plan.program();
        MemoryPlan memory = compute.plan(program, sessions, ROWS);
        Map<String, Long> mixers =
                plan.layers().stream()
                        .collect(
                                Collectors.groupingBy(
                                        ModelPlan.Layer::mixer,
                                        TreeMap::new,
                                        Collectors.counting()));
        line("architecture", plan.architecture());
        line("parameters", String.format(Locale.ROOT, "%,d", plan.parameters()));
        line(
                "elements",
                switch (program.input()) {
                    case Program.Input.Ids ids -> "ids, vocabulary " + ids.vocabulary();
                    case Program.Input.Frames frames -> "frames of " + frames.width() + " floats";
                });
        line(
                "layers",
                plan.layers().size()
                        + ": "
                        + mixers.entrySet().stream()
                                .map(e -> e.getValue() + " " + e.getKey())
                                .collect(Collectors.joining(", ")));
        line("state", state(program));
        line(
                "memory",
                bytes(memory.total())
                        + " for "
                        + sessions
                        + " sessions on "
                        + compute.backend().name()
                        + " in "
                        + compute.dtype().name().toLowerCase(Locale.ROOT));
        line("  weights", bytes(memory.weights()));
        line("  scratch", bytes(memory.scratch()));
        line("  a slot", bytes(memory.slot()));
        if (program.grows()) {
            line("  pages", bytes(memory.pages()));
        }
        line(
                "outside layers",
                parameters(
                        plan.parameters()
                                - plan.layers().stream()
                                        .mapToLong(ModelPlan.Layer::parameters)
                                        .sum()));
        layers(plan);
        return 0;
    }

    /** A session's bytes, whether they grow, and how far. */
    private static String state(Program program) {
        StateLayout layout = StateLayout.of(program, DType.F32);
        String end =
                program.limit() == Program.ENDLESS
                        ? ""
                        : String.format(Locale.ROOT, "; ends at position %,d", program.limit());
        return layout.growth() == 0
                ? bytes(layout.bytes()) + " a session in f32, constant" + end
                : bytes(layout.bytes())
                        + " a session in f32, growing by "
                        + bytes(layout.growth())
                        + " an element"
                        + end
                        + " with "
                        + bytes(layout.bytes(program.limit()));
    }

    /** One line for each run of equal layers. */
    private void layers(ModelPlan plan) {
        int first = 0;
        for (int i = 1; i <= plan.layers().size(); i++) {
            if (i == plan.layers().size() || !describe(plan, i).equals(describe(plan, first))) {
                String name = i - 1 == first ? "layer " + first : "layers " + first + "-" + (i - 1);
                line(name, describe(plan, first));
                first = i;
            }
        }
    }

    private static String describe(ModelPlan plan, int index) {
        ModelPlan.Layer layer = plan.layers().get(index);
        String states =
                plan.states(layer).stream()
                        .map(s -> describe(s, layer))
                        .collect(Collectors.joining(", "));
        return layer.mixer()
                + "; "
                + parameters(layer.parameters())
                + "; "
                + (states.isEmpty() ? "no state" : "state " + states);
    }

    /**
     * A state's name and shape: of a history one element's, for it has as many as were absorbed.
     */
    private static String describe(State state, ModelPlan.Layer layer) {
        String name = state.name().substring(layer.scope().length());
        return state.role() == State.Role.HISTORY
                ? name + " [" + state.width() + "] an element"
                : name + " " + state.shape();
    }

    private static String parameters(long count) {
        return String.format(Locale.ROOT, "%,d parameters", count);
    }

    private void line(String key, String value) {
        spec.commandLine().getOut().printf("%-16s%s%n", key, value);
    }

    private static String bytes(long bytes) {
        return String.format(Locale.ROOT, "%,d bytes", bytes);
    }
}
