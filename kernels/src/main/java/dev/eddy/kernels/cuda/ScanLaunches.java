package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.Work.Grid;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.State;

/** Launches of recurrences that are not among the operators on rows. */
final class ScanLaunches {
    /** delta.cu: columns of a block in registers. */
    private static final int DELTA_COLUMNS = 32;

    /** diagonal.cu, ScanRing: channels and threads of a block. */
    private static final int SCAN_CHANNELS = 32;

    private static final int SCAN_THREADS = 128;

    private final LaunchParts common;
    private final Layout layout;

    ScanLaunches(LaunchParts common) {
        this.common = common;
        layout = common.layout();
    }

    Work diagonal(Op.DiagonalScan op) {
        Params p =
                common.of(op.x(), op.dt(), op.b(), op.c(), op.out())
                        .address(layout.plain(op.a()))
                        .integer(common.inFours(op.x(), op.dt(), op.b(), op.c()))
                        .integer(0)
                        .address(layout.state(op.h()));
        int blocks = Grid.cover(op.out().width(), SCAN_CHANNELS);
        return new Work.Apart(
                new Work.Kernel(
                        common.kernel("diagonal", common.typed("diagonal", op.h())),
                        0,
                        p.segment(),
                        b -> new Grid(blocks, b.entries(), SCAN_THREADS)));
    }

    Work recurrence(Op.Recurrence op) {
        Params p = common.of(op.a(), op.b(), op.out()).address(layout.state(op.h()));
        return common.channels("diagonal", common.typed("recurrence", op.h()), p, op.out().width());
    }

    Work matrix(Op.MatrixScan op) {
        int columns = op.v().width() / op.heads();
        int keys = op.k().width() / op.groups();
        Op.MatrixScan.Write second = op.second();
        boolean inRegisters =
                second == null
                        && op.bonus() == null
                        && hasRegisters(keys)
                        && ScanTile.fillsBlocks(columns);
        ScanTile tile = tile(inRegisters, keys, columns, op.s());
        Params p = common.of(op.q(), op.k(), op.v(), op.decay());
        p.rows(second == null ? Place.NONE : layout.of(second.k()));
        p.rows(second == null ? Place.NONE : layout.of(second.v()));
        p.rows(layout.of(op.out()))
                .address(layout.plain(op.bonus()))
                .integer(op.axis().ordinal())
                .integer(op.heads())
                .integer(op.groups())
                .integer(tile.columns())
                .address(layout.state(op.s()));
        int blocks = tile.blocks(op.heads(), columns);
        if (!inRegisters) {
            return perHead("matrix", common.typed("matrix", op.s()), p, tile, blocks);
        }
        String name = "matrix_" + keys;
        String whole = tile.columns() == columns ? "_" + columns : "";
        Work ofOne = perHead("matrix", common.typed(name + whole, op.s()), p, tile, blocks);
        boolean byHead = op.axis() == Op.MatrixScan.DecayAxis.HEAD;
        if (!common.inFours(op.q(), op.k(), op.v(), op.out())
                || !byHead && !common.inFours(op.decay())) {
            return ofOne;
        }
        ScanTile parts = new ScanTile(tile.columns(), keys, 0);
        Work ofMany = perHead("matrix", common.typed(name + "_many", op.s()), p, parts, blocks);
        return new Work.Apart(new Work.Variant(b -> b.single() ? ofOne : ofMany));
    }

    Work delta(Op.DeltaScan op) {
        int columns = op.v().width() / op.heads();
        int keys = op.k().width() / op.heads();
        boolean inRegisters =
                hasRegisters(keys)
                        && columns % 4 == 0
                        && common.inFours(op.q(), op.k(), op.v(), op.a(), op.b())
                        && (op.decay().width() == op.heads() || common.inFours(op.decay()));
        ScanTile tile =
                inRegisters
                        ? new ScanTile(DELTA_COLUMNS, DELTA_COLUMNS, 0)
                        : tile(false, keys, columns, op.s());
        Params p =
                common.of(op.q(), op.k(), op.v(), op.decay(), op.a(), op.b(), op.out())
                        .integer(op.heads())
                        .integer(tile.columns())
                        .address(layout.state(op.s()));
        String name = common.typed(inRegisters ? "delta_" + keys : "delta", op.s());
        return perHead("delta", name, p, tile, tile.blocks(op.heads(), columns));
    }

    Work modal(Op.ModalScan op) {
        Op.ModalScan.Feedback feedback = op.feedback();
        Params p =
                common.of(op.x(), op.out())
                        .address(layout.plain(op.poles()))
                        .address(layout.plain(op.residues()))
                        .address(feedback == null ? 0 : layout.plain(feedback.input()))
                        .address(feedback == null ? 0 : layout.plain(feedback.read()))
                        .address(feedback == null ? 0 : layout.plain(feedback.write()))
                        .integer(op.poles().shape().size(1))
                        .integer(op.poles().shape().rank() == 3)
                        .address(layout.state(op.h()));
        return common.channels("modal", common.typed("modal", op.h()), p, op.out().width());
    }

    Work phase(Op.PhaseScan op) {
        Params p = common.of(op.x(), op.out()).address(layout.state(op.phase()));
        return common.channels("channels", "phase", p, op.x().width());
    }

    Work logMax(Op.LogMaxScan op) {
        Params p = common.of(op.f(), op.i(), op.out()).address(layout.state(op.m()));
        return common.channels("channels", common.typed("log_max", op.m()), p, op.f().width());
    }

    Work wkv(Op.WkvScan op) {
        Params p =
                common.of(op.k(), op.v(), op.out())
                        .address(layout.plain(op.decay()))
                        .address(layout.plain(op.bonus()))
                        .address(layout.state(op.state()));
        return common.channels("channels", common.typed("wkv", op.state()), p, op.out().width());
    }

    /** Whether a kernel keeps this many numbers of a column in registers. */
    private static boolean hasRegisters(int keys) {
        return keys == 64 || keys == 128;
    }

    private ScanTile tile(boolean inRegisters, int keys, int columns, State state) {
        return inRegisters
                ? ScanTile.inRegisters(columns)
                : ScanTile.inShared(
                        keys,
                        columns,
                        (int) common.dtype(state).bytes(1),
                        common.kernels().sharedBytesPerBlock());
    }

    /** A thread for each column of each head of each entry. */
    private Work perHead(String file, String name, Params params, ScanTile tile, int blocks) {
        return new Work.Apart(
                new Work.Kernel(
                        common.kernel(file, name),
                        tile.sharedBytes(),
                        params.segment(),
                        b -> new Grid(blocks, b.entries(), tile.threads())));
    }
}
