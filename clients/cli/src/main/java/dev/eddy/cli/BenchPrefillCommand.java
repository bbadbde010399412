package dev.eddy.cli;

import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.Sampling;
import dev.eddy.kernels.backend.Step;
import dev.eddy.runtime.model.Model;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
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
                "Tokens a second of prompts being absorbed; each session's last row is sampled from, no server.")
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
        try (Model model = options.open();
                Executable executable =
                        options.compute.compile(
                                model.plan().program(), most, Math.max(ROWS, most))) {
            StepTimes.header(out, options.json());
            for (int sessions : options.sessions()) {
                StepTimes times = new StepTimes();
                long begin = System.nanoTime();
                do {
                    run(executable, sessions, new StepTimes());
                } while (System.nanoTime() - begin < WARM_UP_NANOS);
                try (Progress progress = new Progress(sessions + " sessions")) {
                    for (int i = 0; i < REPEATS; i++) {
                        run(executable, sessions, times);
                        progress.update((i + 1.0) / REPEATS);
                    }
                }
                times.print(
                        out,
                        options.json(),
                        sessions,
                        (long) sessions * tokens * REPEATS,
                        options.compute.threads(),
                        options.compute.dtype());
            }
        }
        return 0;
    }

    /** Absorbs every session's prompt once, timing each step. */
    private void run(Executable executable, int sessions, StepTimes times) {
        Step step = executable.newStep();
        int chunk = Math.max(1, ROWS / sessions);
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
            times.add(System.nanoTime() - start);
        }
    }
}
