package dev.eddy.kernels.cpu;

import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.State;
import dev.eddy.kernels.tensor.DType;
import java.util.ArrayList;
import java.util.List;

/** How a slot lays out a program's states: each as the kernel that owns it likes to walk it. */
final class SlotLayout {
    private final List<SlotField> fields = new ArrayList<>();
    private final long[] offsets;
    private final long bytes;

    SlotLayout(Program program, DType stateDType) {
        for (State state : program.states()) {
            DType dtype = StateLayout.dtype(state, stateDType);
            fields.add(new SlotField.Plain(dtype, state.shape().elements()));
        }
        for (Op op : program.ops()) {
            own(op, stateDType);
        }
        offsets = new long[fields.size()];
        long offset = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = offset;
            long end = Math.addExact(offset, fields.get(i).bytes());
            offset = Math.ceilDiv(end, OffHeap.ALIGNMENT) * OffHeap.ALIGNMENT;
        }
        bytes = offset;
    }

    private void own(Op op, DType dtype) {
        switch (op) {
            case Op.Fir fir -> {
                int rows = fir.taps().shape().size(1) - 1;
                fields.set(fir.ring().id(), new SlotField.Ring(rows, fir.out().width()));
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

    /** Where a state begins within a slot. */
    long offset(State state) {
        return offsets[state.id()];
    }

    /** How states are kept, by id. */
    List<SlotField> fields() {
        return fields;
    }

    /** Where the state of that id begins within a slot. */
    long offset(int id) {
        return offsets[id];
    }
}
