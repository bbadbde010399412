package dev.eddy.cli;

import dev.eddy.client.Conversation;
import dev.eddy.client.EddyClient;
import dev.eddy.v1.Residence;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code eddy bench idle}: what sessions cost that do nothing. Opens many, lets each absorb tokens
 * of its own and rest, measures memory once all have left it, and resumes some at random.
 */
@Command(
        name = "idle",
        description =
                "Bytes that idle sessions take, and how long one takes to go on: --sessions sessions absorb --tokens"
                        + " different tokens each and rest, then --resumes of them, chosen at random, sample one."
                        + " Bytes outside the heap are known only where the heap is pinned:"
                        + " EDDY_JAVA_OPTS=\"-Xms2g -Xmx2g -XX:+AlwaysPreTouch\".")
final class BenchIdleCommand implements Callable<Integer> {
    /** Sessions that are opened, or resumed, at once. */
    private static final int AT_ONCE = 32;

    private static final int SLOTS = 64;

    /** Far below the usual, or the measurement would mostly wait. */
    private static final Duration REST_AFTER = Duration.ofSeconds(1);

    private static final Duration PASSIVATE_AFTER = Duration.ofSeconds(3);

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    @Mixin private ServedOptions options = new ServedOptions();

    @Option(
            names = "--sessions",
            paramLabel = "N",
            description = "Idle sessions (default: ${DEFAULT-VALUE}).",
            defaultValue = "10000")
    private int sessions = 10_000;

    @Option(
            names = "--tokens",
            paramLabel = "N",
            description = "Tokens that each absorbs (default: ${DEFAULT-VALUE}).",
            defaultValue = "100")
    private int tokens = 100;

    @Option(
            names = "--resumes",
            paramLabel = "N",
            description = "Sessions that are resumed (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000")
    private int resumes = 1000;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Checks.atLeast("--sessions", sessions, 1);
        Checks.atLeast("--tokens", tokens, 1);
        Checks.atLeast("--resumes", resumes, 1);
        if (!options.isEmbedded()) {
            throw new IllegalArgumentException(
                    "bench idle measures this process's memory; leave --server out");
        }
        Map<String, Object> settings =
                Map.of(
                        "eddy.session.rest-after", REST_AFTER,
                        "eddy.session.passivate-after", PASSIVATE_AFTER);
        try (Connection connection = options.connect(SLOTS, settings);
                ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
            EddyClient client = connection.client();
            int vocabulary = client.model(options.servedName()).getVocabulary();
            String[] ids = new String[AT_ONCE + sessions];
            // The first ones warm everything up that is there once, and not for each session.
            each(workers, "warming up", AT_ONCE, i -> ids[i] = absorb(client, i, vocabulary));
            settle(connection);
            ProcessMemory before = ProcessMemory.now();
            long begin = System.nanoTime();
            each(
                    workers,
                    "absorbing",
                    sessions,
                    i -> ids[AT_ONCE + i] = absorb(client, AT_ONCE + i, vocabulary));
            double seconds = (System.nanoTime() - begin) / 1e9;
            settle(connection);
            ProcessMemory after = ProcessMemory.now();
            // Each once: a second stream would fence the first.
            int[] chosen =
                    new SplittableRandom(1)
                            .ints(0, ids.length)
                            .distinct()
                            .limit(Math.min(resumes, ids.length))
                            .toArray();
            long[] nanos = new long[chosen.length];
            each(
                    workers,
                    "resuming",
                    chosen.length,
                    i -> nanos[i] = resume(client, ids[chosen[i]]));
            StepTimes times = new StepTimes();
            Arrays.stream(nanos).forEach(times::add);
            print(seconds, before, after, times);
        }
        return 0;
    }

    private interface Task {
        void run(int index) throws Exception;
    }

    /** Runs a task for each index, some at once; fails as the first that does. */
    private static void each(ExecutorService workers, String what, int count, Task task)
            throws Exception {
        var done = new AtomicInteger();
        try (Progress progress = new Progress(what)) {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int index = i;
                futures.add(
                        workers.submit(() -> {
                            task.run(index);
                            progress.update((double) done.incrementAndGet() / count);
                            return null;
                        }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        }
    }

    /** Opens a session and lets it absorb tokens that only its index decides. */
    private String absorb(EddyClient client, int index, int vocabulary) throws Exception {
        try (Conversation conversation =
                client.conversation().model(options.servedName()).seed(index).open()) {
            int[] ids = new SplittableRandom(index).ints(tokens, 0, vocabulary).toArray();
            var unused = conversation.sendIds(ids).get();
            return conversation.sessionId();
        }
    }

    /** Nanoseconds from attaching to a session's next token. */
    private long resume(EddyClient client, String id) {
        long begin = System.nanoTime();
        try (Conversation conversation = client.resume(id).open()) {
            long position = conversation.position();
            if (position < tokens) {
                throw new IllegalStateException(
                        "session " + id + " is at " + position + ", not at " + tokens);
            }
            conversation.turn().maxElements(1).ignoreEnd().start().forEach(_ -> {});
            return System.nanoTime() - begin;
        }
    }

    /** Waits until every session has left the engine and then memory. */
    private static void settle(Connection connection) throws InterruptedException {
        try (Progress _ = new Progress("letting them rest")) {
            connection.awaitNone(residence -> residence != Residence.RESIDENCE_STORE, LOOK_EVERY);
            Thread.sleep(PASSIVATE_AFTER.plusSeconds(2));
        }
    }

    private void print(
            double seconds, ProcessMemory before, ProcessMemory after, StepTimes resumed) {
        PrintWriter out = spec.commandLine().getOut();
        Long outside = after.outsideSince(before);
        out.printf(
                Locale.ROOT,
                options.json()
                        ? "{\"sessions\": %d, \"tokens\": %d, \"absorbed_per_second\": %.1f,"
                                + " \"heap_bytes_per_session\": %d, \"outside_bytes_per_session\": %s,"
                                + " \"resume_ms_p50\": %.3f, \"resume_ms_p99\": %.3f}%n"
                        : "%d sessions of %d tokens (%.1f tokens/s): %d bytes of heap and %s outside it for each;"
                                + " resuming one, its next token included, takes %.3f ms (p50), %.3f ms (p99)%n",
                sessions,
                tokens,
                (double) sessions * tokens / seconds,
                Math.round((double) (after.heap() - before.heap()) / sessions),
                outside != null
                        ? Math.round((double) outside / sessions)
                        : options.json() ? "null" : "an unknown number",
                resumed.millis(0.5),
                resumed.millis(0.99));
        out.flush();
    }
}
