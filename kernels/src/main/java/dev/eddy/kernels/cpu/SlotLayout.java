package dev.eddy.kernels.cpu;

import dev.eddy.kernels.backend.Pages;
import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.State;
import dev.eddy.kernels.tensor.DType;
import java.util.ArrayList;
import java.util.List;

/**
 * How a slot lays out a program's states: each as the kernel that owns it likes to walk it. Growing
 * states lie in pages, side by side, and take nothing of the slot.
 */
final class SlotLayout {
    private final List<State> states;
    private final List<SlotField> fields = new ArrayList<>();
    private final long[] offsets;
    private final long bytes;
    private final long pageBytes;

    SlotLayout(Program program, DType stateDType) {
        states = program.states();
        for (State state : states) {
            DType dtype = StateLayout.dtype(state, stateDType);
            fields.add(new SlotField.Plain(dtype, state.shape().elements()));
        }
        for (Op op : program.ops()) {
            own(op, stateDType);
        }
        offsets = new long[fields.size()];
        bytes = place(false);
        pageBytes = place(true);
    }

    /** Places the states that grow, or those that do not; the size of all. */
    private long place(boolean growing) {
        long offset = 0;
        for (int i = 0; i < offsets.length; i++) {
            if (grows(i) == growing) {
                offsets[i] = offset;
                long end = Math.addExact(offset, fields.get(i).bytes());
                offset = Math.ceilDiv(end, OffHeap.ALIGNMENT) * OffHeap.ALIGNMENT;
            }
        }
        return offset;
    }

    /** Whether the state of that id grows. */
    boolean grows(int id) {
        return states.get(id).role() == State.Role.HISTORY;
    }

    /** Size of a page: 0 where nothing grows. */
    long pageBytes() {
        return pageBytes;
    }

    private void own(Op op, DType dtype) {
        switch (op) {
            case Op.Fir fir -> own(fir.ring(), ring(fir));
            case Op.Attention attention -> {
                int groups = attention.groups();
                int key = attention.k().width() / groups;
                int value = attention.v().width() / groups;
                int rows = rows(attention.keys());
                own(attention.keys(), new SlotField.Keys(rows, groups, key));
                own(attention.values(), new SlotField.Values(rows, groups, value));
            }
            case Op.DiagonalScan scan ->
                    fields.set(
                            scan.h().id(),
                            new SlotField.Blocked(dtype, scan.out().width(), scan.b().width()));
            case Op.MatrixScan scan -> own(scan.s(), tiles(scan.s(), dtype));
            case Op.DeltaScan scan -> own(scan.s(), tiles(scan.s(), dtype));
            case Op.Recurrence scan -> own(scan.h(), tiles(scan.h(), dtype));
            case Op.LogMaxScan scan -> own(scan.m(), tiles(scan.m(), dtype));
            case Op.WkvScan scan -> own(scan.state(), tiles(scan.state(), dtype));
            case Op.CellScan scan -> own(scan.state(), tiles(scan.state(), dtype));
            case Op.PhaseScan scan -> own(scan.phase(), tiles(scan.phase(), DType.F32));
            case Op.Delay delay -> own(delay.last(), tiles(delay.last(), DType.F32));
            case Op.ModalScan scan -> {
                int channels = scan.h().shape().size(0);
                int rows = Math.toIntExact(scan.h().width());
                own(scan.h(), new SlotField.Tiles(dtype, 1, rows, channels, true));
            }
            default -> {} // No state, or a plain one.
        }
    }

    private SlotField ring(Op.Fir fir) {
        int width = fir.out().width();
        return grows(fir.ring().id())
                ? new SlotField.Tiles(DType.F32, 1, Pages.POSITIONS, width, false)
                : new SlotField.Ring(fir.taps().shape().size(1) - 1, width);
    }

    private void own(State state, SlotField field) {
        fields.set(state.id(), field);
    }

    /** A state [.., rows, columns], or [columns]. */
    private static SlotField.Tiles tiles(State state, DType dtype) {
        int rank = state.shape().rank();
        int matrices = rank > 2 ? state.shape().size(0) : 1;
        int rows = rank > 1 ? state.shape().size(-2) : 1;
        return new SlotField.Tiles(dtype, matrices, rows, state.shape().size(-1), false);
    }

    /** Bytes of the largest tile of bfloat16 as floats. */
    long floatBytes() {
        long largest = 0;
        for (SlotField field : fields) {
            if (field instanceof SlotField.Tiles tiles && tiles.dtype() == DType.BF16) {
                largest = Math.max(largest, tiles.floatBytes());
            }
        }
        return largest;
    }

    /** Where rows by position are kept. */
    Past past(State state) {
        return new Past(grows(state.id()), offset(state), rows(state));
    }

    /** Rows of a ring, or of a page. */
    private int rows(State state) {
        return grows(state.id()) ? Pages.POSITIONS : state.shape().size(0);
    }

    /** How a state in tiles is kept. */
    StateTiles tiles(State state) {
        if (fields.get(state.id()) instanceof SlotField.Tiles tiles) {
            return new StateTiles(offset(state), tiles.rows(), tiles.dtype() == DType.BF16);
        }
        throw new IllegalStateException("not in tiles: " + state);
    }

    /** Size of a slot. */
    long bytes() {
        return bytes;
    }

    /** Where a state begins within a slot, or within a page if it grows. */
    long offset(State state) {
        return offsets[state.id()];
    }

    /** How a page keeps the rows of the growing state of that id. */
    SlotField.Elements rows(int id) {
        if (fields.get(id) instanceof SlotField.Elements elements) {
            return elements;
        }
        throw new IllegalStateException("not in rows: state " + id);
    }

    /** How states are kept, by id. */
    List<SlotField> fields() {
        return fields;
    }

    /** Where the state of that id begins within a slot, or within a page if it grows. */
    long offset(int id) {
        return offsets[id];
    }
}
