package dev.eddy.cli;

import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.tensor.DType;
import dev.eddy.runtime.distill.Distillation;
import dev.eddy.runtime.model.arch.Models;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eddy distill}: long filters to recurrences of constant state. */
@Command(
        name = "distill",
        description = {
            "Distils HyenaDNA's filters to sums of exponentials, so that its state is of constant size and sessions"
                    + " have no end, and states the error that this makes.",
            "How it is done, and what the figures mean: runtime/docs/distillation.md."
        })
final class DistillCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "M", description = "The hyenadna checkpoint.")
    private String model = "";

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description = "The directory to write; it must not hold a checkpoint yet.")
    private Path out = Path.of("");

    @Option(
            names = "--modes",
            paramLabel = "N",
            description =
                    "Exponentials of each channel's filter, 1 to 4096 (default: ${DEFAULT-VALUE}); more fit better"
                            + " and make the state larger.",
            defaultValue = "16")
    private int modes = 16;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description =
                    "Elements, at random, on which logits are compared (default: ${DEFAULT-VALUE}, at most the"
                            + " filters' length).",
            defaultValue = "512")
    private int sample = 512;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Seed of that sample (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private long seed = 1;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Checks.within("--modes", modes, 1, 4096);
        Checks.atLeast("--sample", sample, 1);
        Distillation made;
        try (Progress progress = new Progress("fitting")) {
            made = Distillation.write(model, out, modes, sample, seed, progress::update);
        }
        PrintWriter printer = spec.commandLine().getOut();
        for (Distillation.FilterError layer : made.filters()) {
            printer.printf(
                    Locale.ROOT,
                    "%s filters of %d taps: largest error %.3g, relative error %.3g%n",
                    layer.layer().substring(0, layer.layer().length() - 1),
                    layer.taps(),
                    layer.largest(),
                    layer.relative());
        }
        printer.printf(
                Locale.ROOT,
                "logits over %d elements: largest error %.3g (their standard deviation is %.3g), same likeliest id"
                        + " after %.1f %%%n",
                made.logits().elements(),
                made.logits().largest(),
                made.logits().deviation(),
                100 * made.logits().agreeing());
        printer.printf(
                Locale.ROOT,
                "state of a session: %s; was %s%n",
                state(Models.plan(out.toString()).program()),
                state(Models.plan(model).program()));
        printer.flush();
        return 0;
    }

    private static String state(Program program) {
        StateLayout layout = StateLayout.of(program, DType.F32);
        return layout.growth() == 0
                ? String.format(Locale.ROOT, "%,d bytes, constant", layout.bytes())
                : String.format(
                        Locale.ROOT,
                        "growing to %,d bytes, where it ends",
                        layout.bytes(program.limit()));
    }
}
