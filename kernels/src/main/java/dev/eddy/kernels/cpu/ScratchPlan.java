package dev.eddy.kernels.cpu;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Rows;
import dev.eddy.kernels.program.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Where every value lies in scratch memory. Values share memory where no region needs both; an
 * elementwise operator writes over an argument that nothing else needs any more; views lie in what
 * they are views of.
 */
final class ScratchPlan {
    /** Rows start at a multiple of this many floats: a panel of a matrix product. */
    private static final int ROW_UNIT = 32;

    /** Strides that are a multiple of this many bytes would put a column into few cache sets. */
    private static final long ALIASING = 1024;

    private final Schedule schedule;
    private final CompileOptions options;

    /** Root value id to the value whose buffer it has. */
    private final int[] owner;

    private final Value[] values;
    private final int[] firstRegion;
    private final int[] lastRegion;
    private final long[] offset;
    private long bytes;

    private ScratchPlan(Schedule schedule, CompileOptions options) {
        this.schedule = schedule;
        this.options = options;
        int count = schedule.program().values();
        owner = new int[count];
        values = new Value[count];
        firstRegion = new int[count];
        lastRegion = new int[count];
        offset = new long[count];
    }

    /** Plans the values of a schedule. */
    static ScratchPlan of(Schedule schedule, CompileOptions options) {
        ScratchPlan plan = new ScratchPlan(schedule, options);
        plan.live();
        plan.overwrite();
        plan.place();
        return plan;
    }

    /** Size of all buffers. */
    long bytes() {
        return bytes;
    }

    /** Bytes from one row of a value to the next. */
    long stride(Value value) {
        long stride = 4L * OffHeap.round(schedule.root(value).width(), ROW_UNIT);
        return stride % ALIASING == 0 ? stride + OffHeap.ALIGNMENT : stride;
    }

    /** Bytes from the start of scratch memory to a value's first row. */
    long offset(Value value) {
        return offset[owner[schedule.root(value).id()]] + 4L * schedule.column(value);
    }

    private void live() {
        for (int region = 0; region < schedule.regions().size(); region++) {
            for (Schedule.Part part : schedule.regions().get(region)) {
                for (Op op : ops(part)) {
                    int id = op.out().id();
                    owner[id] = id;
                    values[id] = op.out();
                    firstRegion[id] = region;
                    lastRegion[id] = region;
                    for (Value input : op.inputs()) {
                        lastRegion[schedule.root(input).id()] = region;
                    }
                }
            }
        }
        lastRegion[output()] = schedule.regions().size();
    }

    private static List<Op> ops(Schedule.Part part) {
        List<Op> ops = new ArrayList<>();
        if (part.head != null) {
            ops.add(part.head);
        }
        ops.addAll(part.tail);
        return ops;
    }

    private void overwrite() {
        for (int region = 0; region < schedule.regions().size(); region++) {
            for (Schedule.Part part : schedule.regions().get(region)) {
                for (Op op : part.tail) {
                    overwrite(op, part, region);
                }
            }
        }
    }

    private void overwrite(Op op, Schedule.Part part, int region) {
        if (!(op instanceof Op.Unary || op instanceof Op.Binary)) {
            return;
        }
        for (Value input : op.inputs()) {
            boolean same = input.equals(schedule.root(input)) && input.width() == op.out().width();
            if (same && dies(input, op, part, region)) {
                int to = owner[input.id()];
                owner[op.out().id()] = to;
                lastRegion[to] = Math.max(lastRegion[to], lastRegion[op.out().id()]);
                return;
            }
        }
    }

    /** Whether nothing but {@code last} needs a value's columns from the time when it runs. */
    private boolean dies(Value value, Op last, Schedule.Part part, int region) {
        if (lastRegion[value.id()] != region || value.id() == output()) {
            return false;
        }
        for (Schedule.Part other : schedule.regions().get(region)) {
            for (Op op : ops(other)) {
                for (Value input : op.inputs()) {
                    if (schedule.root(input).id() == value.id()
                            && !(other == part && isDone(op, input.equals(value), last, part))) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /**
     * Whether an operator has read all that {@code last} overwrites, column by column or in whole
     * rows.
     */
    private static boolean isDone(Op op, boolean sameColumns, Op last, Schedule.Part part) {
        boolean before = part.tail.indexOf(op) < part.tail.indexOf(last);
        return op != part.head
                && (op == last || before)
                && (sameColumns || before && part.head == null);
    }

    private int output() {
        return schedule.root(schedule.program().output().value()).id();
    }

    private record Buffer(int id, long bytes) {}

    /** First fit, the larger first within a region. */
    private void place() {
        TreeMap<Long, Long> free = new TreeMap<>();
        free.put(0L, Long.MAX_VALUE / 2);
        for (int region = 0; region < schedule.regions().size(); region++) {
            List<Buffer> begins = new ArrayList<>();
            for (int id = 0; id < owner.length; id++) {
                if (values[id] != null && owner[id] == id && firstRegion[id] == region) {
                    begins.add(new Buffer(id, size(values[id])));
                }
                if (values[id] != null && owner[id] == id && lastRegion[id] == region - 1) {
                    release(free, offset[id], size(values[id]));
                }
            }
            begins.sort(Comparator.comparingLong(Buffer::bytes).reversed());
            for (Buffer buffer : begins) {
                offset[buffer.id()] = take(free, buffer.bytes());
                bytes = Math.max(bytes, offset[buffer.id()] + buffer.bytes());
            }
        }
    }

    private long size(Value value) {
        long rows = value.rows() == Rows.ALL ? options.maxRows() : options.maxSelected();
        return Math.multiplyExact(rows, stride(value));
    }

    private static long take(TreeMap<Long, Long> free, long size) {
        for (var gap : free.entrySet()) {
            if (gap.getValue() >= size) {
                long at = gap.getKey();
                long rest = gap.getValue() - size;
                free.remove(at);
                if (rest > 0) {
                    free.put(at + size, rest);
                }
                return at;
            }
        }
        throw new IllegalStateException("no gap of " + size + " bytes in endless memory");
    }

    private static void release(TreeMap<Long, Long> free, long at, long size) {
        var before = free.lowerEntry(at);
        if (before != null && before.getKey() + before.getValue() == at) {
            free.remove(before.getKey());
            at = before.getKey();
            size += before.getValue();
        }
        Long after = free.remove(at + size);
        free.put(at, after == null ? size : size + after);
    }
}
