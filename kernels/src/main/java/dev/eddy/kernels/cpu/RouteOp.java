package dev.eddy.kernels.cpu;

import dev.eddy.kernels.program.Op;

/**
 * Chooses each row's experts.
 *
 * @param bias address of [X], 0 for none
 * @param experts X
 */
record RouteOp(Op.Route op, Place scores, long bias, Place out, int experts) implements RowOp {
    @Override
    public void run(Batch batch, Worker worker, int fromRow, int toRow, int from, int to) {
        for (int row = fromRow; row < toRow; row++) {
            route(scores.at(row, 0), worker.row, out.at(row, 0));
        }
    }

    private void route(long scores, long choice, long out) {
        for (int i = 0; i < experts; i++) {
            float score = OffHeap.get(scores + 4L * i);
            OffHeap.set(choice + 4L * i, bias == 0 ? score : score + OffHeap.get(bias + 4L * i));
        }
        if (op.chosenGroups() < op.groups()) {
            dropGroups(choice, choice + 4L * experts);
        }
        float sum = 0;
        int best = -1;
        for (int i = 0; i < op.count(); i++) {
            best = next(choice, experts, best);
            OffHeap.set(out + 4L * i, (float) best);
            sum += OffHeap.get(scores + 4L * best);
        }
        for (int i = 0; i < op.count(); i++) {
            float score = OffHeap.get(scores + 4L * (long) OffHeap.get(out + 4L * i));
            float share = (op.normalise() ? score / sum : score) * op.scale();
            OffHeap.set(out + 4L * (op.count() + i), share);
        }
    }

    /** Sets the choices of all but the best groups to minus infinity. */
    private void dropGroups(long choice, long strengths) {
        int size = experts / op.groups();
        for (int g = 0; g < op.groups(); g++) {
            long group = choice + 4L * g * size;
            int first = next(group, size, -1);
            float second = size > 1 ? OffHeap.get(group + 4L * next(group, size, first)) : 0;
            OffHeap.set(strengths + 4L * g, OffHeap.get(group + 4L * first) + second);
        }
        for (int g = 0; g < op.groups(); g++) {
            int rank = 0;
            for (int other = 0; other < op.groups(); other++) {
                rank += isBefore(strengths, other, g) ? 1 : 0;
            }
            for (int i = g * size; rank >= op.chosenGroups() && i < (g + 1) * size; i++) {
                OffHeap.set(choice + 4L * i, Float.NEGATIVE_INFINITY);
            }
        }
    }

    /** The index of what follows that of {@code last} in falling order, the first after -1. */
    private static int next(long x, int count, int last) {
        int best = -1;
        for (int i = 0; i < count; i++) {
            if (i != last
                    && (last < 0 || isBefore(x, last, i))
                    && (best < 0 || isBefore(x, i, best))) {
                best = i;
            }
        }
        return best;
    }

    /** Whether number i comes before number j: the larger, of equal ones the first, NaN last. */
    private static boolean isBefore(long x, int i, int j) {
        float a = OffHeap.get(x + 4L * i);
        float b = OffHeap.get(x + 4L * j);
        int order = Float.compare(-a + 0f, -b + 0f);
        return order < 0 || order == 0 && i < j;
    }
}
