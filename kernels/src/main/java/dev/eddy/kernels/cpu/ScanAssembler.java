package dev.eddy.kernels.cpu;

import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.State;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.DType;

/** Gives the operators with state their addresses. */
final class ScanAssembler {
    /** Nanoseconds a column of a row takes where a scan reads and writes little else. */
    private static final double COPY = 0.3;

    /** Nanoseconds of a transcendental function, a column. */
    private static final double FUNCTION = 0.5;

    /** Nanoseconds a number of a mode, a channel. */
    private static final double MODE = 0.2;

    /** Nanoseconds an element of a matrix state. */
    private static final double ELEMENT = 0.1;

    private final RowAssembler rows;
    private final SlotLayout slots;
    private final DType state;
    private final CpuKernels kernels;
    private final Resources resources;

    ScanAssembler(
            RowAssembler rows,
            SlotLayout slots,
            DType state,
            CpuKernels kernels,
            Resources resources) {
        this.rows = rows;
        this.slots = slots;
        this.state = state;
        this.kernels = kernels;
        this.resources = resources;
    }

    /** The stage of a scan, followed by {@code tail}. */
    Stage stage(Op op, RowOp[] tail) {
        return switch (op) {
            case Op.Fir fir -> fir(fir, tail);
            case Op.DiagonalScan scan -> diagonal(scan, tail);
            case Op.MatrixScan scan -> matrix(scan, tail);
            case Op.DeltaScan scan -> delta(scan, tail);
            case Op.Recurrence scan -> recurrence(scan, tail);
            case Op.Delay delay -> delay(delay, tail);
            case Op.LogMaxScan scan -> logMax(scan, tail);
            case Op.PhaseScan scan -> phase(scan, tail);
            case Op.WkvScan scan -> wkv(scan, tail);
            case Op.ModalScan scan -> modal(scan, tail);
            case Op.Attention attention -> new AttentionStage(attention(attention), tail);
            default -> throw new IllegalStateException("no scan: " + op);
        };
    }

    private Stage fir(Op.Fir op, RowOp[] tail) {
        int width = op.out().width();
        if (op.ring().role() == State.Role.HISTORY) {
            return new LongFirStage(
                    new LongFirStage.Arguments(
                            rows.place(op.x()),
                            rows.place(op.out()),
                            width,
                            tiles(op.taps()),
                            op.taps().shape().size(1),
                            rows.row(op.bias()),
                            slots.past(op.ring())),
                    tail);
        }
        return new FirStage(
                new FirStage.Arguments(
                        rows.place(op.x()),
                        rows.place(op.out()),
                        width,
                        op.taps().shape().size(1),
                        resources.weight(new PackedWeight.Taps(op.taps())),
                        rows.row(op.bias()),
                        slots.offset(op.ring()),
                        PackedWeight.Taps.rowBytes(width)),
                tail);
    }

    private DiagonalStage diagonal(Op.DiagonalScan op, RowOp[] tail) {
        return new DiagonalStage(
                new DiagonalStage.Arguments(
                        rows.place(op.x()),
                        rows.place(op.dt()),
                        rows.place(op.b()),
                        rows.place(op.c()),
                        rows.place(op.out()),
                        op.out().width(),
                        op.b().width(),
                        resources.weight(new PackedWeight.Modes(op.a())),
                        slots.offset(op.h()),
                        state == DType.BF16),
                kernels.scans(),
                tail);
    }

    private HeadStage matrix(Op.MatrixScan op, RowOp[] tail) {
        Op.MatrixScan.Write write = op.second();
        int keys = op.k().width() / op.groups();
        int columns = op.v().width() / op.heads();
        Place out = rows.place(op.out());
        MatrixScan scan =
                new MatrixScan(
                        rows.place(op.q()),
                        rows.place(op.k()),
                        rows.place(op.v()),
                        rows.place(op.decay()),
                        write == null
                                ? null
                                : new MatrixScan.Write(
                                        rows.place(write.k()), rows.place(write.v())),
                        rows.row(op.bonus()),
                        out,
                        op.heads(),
                        op.groups(),
                        keys,
                        columns,
                        op.decay().width() / op.heads(),
                        op.axis() == Op.MatrixScan.DecayAxis.VALUE,
                        kernels.scans());
        StateTiles s = slots.tiles(op.s());
        return new HeadStage(scan, s, out, op.heads(), columns, ELEMENT * keys, tail);
    }

