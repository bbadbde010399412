package dev.eddy.kernels.cuda;

import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Value;
import org.jspecify.annotations.Nullable;

/** Which values lie in another value or in a weight, so that no launch makes them. */
final class Views {
    private final @Nullable Op[] views;

    /** None yet, of so many values. */
    Views(int values) {
        views = new Op[values];
    }

    void add(Op op) {
        views[op.out().id()] = op;
    }

    /** The operator of a value that lies in another value or in a weight; null for all others. */
    @Nullable Op of(Value value) {
        return views[value.id()];
    }

    /** The value in whose memory a value lies. */
    Value root(Value value) {
        Value root = value;
        while (views[root.id()] instanceof Op.Columns columns) {
            root = columns.x();
        }
        return root;
    }

    /** Whether a value is columns of another, but not its first ones. */
    boolean isFurtherIn(Value value) {
        return offset(value) > 0;
    }

    /** Columns of its root before a value. */
    int offset(Value value) {
        return views[value.id()] instanceof Op.Columns columns
                ? columns.from() + offset(columns.x())
                : 0;
    }
}
