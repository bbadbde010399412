package dev.eddy.kernels.cpu;

import dev.eddy.kernels.program.Op;

/**
 * How each operator is computed. The one place that lists them all: an operator that joins needs
 * its kind here, then a {@link RowOp} in {@link RowAssembler} or a {@link Stage} in {@link
 * ScanAssembler}, its inputs in {@link Schedule} and, where it has state, a {@link SlotField} in
 * {@link SlotLayout}.
 */
final class Support {
    /** How an operator is computed. */
    enum Kind {
        /** By nobody: its output lies within its input. */
        VIEW,
        /** Row by row or element by element. */
        ROWS,
        /** By a stage of its own. */
        HEAD
    }

    private Support() {}

    /** How an operator is computed. */
    static Kind kind(Op op) {
        return switch (op) {
            case Op.Columns _ -> Kind.VIEW;
            case Op.Embed _, Op.Frames _, Op.Unary _, Op.Binary _, Op.Norm _ -> Kind.ROWS;
            case Op.Softmax _, Op.Concat _, Op.Outer _, Op.Broadcast _ -> Kind.ROWS;
            case Op.Rotate _, Op.Route _ -> Kind.ROWS;
            case Op.MatMul _, Op.Select _, Op.Experts _, Op.CellScan _ -> Kind.HEAD;
            case Op.DiagonalScan _, Op.MatrixScan _, Op.DeltaScan _ -> Kind.HEAD;
            case Op.Recurrence _, Op.ModalScan _, Op.LogMaxScan _, Op.WkvScan _ -> Kind.HEAD;
            case Op.Delay _, Op.PhaseScan _, Op.Fir _, Op.Attention _ -> Kind.HEAD;
        };
    }
}
