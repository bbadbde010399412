package dev.eddy.cli;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.Meter;
import dev.eddy.kernels.backend.Sampling;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.program.Program;
import dev.eddy.runtime.model.Model;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code eddy bench prefill}: sessions that absorb a prompt each, in steps of a fixed number of
 * rows.
 */
@Command(
        name = "prefill",
        description =
                "Tokens a second of prompts being absorbed; each session's last row is sampled from, no server."
                        + " Beside them the bytes that a step must move and, on a GPU, the share that these are of what its"
                        + " memory gives, which bounds few rows alone, and the clocks it ran at. Results are a digest of what"
                        + " the first session sampled and of its log-probabilities.")
final class BenchPrefillCommand implements Callable<Integer> {
    private static final long WARM_UP_NANOS = 3_000_000_000L;
    private static final int ROWS = 512;
    private static final int REPEATS = 5;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private BenchOptions options = new BenchOptions();

    @Option(
            names = "--tokens",
            paramLabel = "N",
            description = "Tokens of a session's prompt (default: ${DEFAULT-VALUE}).",
            defaultValue = "512")
    private int tokens = 512;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Checks.atLeast("--tokens", tokens, 1);
        int most = options.mostSessions();
        try (Model model = options.open()) {
            Program program = model.plan().program();
            int rows = Math.max(ROWS, most);
            CompileOptions compiled = options.compute.options(program, most, rows);
            StepReport report = options.report(out, compiled);
            try (Meter meter = options.meter();
                    Executable executable = options.compute.compile(program, most, rows)) {
                report.header();
                for (int sessions : options.sessions()) {
                    StepMeasurement measured =
                            new StepMeasurement(new DeviceWatch(meter), new ResultDigest(REPEATS));
                    try (measured) {
                        measure(executable, sessions, measured);
                    }
                    report.print(
                            sessions,
                            (long) sessions * tokens * REPEATS,
                            measured,
                            options.compute.stepBytes(
                                    program,
                                    compiled,
                                    sessions,
                                    sessions * Math.min(tokens, chunk(sessions))));
                }
            }
        }
        return 0;
    }

    private void measure(Executable executable, int sessions, StepMeasurement to) {
        long begin = System.nanoTime();
        do {
            run(executable, sessions, (_, _) -> {});
        } while (System.nanoTime() - begin < WARM_UP_NANOS);
        to.watch().begin();
        try (Progress progress = new Progress(sessions + " sessions")) {
            for (int i = 0; i < REPEATS; i++) {
                Step last = run(executable, sessions, to::add);
                to.results().add(last.sampledId(0), last.sampledLogProb(0));
                progress.update((i + 1.0) / REPEATS);
            }
        }
    }

    /** Elements of a session in a step. */
    private static int chunk(int sessions) {
        return Math.max(1, ROWS / sessions);
    }

    /**
     * Absorbs every session's prompt once; the last step, in which all sampled.
     *
     * @param to gets each step's position and nanoseconds
     */
    private Step run(Executable executable, int sessions, BiConsumer<Integer, Long> to) {
        Step step = executable.newStep();
        int chunk = chunk(sessions);
        for (int position = 0; position < tokens; position += chunk) {
            int count = Math.min(chunk, tokens - position);
            boolean last = position + count == tokens;
            long start = System.nanoTime();
            step.reset();
            for (int slot = 0; slot < sessions; slot++) {
                if (position == 0) {
                    executable.arena().clear(slot);
                }
                step.entry(slot, position);
                for (int i = 0; i < count; i++) {
                    step.element((slot + position + i) % 2);
                }
                if (last) {
                    step.sample(Sampling.GREEDY, slot, 0);
                }
            }
            step.seal();
            executable.submit(step);
            step.await();
            to.accept(position, System.nanoTime() - start);
        }
        return step;
    }
}
