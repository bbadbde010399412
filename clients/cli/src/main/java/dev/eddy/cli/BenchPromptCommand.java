package dev.eddy.cli;

import dev.eddy.client.Conversation;
import dev.eddy.client.EddyClient;
import dev.eddy.client.Turn;
import dev.eddy.v1.Output;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code eddy bench prompt}: what a long prompt costs, and whom, while other sessions decode: the
 * time to its first token, and how long the others wait for theirs with and without it.
 */
@Command(
        name = "prompt",
        description =
                "Time to the first token after a long prompt while other sessions decode, and their waiting.")
final class BenchPromptCommand implements Callable<Integer> {
    @Mixin private ServedOptions options = new ServedOptions();

    @Option(
            names = "--sessions",
            paramLabel = "N",
            description = "Sessions that decode meanwhile (default: ${DEFAULT-VALUE}).",
            defaultValue = "32")
    private int sessions = 32;

    @Option(
            names = "--prompt",
            paramLabel = "N",
            description = "Tokens of a prompt (default: ${DEFAULT-VALUE}).",
            defaultValue = "2000")
    private int prompt = 2000;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Prompts, one after the other (default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private int rounds = 20;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description =
                    "How long the sessions decode before anything is counted (default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private int warmUp = 20;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Checks.atLeast("--sessions", sessions, 1);
        Checks.atLeast("--prompt", prompt, 1);
        Checks.atLeast("--rounds", rounds, 1);
        Checks.atLeast("--warm-up", warmUp, 0);
        try (Connection connection = options.connect(sessions + 1, DecodingSessions.WARM)) {
            measure(connection.client(), spec.commandLine().getOut());
        }
        return 0;
    }

    private void measure(EddyClient client, PrintWriter out) throws InterruptedException {
        int vocabulary = client.model(options.servedName()).getVocabulary();
        var gauge = new OutputGauge();
        try (Progress progress = new Progress(rounds + " prompts");
                var others = new DecodingSessions(client, options.servedName(), 0)) {
            others.start(sessions, gauge);
            Thread.sleep(Duration.ofSeconds(warmUp));
            first(client, others, vocabulary); // So that what only a prompt runs is compiled, too.
            gauge.start(200L * sessions);
            while (!gauge.isDone()) {
                Thread.sleep(10);
            }
            double[] alone = {gauge.gapMillis(0.5), gauge.gapMillis(0.99)};
            var times = new StepTimes();
            gauge.start(Long.MAX_VALUE / 2);
            for (int round = 0; round < rounds; round++) {
                times.add(first(client, others, vocabulary));
                progress.update((round + 1.0) / rounds);
            }
            gauge.stop();
            others.stop();
            print(out, times, gauge, alone);
        }
    }

    /** Nanoseconds from a prompt to its first token, in a session of its own. */
    private long first(EddyClient client, DecodingSessions others, int vocabulary) {
        int[] ids = new SplittableRandom(1).ints(prompt, 0, vocabulary).toArray();
        try (Conversation conversation = others.open(1)) {
            long begin = System.nanoTime();
            conversation.sendIds(ids);
            Turn turn = conversation.turn().maxElements(1).ignoreEnd().start();
            long end = begin;
            for (Output output : turn) {
                end = output.getIdsCount() > 0 ? System.nanoTime() : end;
            }
            client.delete(conversation.sessionId());
            return end - begin;
        }
    }

    private void print(PrintWriter out, StepTimes times, OutputGauge gauge, double[] alone) {
        String format =
                options.json()
                        ? "{\"sessions\": %d, \"prompt\": %d, \"first_token_ms_p50\": %.6f,"
                                + " \"first_token_ms_p99\": %.6f, \"gap_ms_p50_alone\": %.6f,"
                                + " \"gap_ms_p99_alone\": %.6f, \"gap_ms_p50\": %.6f, \"gap_ms_p99\": %.6f}%n"
                        : "%d sessions decode; %d tokens of prompt: first token after %.1f ms (p50), %.1f ms (p99);"
                                + " the others' gap ms p50 / p99 without it %.2f / %.2f, with it %.2f / %.2f%n";
        out.printf(
                Locale.ROOT,
                format,
                sessions,
                prompt,
                times.millis(0.5),
                times.millis(0.99),
                alone[0],
                alone[1],
                gauge.gapMillis(0.5),
                gauge.gapMillis(0.99));
        out.flush();
    }
}
