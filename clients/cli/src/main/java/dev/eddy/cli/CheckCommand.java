package dev.eddy.cli;

import dev.eddy.kernels.backend.Backend;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eddy check}: whether a backend computes here what it must. */
@Command(
        name = "check",
        description = {
            "Checks a backend on goldens: checkpoints with the logits that a third party computed for them.",
            "For each: the logits are the third party's, in f32 they are the reference backend's bit for bit, and they are the"
                    + " same bits in every chunking, slot and batch.",
            "In bf16 they may be off by half as much again as rounding puts the reference backend off, and by 0.02 standard"
                    + " deviations; how far they are from that backend's in bf16 is told."
        })
final class CheckCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "DIR",
            arity = "1..*",
            description =
                    "A checkpoint with a golden.safetensors (tokens, logits), or a folder of such.")
    private List<Path> folders = List.of();

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "Rows of the largest batch to compare (default: ${DEFAULT-VALUE}).",
            defaultValue = "256")
    private int rows = 256;

    @Option(
            names = "--ids",
            paramLabel = "N",
            description =
                    "Compare each golden's first N ids (default: all). With a few of them a tool that watches every access to"
                            + " memory comes to its end.",
            defaultValue = "" + Integer.MAX_VALUE)
    private int ids = Integer.MAX_VALUE;

    @Mixin private ComputeOptions compute = new ComputeOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Checks.atLeast("--rows", rows, 1);
        Checks.atLeast("--ids", ids, 1);
        PrintWriter out = spec.commandLine().getOut();
        Backend backend = compute.backend();
        List<Path> goldens = goldens();
        out.printf(
                "%-20s %10s %10s %10s %10s %9s%n",
                "model", "off by", "allowed", "reference", "invariant", "ms");
        int passed = 0;
        int refused = 0;
        for (Path golden : goldens) {
            BackendCheck.Result result =
                    BackendCheck.run(
                            golden, backend, compute.dtype(), compute.threads(), rows, ids);
            passed += result.passed() ? 1 : 0;
            refused += result.refused() ? 1 : 0;
            result.print(out);
        }
        out.printf(
                Locale.ROOT,
                "%d of %d passed and %d were refused on %s in %s%n",
                passed,
                goldens.size(),
                refused,
                backend.name(),
                compute.dtype().label());
        out.flush();
        int failed = goldens.size() - passed - refused;
        if (failed > 0) {
            spec.commandLine()
                    .getErr()
                    .println("eddy: " + failed + " of " + goldens.size() + " goldens failed");
        }
        if (passed == 0) {
            spec.commandLine().getErr().println("eddy: no golden passed: nothing was checked");
        }
        return failed == 0 && passed > 0 ? 0 : 1;
    }

    private List<Path> goldens() {
        List<Path> goldens = new ArrayList<>();
        for (Path folder : folders) {
            if (BackendCheck.isGolden(folder)) {
                goldens.add(folder);
                continue;
            }
            try (Stream<Path> within = Files.list(folder)) {
                List<Path> found = within.filter(BackendCheck::isGolden).sorted().toList();
                if (found.isEmpty()) {
                    throw new IllegalArgumentException(
                            folder + " has no golden.safetensors, nor has a folder in it");
                }
                goldens.addAll(found);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot list " + folder + ": " + e.getMessage(), e);
            }
        }
        return goldens;
    }
}
