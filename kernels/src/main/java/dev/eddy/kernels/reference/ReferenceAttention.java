package dev.eddy.kernels.reference;

import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.program.Op;
import java.util.Arrays;

/**
 * Attention over rings or pages of keys and values. Keys count in blocks aligned to absolute
 * position, so that neither the window's place in the ring nor the chunk changes a bit.
 */
final class ReferenceAttention {
    private final Op.Attention op;
    private final float[] q;
    private final ReferencePast keys;
    private final ReferencePast values;
    private final float[] sums;
    private final float[] block;
    private float largest;
    private float total;

    private ReferenceAttention(
            Op.Attention op, float[] q, ReferencePast keys, ReferencePast values) {
        this.op = op;
        this.q = q;
        this.keys = keys;
        this.values = values;
        sums = new float[op.v().width() / op.groups()];
        block = new float[sums.length];
    }

    static void attend(
            Op.Attention op,
            ReferenceArena arena,
            Step step,
            ReferenceInterpreter values,
            float[] out) {
        float[] k = values.of(op.k());
        float[] v = values.of(op.v());
        for (int e = 0; e < step.entries(); e++) {
            ReferencePast keys = ReferencePast.of(arena, step.slot(e), op.keys());
            ReferencePast held = ReferencePast.of(arena, step.slot(e), op.values());
            ReferenceAttention attention =
                    new ReferenceAttention(op, values.of(op.q()), keys, held);
            for (int t = 0; t < step.absorbed(e); t++) {
                int row = step.offset(e) + t;
                long position = step.start(e) + t;
                keys.put(k, row, position);
                held.put(v, row, position);
                for (int h = 0; h < op.heads(); h++) {
                    attention.head(h, row, position, out);
                }
            }
        }
    }

    private void head(int head, int row, long position, float[] out) {
        largest = Float.NEGATIVE_INFINITY;
        total = 0;
        Arrays.fill(sums, 0);
        long first = Math.max(0, position - op.window() + 1);
        for (long from = first; from <= position; ) {
            long end = Math.min(position + 1, (from / Op.Attention.BLOCK + 1) * Op.Attention.BLOCK);
            block(head, row, from, end);
            from = end;
        }
        for (int j = 0; j < sums.length; j++) {
            out[row * op.out().width() + head * sums.length + j] = sums[j] / total;
        }
    }

    /** Adds the keys at positions {@code from .. end - 1}, which lie in one block. */
    private void block(int head, int row, long from, long end) {
        int group = head * op.groups() / op.heads();
        float[] scores = new float[(int) (end - from)];
        float top = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = score(head, group, row, from + i);
            top = Functions.max(scores[i], top);
        }
        Arrays.fill(block, 0);
        float sum = 0;
        for (int i = 0; i < scores.length; i++) {
            float weight = Functions.exp(scores[i] - top);
            sum += weight;
            float[] value = values.array(from + i);
            int at = values.row(from + i) + group * block.length;
            for (int j = 0; j < block.length; j++) {
                block[j] = Math.fma(weight, value[at + j], block[j]);
            }
        }
        float next = Functions.max(largest, top);
        float past = Functions.exp(largest - next);
        float now = Functions.exp(top - next);
        total = Math.fma(total, past, sum * now);
        for (int j = 0; j < block.length; j++) {
            sums[j] = Math.fma(sums[j], past, block[j] * now);
        }
        largest = next;
    }

    private float score(int head, int group, int row, long position) {
        int width = op.q().width() / op.heads();
        int query = row * op.q().width() + head * width;
        float[] key = keys.array(position);
        int at = keys.row(position) + group * width;
        float dot = 0;
        for (int i = 0; i < width; i++) {
            dot = Math.fma(q[query + i], key[at + i], dot);
        }
        float score = dot * op.scale();
        return op.cap() > 0 ? op.cap() * Functions.tanh(score / op.cap()) : score;
    }
}
