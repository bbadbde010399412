package dev.eddy.kernels.backend;

import dev.eddy.kernels.program.Program;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Feeds sessions to an executable in pieces and writes down, by session and position, the bits of
 * all that comes out. However a feed was cut, the records must be equal.
 */
final class Driver implements AutoCloseable {
    private final Program program;
    private final Feed feed;
    private final Executable executable;
    private final Step step;
    private final int[] position;
    private final List<Map<String, String>> records = new ArrayList<>();

    /** Where ids are sampled: after every so many positions. */
    private static final int SAMPLE_EVERY = 3;

    Driver(Backend backend, Program program, Feed feed, CompileOptions options) {
        this.program = program;
        this.feed = feed;
        executable = backend.compile(program, options);
        step = executable.newStep();
        position = new int[options.slots()];
        for (int i = 0; i < position.length; i++) {
            records.add(new TreeMap<>());
        }
    }

    Executable executable() {
        return executable;
    }

    /** What a session yielded: positions and kinds to bits. */
    Map<String, String> record(int session) {
        return records.get(session);
    }

    /** Feeds all sessions to their ends in random pieces of at most {@code maxRows} elements. */
    void feedRandomly(Random random, int maxRows, int maxPiece) {
        while (true) {
            step.reset();
            int rows = 0;
            boolean left = false;
            for (int slot = 0; slot < position.length; slot++) {
                int rest = feed.positions() - position[slot];
                left |= rest > 0;
                int most = Math.min(Math.min(rest, maxPiece), maxRows - rows);
                if (random.nextInt(4) != 0 && most > 0) {
                    int count = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(most);
                    entry(slot, count);
                    rows += count;
                }
            }
            if (!left) {
                return;
            }
            submit();
        }
    }

    /** Feeds {@code count} elements of one session in one entry of one step. */
    void feed(int slot, int count) {
        step.reset();
        entry(slot, count);
        submit();
    }

    private void entry(int slot, int count) {
        int start = position[slot];
        if (count == 0 && start == 0) {
            return;
        }
        step.entry(slot, start);
        feed.append(step, slot, start, count);
        step.output();
        if (program.output() instanceof Program.Output.Logits) {
            if (program.input() instanceof Program.Input.Ids) {
                step.score();
            }
            if ((start + count) % SAMPLE_EVERY == 0 || count == 0) {
                step.sample(sampling(start + count), 99 + slot, 7);
            }
        }
        position[slot] += count;
    }

    /** Another way of sampling at every position. */
    static Sampling sampling(int position) {
        Sampling.Builder builder = Sampling.builder().topLogProbs(position % 5);
        return switch (position / SAMPLE_EVERY % 8) {
            case 0 -> builder.build();
            case 1 -> builder.temperature(1f).build();
            case 2 -> builder.temperature(0.7f).topK(5).build();
            case 3 -> builder.temperature(1.3f).topP(0.8f).build();
            case 4 -> builder.temperature(0.9f).minP(0.2f).build();
            case 5 -> builder.temperature(1f).topK(9).topP(0.9f).minP(0.01f).build();
            case 6 ->
                    builder.repetitionPenalty(1.3f)
                            .presencePenalty(0.2f)
                            .frequencyPenalty(0.1f)
                            .build();
            default ->
                    builder.temperature(0.8f)
                            .frequencyPenalty(0.4f)
                            .penaltyWindow(5)
                            .logitBias(
                                    new Sampling.LogitBias(new int[] {0, 2}, new float[] {1f, -3f}))
                            .build();
        };
    }

    private void submit() {
        step.seal();
        executable.submit(step);
        step.await();
        int width = program.output().value().width();
        for (int e = 0; e < step.entries(); e++) {
            Map<String, String> record = records.get(step.slot(e));
            long start = step.start(e);
            for (int i = 0; i < step.length(e); i++) {
                write(record, start + i, "row", row(step.selection(e, i), width));
                if (step.wantsScore(e) && start + i > 0) {
                    write(record, start + i, "score", bits(step.score(e, i)));
                }
            }
            if (step.wantsSample(e)) {
                long at = start + step.length(e);
                StringBuilder text = new StringBuilder();
                text.append(step.sampledId(e)).append(' ').append(bits(step.sampledLogProb(e)));
                for (int i = 0; i < Math.min(step.sampling(e).topLogProbs(), width); i++) {
                    text.append(' ').append(step.topId(e, i)).append('=');
                    text.append(bits(step.topLogProb(e, i)));
                }
                if (at % SAMPLE_EVERY == 0) {
                    write(record, at, "sample", text.toString());
                }
            }
        }
    }

    private static void write(Map<String, String> record, long position, String kind, String bits) {
        record.put(String.format("%06d %s", position, kind), bits);
    }

    private String row(int selected, int width) {
        MemorySegment rows = step.outputRows();
        StringBuilder text = new StringBuilder(9 * width);
        for (int c = 0; c < width; c++) {
            long at = 4L * (selected * (long) width + c);
            text.append(bits(rows.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at))).append(' ');
        }
        return text.toString();
    }

    private static String bits(float x) {
        return Integer.toHexString(Float.floatToIntBits(x));
    }

    /** A session's state in the canonical layout. */
    byte[] state(int slot) {
        byte[] bytes = new byte[Math.toIntExact(executable.arena().layout().bytes(position[slot]))];
        MemorySegment target = Arena.ofAuto().allocate(bytes.length, 64);
        executable.arena().save(slot, target).toCompletableFuture().join();
        MemorySegment.copy(target, ValueLayout.JAVA_BYTE, 0, bytes, 0, bytes.length);
        return bytes;
    }

    @Override
    public void close() {
        executable.close();
    }
}
