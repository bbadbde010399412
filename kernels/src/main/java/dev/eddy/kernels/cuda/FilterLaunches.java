package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.Work.Grid;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.State;
import dev.eddy.kernels.program.Value;
import java.util.stream.Stream;

/** Launches of filters, and of what keeps rows for them and for attention. */
final class FilterLaunches {
    /** Columns of a thread in history.cu. */
    private static final int KEPT_COLUMNS = 4;

    /** KeepParams of history.cu. */
    private static final int KEEP_BYTES = 56 + 2 * 40;

    /** Threads over columns that are kept, at most. */
    private static final int KEEP_THREADS = 256;

    private final LaunchParts common;
    private final Layout layout;

    FilterLaunches(LaunchParts common) {
        this.common = common;
        layout = common.layout();
    }

    Stream<Work> fir(Op.Fir op) {
        int width = op.out().width();
        if (op.ring().role() == State.Role.HISTORY) {
            int threads = Grid.warps(width, LaunchParts.CHANNEL_THREADS);
            Work filter =
                    new Work.Kernel(
                            common.kernel("fir", "fir_growing"),
                            0,
                            layout.history(filter(op, false), op.ring()).segment(),
                            b -> new Grid(Grid.cover(width, threads), b.rows(), threads));
            return Stream.of(filter, keep(op.x(), op.ring()));
        }
        long window = layout.state(op.ring());
        Work whole = common.groups("fir", "fir", filter(op, true).address(window), width);
        if (op.taps().shape().size(1) - 1 <= LaunchParts.GROUP_ELEMENTS) {
            return Stream.of(whole);
        }
        // Other blocks than an entry's first read what is kept, too.
        Work filter = common.groups("fir", "fir", filter(op, false).address(window), width);
        Work keep = common.channels("fir", "fir_keep", filter(op, false).address(window), width);
        return Stream.of(
                new Work.Variant(b -> b.single() ? whole : filter),
                new Work.Variant(b -> b.single() ? null : keep));
    }

    /** A value's rows of an element before. */
    Work delay(Op.Delay op) {
        Params p = common.of(op.x(), op.out()).address(layout.state(op.last()));
        return common.groups("channels", "delay", p, op.x().width());
    }

    private Params filter(Op.Fir op, boolean keeps) {
        return common.of(op.x(), op.out())
                .address(layout.weights().address(op.taps(), WeightPlan.Form.TAPS))
                .address(layout.plain(op.bias()))
                .integer(op.taps().shape().size(1))
                .integer(keeps);
    }

    /** Keeps a step's rows of a value in a ring or pages. */
    private Work keep(Value x, State past) {
        return keep(layout.history(common.of(x), past), 1, x.width());
    }

    /** Keeps the rows of two values. */
    Work keep(Value one, State pastOnes, Value other, State pastOthers) {
        Params p = layout.history(common.of(one), pastOnes).rows(layout.of(other));
        return keep(layout.history(p, pastOthers), 2, Math.max(one.width(), other.width()));
    }

    private Work keep(Params p, int values, int widest) {
        int threads = Grid.warps(Math.ceilDiv(widest, KEPT_COLUMNS), KEEP_THREADS);
        int groups = Grid.cover(widest, threads * KEPT_COLUMNS);
        return new Work.Kernel(
                common.kernel("history", "keep"),
                0,
                p.padded(KEEP_BYTES),
                b -> new Grid(b.rows(), groups, values, threads));
    }
}
