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
            case Op.MatrixScan scan -> {
                long rows = (long) scan.heads() * (scan.k().width() / scan.groups());
                int columns = scan.v().width() / scan.heads();
                fields.set(scan.s().id(), new SlotField.Matrix(dtype, rows, columns));
            }
            default -> {} // No state, or a plain one.
        }
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