    private HeadStage delta(Op.DeltaScan op, RowOp[] tail) {
        int keys = op.k().width() / op.heads();
        int columns = op.v().width() / op.heads();
        Place out = rows.place(op.out());
        DeltaScan scan =
                new DeltaScan(
                        rows.place(op.q()),
                        rows.place(op.k()),
                        rows.place(op.v()),
                        rows.place(op.decay()),
                        rows.place(op.a()),
                        rows.place(op.b()),
                        out,
                        keys,
                        columns,
                        op.decay().width() / op.heads(),
                        kernels.scans());
        StateTiles s = slots.tiles(op.s());
        return new HeadStage(scan, s, out, op.heads(), columns, 1.5 * ELEMENT * keys, tail);
    }

    private ChannelStage recurrence(Op.Recurrence op, RowOp[] tail) {
        Place out = rows.place(op.out());
        return new ChannelStage(
                new ChannelScans.Recurrence(rows.place(op.a()), rows.place(op.b()), out),
                slots.tiles(op.h()),
                out,
                op.out().width(),
                1,
                COPY,
                tail);
    }

    private ChannelStage delay(Op.Delay op, RowOp[] tail) {
        Place out = rows.place(op.out());
        return new ChannelStage(
                new ChannelScans.Delay(rows.place(op.x()), out),
                slots.tiles(op.last()),
                out,
                op.out().width(),
                1,
                COPY,
                tail);
    }

    private ChannelStage logMax(Op.LogMaxScan op, RowOp[] tail) {
        Place out = rows.place(op.out());
        int heads = op.f().width();
        return new ChannelStage(
                new ChannelScans.LogMax(rows.place(op.f()), rows.place(op.i()), out, heads),
                slots.tiles(op.m()),
                out,
                heads,
                3,
                2 * FUNCTION,
                tail);
    }

    private ChannelStage phase(Op.PhaseScan op, RowOp[] tail) {
        Place out = rows.place(op.out());
        int width = op.x().width();
        return new ChannelStage(
                new ChannelScans.Phase(rows.place(op.x()), out, width),
                slots.tiles(op.phase()),
                out,
                width,
                2,
                2 * FUNCTION,
                tail);
    }

    private ChannelStage wkv(Op.WkvScan op, RowOp[] tail) {
        Place out = rows.place(op.out());
        return new ChannelStage(
                new ChannelScans.Wkv(
                        rows.place(op.k()),
                        rows.place(op.v()),
                        rows.row(op.decay()),
                        rows.row(op.bonus()),
                        out),
                slots.tiles(op.state()),
                out,
                op.out().width(),
                1,
                4 * FUNCTION,
                tail);
    }

    private ChannelStage modal(Op.ModalScan op, RowOp[] tail) {
        Place out = rows.place(op.out());
        StateTiles tiles = slots.tiles(op.h());
        Op.ModalScan.Feedback feedback = op.feedback();
        return new ChannelStage(
                new ModalScan(
                        rows.place(op.x()),
                        out,
                        tiles(op.poles()),
                        tiles(op.residues()),
                        feedback == null ? 0 : tiles(feedback.input()),
                        feedback == null ? 0 : tiles(feedback.read()),
                        feedback == null ? 0 : tiles(feedback.write()),
                        tiles.rows(),
                        op.poles().shape().rank() == 3,
                        feedback != null),
                tiles,
                out,
                op.out().width(),
                1,
                MODE * tiles.rows(),
                tail);
    }

    /** What attention, and what keeps its keys before it, reads and writes. */
    AttentionStage.Arguments attention(Op.Attention op) {
        return new AttentionStage.Arguments(
                rows.place(op.q()),
                rows.place(op.k()),
                rows.place(op.v()),
                rows.place(op.out()),
                op.heads(),
                op.groups(),
                op.window(),
                op.scale(),
                op.cap(),
                new KeyValues(
                        slots.past(op.keys()),
                        slots.past(op.values()),
                        op.k().width() / op.groups(),
                        op.v().width() / op.groups()));
    }

    private long tiles(Weight weight) {
        return resources.weight(new PackedWeight.Tiles(weight));
    }
}
