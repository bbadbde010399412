package dev.eddy.cli;

import dev.eddy.runtime.model.ModelPlan;
import dev.eddy.runtime.model.arch.Grafting;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eddy graft}: composes a checkpoint from layers of others. */
@Command(
        name = "graft",
        description = {
            "Composes a checkpoint from layers of others, of whatever architectures.",
            "The recipe is JSON: parts (name to model), embedding, layers, head and, where widths change,"
                    + " projections. runtime/docs/grafting.md describes it."
        })
final class GraftCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "RECIPE", description = "The recipe's file.")
    private Path recipe = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description = "The directory to write; it must not hold a checkpoint yet.")
    private Path out = Path.of("");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        ModelPlan plan = Grafting.write(recipe, out);
        PrintWriter printer = spec.commandLine().getOut();
        printer.printf(
                Locale.ROOT,
                "%s: %d layers (%s), %,d parameters%n",
                out,
                plan.layers().size(),
                plan.layers().stream()
                        .map(ModelPlan.Layer::mixer)
                        .collect(Collectors.joining(", ")),
                plan.parameters());
        printer.flush();
        return 0;
    }
}
