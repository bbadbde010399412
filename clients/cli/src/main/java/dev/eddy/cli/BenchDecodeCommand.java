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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code eddy bench decode}: sessions that each absorb their last sampled token and sample the
 * next. As in an engine a step is submitted while the one before it runs; what is timed is from one
 * step's end to the next one's.
 */
@Command(
        name = "decode",
        description =
                "Tokens a second of sessions that decode together: LM head and sampling included, no server. Beside them the"
                        + " bytes that a step must move (weights read, states read and written; keys and values of histories apart) and, on a GPU, the share"
                        + " that these are of what its memory gives, measured in the same call, without and with histories, and the clocks it ran at. Results are a digest of what"
                        + " the first session sampled and of its log-probabilities, the same whatever is beside it.")
final class BenchDecodeCommand implements Callable<Integer> {
    private static final long WARM_UP_NANOS = 3_000_000_000L;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private BenchOptions options = new BenchOptions();

    @Option(
            names = "--tokens",
            paramLabel = "N",
            description = "Tokens measured a session (default: ${DEFAULT-VALUE}).",
            defaultValue = "128")
    private int tokens = 128;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "0 is greedy (default: ${DEFAULT-VALUE}).",
            defaultValue = "0")
    private float temperature;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Checks.atLeast("--tokens", tokens, 1);
        int most = options.mostSessions();
        Sampling sampling = Sampling.builder().temperature(temperature).build();
        try (Model model = options.open()) {
            Program program = model.plan().program();
            CompileOptions compiled = options.compute.options(program, most, most);
            StepReport report = options.report(out, compiled);
            try (Meter meter = options.meter();
                    Executable executable = options.compute.compile(program, most, most)) {
                report.header();
                for (int sessions : options.sessions()) {
                    StepMeasurement measured =
                            new StepMeasurement(new DeviceWatch(meter), new ResultDigest(tokens));
                    try (measured) {
                        measure(executable, sessions, sampling, measured);
                    }
                    report.print(
                            sessions,
                            (long) sessions * tokens,
                            measured,
                            options.compute.stepBytes(program, compiled, sessions, sessions));
                }
            }
        }
        return 0;
    }

    private void measure(
            Executable executable, int sessions, Sampling sampling, StepMeasurement to) {
        Step[] steps = {executable.newStep(), executable.newStep()};
        for (int slot = 0; slot < sessions; slot++) {
            executable.arena().clear(slot);
        }
        try (Progress progress = new Progress(sessions + " sessions")) {
            long position = 0;
            long begin = System.nanoTime();
            long before = begin;
            for (int measured = 0; measured < tokens; position++) {
                Step step = steps[(int) (position % 2)];
                fill(step, sessions, position, sampling);
                executable.submit(step);
                if (position == 0) {
                    continue;
                }
                Step done = steps[(int) ((position + 1) % 2)];
                done.await();
                long end = System.nanoTime();
                to.results().add(done.sampledId(0), done.sampledLogProb(0));
                if (position > 5 && end - begin > WARM_UP_NANOS) {
                    to.watch().begin();
                    to.add(position, end - before);
                    measured++;
                    progress.update((double) measured / tokens);
                }
                before = end;
            }
            steps[(int) ((position + 1) % 2)].await();
        }
    }

    private static void fill(Step step, int sessions, long position, Sampling sampling) {
        step.reset();
        for (int slot = 0; slot < sessions; slot++) {
            step.entry(slot, position);
            if (position == 0) {
                step.element(slot % 2);
            } else {
                step.pending();
            }
            step.sample(sampling, slot, 0);
        }
        step.seal();
    }
}
