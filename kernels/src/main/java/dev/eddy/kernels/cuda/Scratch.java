package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.Rows;
import dev.eddy.kernels.program.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Where every value lies in scratch memory. A value keeps its place from the launch that makes it
 * to the last that reads it; places of values that are never needed together overlap. Beside each
 * value there may be its fragments for the tensor cores, and some launches have memory of their
 * own.
 */
final class Scratch {
    private static final long ALIGNMENT = 256;

    private final Schedule schedule;
    private final CompileOptions options;
    private final int values;
    private final long[] size;
    private final int[] first;
    private final int[] last;
    private final long[] offset;
    private long bytes;

    private Scratch(Program program, Schedule schedule, CompileOptions options) {
        this.schedule = schedule;
        this.options = options;
        values = program.values();
        int count = 2 * values + schedule.launches().size();
        size = new long[count];
        first = new int[count];
        last = new int[count];
        offset = new long[count];
        Arrays.fill(offset, -1);
    }

    /** Plans the values of a schedule. */
    static Scratch of(Program program, Schedule schedule, CompileOptions options) {
        Scratch scratch = new Scratch(program, schedule, options);
        for (int i = 0; i < schedule.launches().size(); i++) {
            scratch.live(schedule.launches().get(i), i);
        }
        scratch.read(program.output().value(), schedule.launches().size());
        scratch.place(schedule.views().root(program.output().value()).id());
        return scratch;
    }

    /** Size of it all. */
    long bytes() {
        return bytes;
    }

    /** Bytes from the start of scratch memory to a value that is no view. */
    long offset(Value value) {
        return offset[value.id()];
    }

    /** Whether a value is read by another launch than the one that makes it, or given out. */
    boolean outlives(Value value) {
        return last[value.id()] > first[value.id()];
    }

    /** Bytes to a value's fragments. */
    long fragments(Value value) {
        return offset[values + value.id()];
    }

    /** Bytes to what launch {@code index} has for itself. */
    long own(int index) {
        return offset[2 * values + index];
    }

    /** Tiles of 16 elements of K that cover a value. */
    static int tiles(Value value) {
        return Math.ceilDiv(value.width(), 16);
    }

    /** Most rows that a value has. */
    private long rows(Value value) {
        return value.rows() == Rows.ALL ? options.maxRows() : options.maxSelected();
    }

    private void live(Schedule.Launch launch, int index) {
        switch (launch) {
            case Schedule.Launch.RowOps ops -> {
                for (Schedule.Step step : ops.steps()) {
                    switch (step) {
                        case Schedule.Step.Apply(Op op) -> live(op, index);
                        case Schedule.Step.ToFragments(Value x) -> {
                            read(x, index);
                            makeFragments(x, index);
                        }
                    }
                }
            }
            case Schedule.Launch.Products products -> {
                for (Schedule.Product product : products.products()) {
                    Value x = product.op().x();
                    if (schedule.tensorCores()) {
                        last[values + x.id()] = index;
                    } else {
                        read(x, index);
                    }
                    make(product.out(), product.since());
                    if (product.next() != null) {
                        makeFragments(product.next(), product.since());
                    }
                }
            }
            case Schedule.Launch.Rotations(List<Op.Rotate> ops) ->
                    ops.forEach(op -> live(op, index));
            case Schedule.Launch.Single(Op op, boolean rounds) -> {
                live(op, index);
                if (rounds) {
                    makeFragments(op.out(), index);
                }
                make(2 * values + index, ownBytes(op), index);
            }
        }
    }

    private void live(Op op, int index) {
        for (Value input : op.inputs()) {
            read(input, index);
        }
        make(op.out(), index);
    }

    private void make(Value value, int index) {
        make(value.id(), Math.multiplyExact(rows(value), 4L * value.width()), index);
    }

    private void makeFragments(Value x, int index) {
        // Of 8 rows; where fewer rows lie in groups of 160 these take no more.
        long blocks = rows(x) <= 64 ? 8 : Math.ceilDiv(rows(x), 128) * 16;
        make(values + x.id(), blocks * tiles(x) * 256, index);
    }

    private long ownBytes(Op op) {
        return switch (op) {
            case Op.CellScan cell -> 4L * options.maxEntries() * cell.x().width();
            case Op.Experts experts -> 4L * rows(experts.x()) * ownWidth(experts);
            default -> 0;
        };
    }

    private static long ownWidth(Op.Experts op) {
        long chosen = op.routes().width() / 2;
        return chosen * (op.up().shape().dim(1) + op.out().width());
    }

    /** Bytes from {@link #own} of a launch of experts to the second products. */
    long second(Op.Experts op) {
        return 4L * rows(op.x()) * (op.routes().width() / 2) * op.up().shape().dim(1);
    }

    private void make(int id, long bytes, int index) {
        size[id] = Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT;
        first[id] = index;
        last[id] = Math.max(last[id], index);
    }

    private void read(Value value, int index) {
        int id = schedule.views().root(value).id();
        last[id] = Math.max(last[id], index);
    }

    /** Places all, {@code output} first, so that it lies in the same place in every schedule. */
    private void place(int output) {
        List<Integer> ids = new ArrayList<>();
        for (int id = 0; id < size.length; id++) {
            if (size[id] > 0) {
                ids.add(id);
            }
        }
        ids.sort(
                Comparator.comparing((Integer id) -> id != output)
                        .thenComparing(Comparator.comparing((Integer id) -> -size[id])));
        List<Integer> placed = new ArrayList<>();
        for (int id : ids) {
            offset[id] = lowest(id, placed);
            bytes = Math.max(bytes, offset[id] + size[id]);
            placed.add(id);
        }
    }

    /** The lowest offset that is free of all placed ones that live at the same time. */
    private long lowest(int id, List<Integer> placed) {
        List<Integer> rivals = new ArrayList<>();
        for (int other : placed) {
            if (first[other] <= last[id] && first[id] <= last[other]) {
                rivals.add(other);
            }
        }
        rivals.sort(Comparator.comparingLong(other -> offset[other]));
        long at = 0;
        for (int rival : rivals) {
            if (at + size[id] <= offset[rival]) {
                break;
            }
            at = Math.max(at, offset[rival] + size[rival]);
        }
        return at;
    }
}
