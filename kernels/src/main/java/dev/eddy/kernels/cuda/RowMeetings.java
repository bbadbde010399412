package dev.eddy.kernels.cuda;

import dev.eddy.kernels.program.Value;
import java.util.HashSet;
import java.util.Set;

/** Where the threads of a block that works off lists must meet, as each reads what others wrote. */
final class RowMeetings {
    private final Layout layout;

    /** Values written since they met last, each column by its own thread. */
    private final Set<Integer> aligned = new HashSet<>();

    /** Values written since then by other threads than their columns'. */
    private final Set<Integer> scattered = new HashSet<>();

    RowMeetings(Layout layout) {
        this.layout = layout;
    }

    /** They have met. */
    void all() {
        aligned.clear();
        scattered.clear();
    }

    /** A value has been written, by other threads than its columns' or each column by its own. */
    void wrote(Value value, boolean byOthers) {
        (byOthers ? scattered : aligned).add(value.id());
    }

    /** Whether a thread that reads its own column of a value must wait first. */
    boolean beforeOwn(Value value) {
        Value root = layout.schedule().views().root(value);
        boolean same = layout.of(value).address() == layout.of(root).address();
        boolean waits = scattered.contains(root.id()) || !same && aligned.contains(root.id());
        return noted(waits);
    }

    /** Whether threads that read any columns of these values must wait first. */
    boolean before(Value... values) {
        boolean waits = false;
        for (Value value : values) {
            int root = layout.schedule().views().root(value).id();
            waits |= scattered.contains(root) || aligned.contains(root);
        }
        return noted(waits);
    }

    private boolean noted(boolean waits) {
        if (waits) {
            all();
        }
        return waits;
    }
}
