package dev.eddy.cli;

import dev.eddy.client.Conversation;
import dev.eddy.client.EddyClient;
import dev.eddy.client.Turn;
import dev.eddy.v1.Output;
import dev.eddy.v1.Residence;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code eddy bench endless}: whether a session gets slower or larger with its position. Brings one
 * session far, then asks it and a fresh one for single tokens in turn, through gRPC.
 */
@Command(
        name = "endless",
        description =
                "Step latency of a session that has absorbed --tokens tokens against a fresh one's, alternating.")
final class BenchEndlessCommand implements Callable<Integer> {
    private static final int PIECE = 8192;
    private static final int WARM_UP_ROUNDS = 50;

    /** Rounds after which both sessions change their slots. */
    private static final int SWAP_ROUNDS = 100;

    /** Longer than a step, and far below the usual. */
    private static final Map<String, ?> SETTINGS =
            Map.of("eddy.session.rest-after", Duration.ofMillis(200));

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    @Mixin private ServedOptions options = new ServedOptions();

    @Option(
            names = "--tokens",
            paramLabel = "N",
            description = "Tokens that the far session absorbs first (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000000")
    private long tokens = 1_000_000;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Tokens measured of each session (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000")
    private int rounds = 1000;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Checks.atLeast("--tokens", tokens, 1);
        Checks.atLeast("--rounds", rounds, 1);
        PrintWriter out = spec.commandLine().getOut();
        try (Connection connection = options.connect(2, SETTINGS)) {
            EddyClient client = connection.client();
            int vocabulary = client.model(options.servedName()).getVocabulary();
            try (Conversation far = open(client);
                    Conversation fresh = open(client)) {
                absorb(far, Math.min(tokens, PIECE), vocabulary);
                ProcessMemory before = ProcessMemory.now();
                long begin = System.nanoTime();
                absorb(far, tokens - far.position(), vocabulary);
                double seconds = (System.nanoTime() - begin) / 1e9;
                ProcessMemory after = ProcessMemory.now();
                absorb(fresh, 1, vocabulary);
                StepTimes farTimes = new StepTimes();
                StepTimes freshTimes = new StepTimes();
                try (Progress progress = new Progress("alternating")) {
                    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
                        if (options.isEmbedded() && Math.floorMod(round, SWAP_ROUNDS) == 0) {
                            // Who steps first then comes back into the first slot. Where a state
                            // lies makes a step faster or slower by up to a twentieth, and both
                            // must have been everywhere.
                            connection.awaitNone(
                                    residence -> residence == Residence.RESIDENCE_SLOT, LOOK_EVERY);
                        }
                        boolean farFirst = Math.floorDiv(round, SWAP_ROUNDS) % 2 == 0;
                        long first = step(farFirst ? far : fresh);
                        long second = step(farFirst ? fresh : far);
                        if (round >= 0) {
                            farTimes.add(farFirst ? first : second);
                            freshTimes.add(farFirst ? second : first);
                            progress.update((double) round / rounds);
                        }
                    }
                }
                out.printf(
                        Locale.ROOT,
                        options.json()
                                ? "{\"position\": %d, \"step_ms_p50_far\": %.4f, \"step_ms_p50_fresh\": %.4f,"
                                        + " \"ratio\": %.4f, \"absorbed_per_second\": %.1f, \"heap_before\": %d,"
                                        + " \"heap_after\": %d, \"memory_before\": %d, \"memory_after\": %d}%n"
                                : "position %d: step ms p50 %.4f, fresh %.4f, ratio %.4f; absorbed %.1f tokens/s;"
                                        + " heap %d -> %d bytes, memory %d -> %d bytes%n",
                        far.position(),
                        farTimes.millis(0.5),
                        freshTimes.millis(0.5),
                        farTimes.millis(0.5) / freshTimes.millis(0.5),
                        tokens / seconds,
                        before.heap(),
                        after.heap(),
                        before.resident(),
                        after.resident());
                client.delete(far.sessionId());
                client.delete(fresh.sessionId());
            }
        }
        return 0;
    }

    private Conversation open(EddyClient client) {
        return client.conversation().model(options.servedName()).seed(1).temperature(0).open();
    }

    /** Sends made-up ids and waits until they are absorbed. */
    private static void absorb(Conversation conversation, long count, int vocabulary)
            throws Exception {
        var random = new SplittableRandom(count);
        try (Progress progress = new Progress("absorbing")) {
            for (long sent = 0; sent < count; ) {
                int[] ids = new int[(int) Math.min(PIECE, count - sent)];
                for (int i = 0; i < ids.length; i++) {
                    ids[i] = random.nextInt(vocabulary);
                }
                sent += ids.length;
                var absorbed = conversation.sendIds(ids);
                progress.update((double) sent / count);
                if (sent == count) {
                    var unused = absorbed.get();
                }
            }
        }
    }

    /** Nanoseconds from asking for one token to having it. */
    private static long step(Conversation conversation) {
        long begin = System.nanoTime();
        Turn turn = conversation.turn().maxElements(1).ignoreEnd().start();
        long end = begin;
        for (Output output : turn) {
            end = System.nanoTime();
            if (output.getIdsCount() != 1) {
                throw new IllegalStateException("asked for one token, got " + output.getIdsCount());
            }
        }
        return end - begin;
    }
}
