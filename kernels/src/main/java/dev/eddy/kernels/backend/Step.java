package dev.eddy.kernels.backend;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One step's request and results: a ragged batch of entries, made once and reused, so that a warm
 * step allocates nothing.
 *
 * <p>The engine calls {@link #reset}, then for each entry {@link #entry} followed by its elements
 * and what is wanted of it, then {@link #seal} and {@link Executable#submit}. An entry absorbs its
 * elements into its slot, or none: then it only reads the output at the position where its session
 * stands. Results may be read once {@link #isDone}, until the next reset. One thread fills and
 * reads it; the backend owns it from submit to completion.
 */
public final class Step {
    /** In {@link #sourceRow}: the row that the slot's carry holds. */
    public static final int CARRY = -1;

    /** In {@link #target} and {@link #sampledId}: no id. */
    public static final int NONE = -1;

    private static final int PENDING = 1;
    private static final int SAMPLE = 2;
    private static final int SCORE = 4;
    private static final int OUTPUT = 8;
    private static final int MASKED = 16;

    private enum Phase {
        FILLING,
        SEALED,
        SUBMITTED,
        DONE
    }

    private final int frameWidth;

    private int entries;
    private final int[] slot;
    private final long[] start;
    private final int[] offset;
    private final int[] length;
    private final int[] flags;
    private final long[] seed;
    private final int[] branch;
    private final Sampling[] sampling;
    private final boolean[] slotUsed;

    private int rows;
    private final int[] ids;
    private final float[] frames;

    private int selected;
    private final int[] firstSelected;
    private final int[] sourceEntry;
    private final int[] sourceRow;
    private final int[] target;

    private final int[] sampledId;
    private final float[] sampledLogProb;
    private final int[] topIds;
    private final float[] topLogProbs;
    private final float[] score;
    private @Nullable MemorySegment output;

    private volatile Phase phase = Phase.FILLING;
    private volatile @Nullable RuntimeException failure;
    private volatile @Nullable Thread waiter;
    private Runnable listener = () -> {};

    /**
     * A step of the given capacity; only backends make one.
     *
     * @param options gives the capacity
     * @param frameWidth floats in one element, 0 where elements are ids
     */
    public Step(CompileOptions options, int frameWidth) {
        this.frameWidth = frameWidth;
        int maxEntries = options.maxEntries();
        slot = new int[maxEntries];
        start = new long[maxEntries];
        offset = new int[maxEntries];
        length = new int[maxEntries];
        flags = new int[maxEntries];
        seed = new long[maxEntries];
        branch = new int[maxEntries];
        sampling = new Sampling[maxEntries];
        Arrays.fill(sampling, Sampling.GREEDY);
        slotUsed = new boolean[options.slots()];
        ids = new int[options.maxRows()];
        frames = new float[Math.multiplyExact(options.maxRows(), frameWidth)];
        firstSelected = new int[maxEntries + 1];
        sourceEntry = new int[options.maxSelected()];
        sourceRow = new int[options.maxSelected()];
        target = new int[options.maxSelected()];
        sampledId = new int[maxEntries];
        sampledLogProb = new float[maxEntries];
        topIds = new int[maxEntries * Sampling.MAX_TOP_LOG_PROBS];
        topLogProbs = new float[maxEntries * Sampling.MAX_TOP_LOG_PROBS];
        score = new float[options.maxSelected()];
    }

    // ---- filled by the engine

    /** Empties the step for reuse. */
    public void reset() {
        if (phase == Phase.SUBMITTED) {
            throw new IllegalStateException("the step is still in flight");
        }
        for (int e = 0; e < entries; e++) {
            slotUsed[slot[e]] = false;
        }
        entries = 0;
        rows = 0;
        selected = 0;
        output = null;
        failure = null;
        phase = Phase.FILLING;
    }

    /**
     * Begins an entry: the next calls describe it.
     *
     * @param slot the session's slot; at most one entry of a step may name it
     * @param start the session's position: how many elements its state has absorbed
     * @return the entry's index
     * @throws InvalidRequestException if the slot is unknown or taken, or the step is full
     */
    public int entry(int slot, long start) {
        if (phase != Phase.FILLING) {
            throw new InvalidRequestException("the step is not being filled");
        }
        if (entries >= this.slot.length) {
            throw new InvalidRequestException(
                    "a step holds at most " + this.slot.length + " entries");
        }
        if (slot < 0 || slot >= slotUsed.length) {
            throw new InvalidRequestException("slot " + slot + " of " + slotUsed.length);
        }
        if (slotUsed[slot]) {
            throw new InvalidRequestException("slot " + slot + " has two entries in one step");
        }
        if (start < 0) {
            throw new InvalidRequestException("position " + start + " is negative");
        }
        slotUsed[slot] = true;
        int e = entries++;
        this.slot[e] = slot;
        this.start[e] = start;
        offset[e] = rows;
        length[e] = 0;
        flags[e] = 0;
        return e;
    }

    /** Rows that are still free. */
    public int freeRows() {
        return ids.length - rows;
    }

    /** Appends one given id to the current entry. */
    public void element(int id) {
        if (freeRows() < 1) {
            throw new InvalidRequestException("a step holds at most " + ids.length + " rows");
        }
        if (id < 0) {
            throw new InvalidRequestException("id " + id + " is negative");
        }
        ids[rows++] = id;
        length[entries - 1]++;
    }

    /** Appends given ids to the current entry. */
    public void elements(int[] source, int from, int count) {
        for (int i = 0; i < count; i++) {
            element(source[from + i]);
        }
    }

    /** Appends {@code count} frames, each of the program's width, to the current entry. */
    public void frames(float[] source, int from, int count) {
        if (frameWidth == 0) {
            throw new InvalidRequestException("the program absorbs ids, not frames");
        }
        if (freeRows() < count) {
            throw new InvalidRequestException("a step holds at most " + ids.length + " rows");
        }
        System.arraycopy(source, from, frames, rows * frameWidth, count * frameWidth);
        rows += count;
        length[entries - 1] += count;
    }

    /**
     * Makes the current entry absorb the id that was sampled last in its slot, whatever it is; if
     * that id halted the slot, the entry is masked: nothing is absorbed or written, and its sampled
     * id is {@link #NONE}.
     */
    public void pending() {
        if (frameWidth > 0) {
            throw new InvalidRequestException("frames are not sampled");
        }
        if (length[entries - 1] > 0) {
            throw new InvalidRequestException("a pending id must be the entry's only element");
        }
        element(0);
        flags[entries - 1] |= PENDING;
    }

    /**
     * Wants an id sampled after the current entry's last element, drawn from (seed, position,
     * branch).
     */
    public void sample(Sampling settings, long seed, int branch) {
        int e = entries - 1;
        sampling[e] = settings;
        this.seed[e] = seed;
        this.branch[e] = branch;
        flags[e] |= SAMPLE;
    }

    /** Wants the log-probability of each of the current entry's given elements. */
    public void score() {
        flags[entries - 1] |= SCORE;
    }

    /** Wants the output row (logits or floats) after each of the current entry's elements. */
    public void output() {
        flags[entries - 1] |= OUTPUT;
    }

    /**
     * How many output rows an entry of {@code length} elements needs.
     *
     * @param start the session's position
     */
    public static int rowsSelected(
            long start, int length, boolean sample, boolean score, boolean output) {
        int count = 0;
        for (int i = CARRY; i < length; i++) {
            count += selects(start, length, i, sample, score, output) ? 1 : 0;
        }
        return count;
    }

    private static boolean selects(
            long start, int length, int i, boolean sample, boolean score, boolean output) {
        boolean last = i == length - 1;
        boolean exists = i >= 0 || start > 0;
        return exists && (output && i >= 0 || score && !last || sample && last);
    }

    /**
     * Ends filling and lists the selected rows.
     *
     * @throws InvalidRequestException if more rows are selected than fit, or an entry asks for what
     *     has no output yet
     */
    public void seal() {
        if (phase != Phase.FILLING) {
            throw new InvalidRequestException("the step is not being filled");
        }
        for (int e = 0; e < entries; e++) {
            firstSelected[e] = selected;
            if (wantsSample(e) && length[e] == 0 && start[e] == 0) {
                throw new InvalidRequestException(
                        "slot "
                                + slot[e]
                                + " has absorbed nothing: there is nothing to sample from");
            }
            for (int i = CARRY; i < length[e]; i++) {
                if (selects(
                        start[e], length[e], i, wantsSample(e), wantsScore(e), wantsOutput(e))) {
                    if (selected >= target.length) {
                        throw new InvalidRequestException(
                                "a step selects at most " + target.length + " output rows");
                    }
                    sourceEntry[selected] = e;
                    sourceRow[selected] = i < 0 ? CARRY : offset[e] + i;
                    target[selected] =
                            wantsScore(e) && i + 1 < length[e] ? ids[offset[e] + i + 1] : NONE;
                    selected++;
                }
            }
            sampledId[e] = NONE;
        }
        firstSelected[entries] = selected;
        phase = Phase.SEALED;
    }

    // ---- results, read by the engine

    /** True once the results can be read. */
    public boolean isDone() {
        return phase == Phase.DONE;
    }

    /**
     * Waits for completion.
     *
     * @throws BackendException or whatever else the step failed with
     */
    public void await() {
        waiter = Thread.currentThread();
        while (phase == Phase.SUBMITTED) {
            LockSupport.park(this);
        }
        waiter = null;
        RuntimeException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    /** Sets what runs, on a backend's thread, whenever the step completes; it must not block. */
    public void onCompletion(Runnable listener) {
        this.listener = listener;
    }

    /**
     * Why the step failed; null if it did not. A failed step has no results, and its slots are
     * undefined.
     */
    public @Nullable RuntimeException failure() {
        return failure;
    }

    /** The id sampled for entry {@code e}, or {@link #NONE}. */
    public int sampledId(int e) {
        return sampledId[e];
    }

    /** The sampled id's log-probability (nats) under the model's own distribution. */
    public float sampledLogProb(int e) {
        return sampledLogProb[e];
    }

    /**
     * The {@code rank}-th likeliest id (0 the likeliest) of entry {@code e}; below its sampling's
     * topLogProbs.
     */
    public int topId(int e, int rank) {
        return topIds[e * Sampling.MAX_TOP_LOG_PROBS + rank];
    }

    /** Its log-probability. */
    public float topLogProb(int e, int rank) {
        return topLogProbs[e * Sampling.MAX_TOP_LOG_PROBS + rank];
    }

    /**
     * Log-probability (nats) of element {@code i} of entry {@code e} given all before it; NaN for a
     * session's first element, which nothing precedes.
     */
    public float score(int e, int i) {
        int s = selection(e, i - 1);
        return s == NONE ? Float.NaN : score[s];
    }

    /**
     * Which selected row follows element {@code i} of entry {@code e} (-1: precedes its first), or
     * {@link #NONE}.
     */
    public int selection(int e, int i) {
        int row = i < 0 ? CARRY : offset[e] + i;
        for (int s = firstSelected[e]; s < firstSelected[e + 1]; s++) {
            if (sourceRow[s] == row) {
                return s;
            }
        }
        return NONE;
    }

    /**
     * The output rows [selected, width] as float32; valid until the executable's next submit or
     * this step's reset.
     */
    public MemorySegment outputRows() {
        MemorySegment rows = output;
        if (rows == null) {
            throw new IllegalStateException("no entry of the step wanted output rows");
        }
        return rows;
    }

    // ---- the request, read by backends

    /** True between {@link #seal} and {@link Executable#submit}. */
    public boolean isSealed() {
        return phase == Phase.SEALED;
    }

    /** Number of entries. */
    public int entries() {
        return entries;
    }

    /** Number of rows over all entries. */
    public int rows() {
        return rows;
    }

    /** Number of selected rows. */
    public int selected() {
        return selected;
    }

    public int slot(int e) {
        return slot[e];
    }

    /** The session's position before the entry. */
    public long start(int e) {
        return start[e];
    }

    /** The entry's first row. */
    public int offset(int e) {
        return offset[e];
    }

    /** The entry's rows, masked or not. */
    public int length(int e) {
        return length[e];
    }

    /** The elements that the entry absorbs: none if it is masked. */
    public int absorbed(int e) {
        return isMasked(e) ? 0 : length[e];
    }

    /** Id of a row. */
    public int id(int row) {
        return ids[row];
    }

    /** Sets the id of a row whose pending id the backend has looked up. */
    public void resolve(int row, int id) {
        ids[row] = id;
    }

    /** The rows' frames, [rows, width] row-major. */
    public float[] frames() {
        return frames;
    }

    public boolean isPending(int e) {
        return (flags[e] & PENDING) != 0;
    }

    public boolean wantsSample(int e) {
        return (flags[e] & SAMPLE) != 0;
    }

    public boolean wantsScore(int e) {
        return (flags[e] & SCORE) != 0;
    }

    public boolean wantsOutput(int e) {
        return (flags[e] & OUTPUT) != 0;
    }

    /** True if a backend masked the entry because its slot has halted. */
    public boolean isMasked(int e) {
        return (flags[e] & MASKED) != 0;
    }

    /** Masks an entry whose slot has halted. */
    public void mask(int e) {
        flags[e] |= MASKED;
    }

    public Sampling sampling(int e) {
        return sampling[e];
    }

    public long seed(int e) {
        return seed[e];
    }

    public int branch(int e) {
        return branch[e];
    }

    /** The entry of a selected row. */
    public int sourceEntry(int s) {
        return sourceEntry[s];
    }

    /** The row of a selected row, or {@link #CARRY}. */
    public int sourceRow(int s) {
        return sourceRow[s];
    }

    /** The id to score with a selected row, or {@link #NONE}. */
    public int target(int s) {
        return target[s];
    }

    /** The first selected row of entry {@code e}, or where it would be. */
    public int firstSelected(int e) {
        return firstSelected[e];
    }

    /** The selected row from which entry {@code e} samples: its last. */
    public int samplingRow(int e) {
        return firstSelected[e + 1] - 1;
    }

    // ---- the results, written by backends

    /** Marks the step as taken. */
    public void begin() {
        if (phase != Phase.SEALED) {
            throw new InvalidRequestException("submit needs a sealed step");
        }
        phase = Phase.SUBMITTED;
    }

    public void sampled(int e, int id, float logProb) {
        sampledId[e] = id;
        sampledLogProb[e] = logProb;
    }

    public void top(int e, int rank, int id, float logProb) {
        topIds[e * Sampling.MAX_TOP_LOG_PROBS + rank] = id;
        topLogProbs[e * Sampling.MAX_TOP_LOG_PROBS + rank] = logProb;
    }

    public void scored(int s, float logProb) {
        score[s] = logProb;
    }

    /** Hands over the output rows. */
    public void outputRows(MemorySegment rows) {
        output = rows;
    }

    /** Completes the step: its results can be read. */
    public void complete() {
        finish(null);
    }

    /** Completes the step without results. */
    public void fail(RuntimeException cause) {
        finish(cause);
    }

    private void finish(@Nullable RuntimeException cause) {
        failure = cause;
        phase = Phase.DONE;
        Thread thread = waiter;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
        listener.run();
    }
}
