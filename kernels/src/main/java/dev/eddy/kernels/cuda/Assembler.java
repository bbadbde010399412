package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.cuda.Work.Grid;
import dev.eddy.kernels.cuda.driver.GpuFunction;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Rows;
import dev.eddy.kernels.program.State;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.tensor.DType;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns the launches of a schedule into kernels with their grids and parameters. */
final class Assembler {
    private static final int CHANNEL_THREADS = 128;

    /** attention_many.cu: rows of a block. */
    private static final int ATTENTION_ROWS = 32;

    /** element_groups.cuh: rows of a block. */
    private static final int GROUP_ELEMENTS = 8;

    /** delta.cu: columns of a block in registers. */
    private static final int DELTA_COLUMNS = 32;

    /** diagonal.cu, ScanRing: channels and threads of a block. */
    private static final int SCAN_CHANNELS = 32;

    private static final int SCAN_THREADS = 128;
    private static final int ROW_THREADS = 256;

    /** Columns of a thread in history.cu. */
    private static final int KEPT_COLUMNS = 4;

    /** KeepParams of history.cu. */
    private static final int KEEP_BYTES = 56 + 2 * 40;

    private static final int ATTENTION_THREADS = 256;
    private static final int ATTENTION_TILES = 2;

    /** Blocks of a cluster that take blocks of keys at the same time. */
    private static final int ATTENTION_BLOCKS = 4;

    private final Layout layout;
    private final Kernels kernels;
    private final CompileOptions options;
    private final Products products;

    Assembler(Layout layout, Kernels kernels, CompileOptions options) {
        this.layout = layout;
        this.kernels = kernels;
        this.options = options;
        products = new Products(layout, kernels);
    }

    /** The work of launch {@code index}, which is no list of operators on rows. */
    Stream<Work> assemble(Schedule.Launch launch, int index) {
        return switch (launch) {
            case Schedule.Launch.RowOps _ ->
                    throw new IllegalStateException("operators on rows have their own assembly");
            case Schedule.Launch.Products(Rows rows, List<Schedule.Product> ops) ->
                    Stream.of(
                            options.weights() != WeightType.F32
                                    ? products.tensorCores(rows, ops)
                                    : products.single(rows, ops));
            case Schedule.Launch.Single(Op op) -> single(op, index);
        };
    }

    private Stream<Work> single(Op op, int index) {
        return switch (op) {
            case Op.Embed embed -> Stream.of(embed(embed));
            case Op.Fir fir -> fir(fir);
            case Op.DiagonalScan scan -> Stream.of(diagonal(scan));
            case Op.MatrixScan scan -> Stream.of(matrix(scan));
            case Op.DeltaScan scan -> Stream.of(delta(scan));
            case Op.Recurrence scan -> Stream.of(recurrence(scan));
            case Op.ModalScan scan -> Stream.of(modal(scan));
            case Op.PhaseScan scan -> {
                Params p = of(scan.x(), scan.out()).address(layout.state(scan.phase()));
                yield Stream.of(channels("channels", "phase", p, scan.x().width()));
            }
            case Op.LogMaxScan scan -> {
                Params p = of(scan.f(), scan.i(), scan.out()).address(layout.state(scan.m()));
                String name = typed("log_max", scan.m());
                yield Stream.of(channels("channels", name, p, scan.f().width()));
            }
            case Op.WkvScan scan -> {
                Params p =
                        of(scan.k(), scan.v(), scan.out())
                                .address(layout.plain(scan.decay()))
                                .address(layout.plain(scan.bonus()))
                                .address(layout.state(scan.state()));
                String name = typed("wkv", scan.state());
                yield Stream.of(channels("channels", name, p, scan.out().width()));
            }
            case Op.Delay delay -> {
                Params p = of(delay.x(), delay.out()).address(layout.state(delay.last()));
                yield Stream.of(groups("channels", "delay", p, delay.x().width()));
            }
            case Op.CellScan cell -> Stream.of(cell(cell, index));
            case Op.Attention attention -> attention(attention);
            case Op.Rotate rotate -> Stream.of(rotate(rotate));
            case Op.Route route -> Stream.of(route(route));
            case Op.Experts experts -> experts(experts, index);
            case Op.Select select -> Stream.of(select(select));
            case Op.Frames _, Op.Columns _, Op.Broadcast _ ->
                    throw new IllegalStateException("a view is no work: " + op);
            case Op.MatMul _,
                    Op.Unary _,
                    Op.Binary _,
                    Op.Norm _,
                    Op.Softmax _,
                    Op.Concat _,
                    Op.Outer _ ->
                    throw new IllegalStateException("not by itself: " + op);
        };
    }

    private GpuFunction kernel(String file, String name) {
        return kernels.of(file, name);
    }

    /** The variant of a kernel for a state's type. */
    private String typed(String name, State state) {
        return name + (dtype(state) == DType.BF16 ? "_bf16" : "_f32");
    }

    private DType dtype(State state) {
        return layout.stateLayout().fields().get(state.id()).dtype();
    }

    private Params of(Value... values) {
        Params params = layout.batch();
        for (Value value : values) {
            params.rows(layout.of(value));
        }
        return params;
    }

    /** A thread for each channel of each entry. */
    private Work channels(String file, String name, Params params, int channels) {
        int threads = Grid.warps(channels, CHANNEL_THREADS);
        return new Work.Apart(
                new Work.Kernel(
                        kernel(file, name),
                        0,
                        params.segment(),
                        b -> new Grid(Grid.cover(channels, threads), b.entries(), threads)));
    }

    /** A thread for each channel of some neighbouring rows, of one alone where each is an entry. */
    private Work groups(String file, String name, Params params, int channels) {
        int threads = Grid.warps(channels, CHANNEL_THREADS);
        return new Work.Kernel(
                kernel(file, name),
                0,
                params.segment(),
                b ->
                        new Grid(
                                Grid.cover(channels, threads),
                                b.single() ? b.rows() : Grid.cover(b.rows(), GROUP_ELEMENTS),
                                threads));
    }

    private Work embed(Op.Embed op) {
        Params p =
                layout.batch()
                        .address(layout.plain(op.table()))
                        .integer(0)
                        .integer(0)
                        .rows(layout.of(op.out()));
        int threads = Grid.warps(op.out().width(), ROW_THREADS);
        return new Work.Kernel(
                kernel("embed", "embed"), 0, p.segment(), b -> new Grid(b.rows(), threads));
    }

    private Stream<Work> fir(Op.Fir op) {
        int width = op.out().width();
        if (op.ring().role() == State.Role.HISTORY) {
            int threads = Grid.warps(width, CHANNEL_THREADS);
            Work filter =
                    new Work.Kernel(
                            kernel("fir", "fir_growing"),
                            0,
                            layout.history(filter(op, false), op.ring()).segment(),
                            b -> new Grid(Grid.cover(width, threads), b.rows(), threads));
            return Stream.of(filter, keep(op.x(), op.ring()));
        }
        long window = layout.state(op.ring());
        Work whole = groups("fir", "fir", filter(op, true).address(window), width);
        if (op.taps().shape().size(1) - 1 <= GROUP_ELEMENTS) {
            return Stream.of(whole);
        }
        // Other blocks than an entry's first read what is kept, too.
        Work filter = groups("fir", "fir", filter(op, false).address(window), width);
        Work keep = channels("fir", "fir_keep", filter(op, false).address(window), width);
        return Stream.of(
                new Work.Variant(b -> b.single() ? whole : filter),
                new Work.Variant(b -> b.single() ? null : keep));
    }

    private Params filter(Op.Fir op, boolean keeps) {
        return of(op.x(), op.out())
                .address(layout.weights().address(op.taps(), WeightPlan.Form.TAPS))
                .address(layout.plain(op.bias()))
                .integer(op.taps().shape().size(1))
                .integer(keeps);
    }

    /** Keeps a step's rows of a value in a ring or pages. */
    private Work keep(Value x, State past) {
        return keep(layout.history(of(x), past), 1, x.width());
    }

    /** Keeps the rows of two values. */
    private Work keep(Value one, State pastOnes, Value other, State pastOthers) {
        Params p = layout.history(of(one), pastOnes).rows(layout.of(other));
        return keep(layout.history(p, pastOthers), 2, Math.max(one.width(), other.width()));
    }

    private Work keep(Params p, int values, int widest) {
        int threads = Grid.warps(Math.ceilDiv(widest, KEPT_COLUMNS), ROW_THREADS);
        int groups = Grid.cover(widest, threads * KEPT_COLUMNS);
        return new Work.Kernel(
                kernel("history", "keep"),
                0,
                p.padded(KEEP_BYTES),
                b -> new Grid(b.rows(), groups, values, threads));
    }

    private Work diagonal(Op.DiagonalScan op) {
        Params p =
                of(op.x(), op.dt(), op.b(), op.c(), op.out())
                        .address(layout.plain(op.a()))
                        .integer(inFours(op.x(), op.dt(), op.b(), op.c()))
                        .integer(0)
                        .address(layout.state(op.h()));
        int blocks = Grid.cover(op.out().width(), SCAN_CHANNELS);
        return new Work.Apart(
                new Work.Kernel(
                        kernel("diagonal", typed("diagonal", op.h())),
                        0,
                        p.segment(),
                        b -> new Grid(blocks, b.entries(), SCAN_THREADS)));
    }

    private Work recurrence(Op.Recurrence op) {
        Params p = of(op.a(), op.b(), op.out()).address(layout.state(op.h()));
        return channels("diagonal", typed("recurrence", op.h()), p, op.out().width());
    }

    private Work matrix(Op.MatrixScan op) {
        int columns = op.v().width() / op.heads();
        int keys = op.k().width() / op.groups();
        Op.MatrixScan.Write second = op.second();
        boolean inRegisters =
                second == null
                        && op.bonus() == null
                        && hasRegisters(keys)
                        && ScanTile.fillsBlocks(columns);
        ScanTile tile = tile(inRegisters, keys, columns, op.s());
        Params p = of(op.q(), op.k(), op.v(), op.decay());
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
            return perHead("matrix", typed("matrix", op.s()), p, tile, blocks);
        }
        String name = "matrix_" + keys;
        String whole = tile.columns() == columns ? "_" + columns : "";
        Work ofOne = perHead("matrix", typed(name + whole, op.s()), p, tile, blocks);
        boolean byHead = op.axis() == Op.MatrixScan.DecayAxis.HEAD;
        if (!inFours(op.q(), op.k(), op.v(), op.out()) || !byHead && !inFours(op.decay())) {
            return ofOne;
        }
        ScanTile parts = new ScanTile(tile.columns(), keys, 0);
        Work ofMany = perHead("matrix", typed(name + "_many", op.s()), p, parts, blocks);
        return new Work.Apart(new Work.Variant(b -> b.single() ? ofOne : ofMany));
    }

    private Work delta(Op.DeltaScan op) {
        int columns = op.v().width() / op.heads();
        int keys = op.k().width() / op.heads();
        boolean inRegisters =
                hasRegisters(keys)
                        && columns % 4 == 0
                        && inFours(op.q(), op.k(), op.v(), op.a(), op.b())
                        && (op.decay().width() == op.heads() || inFours(op.decay()));
        ScanTile tile =
                inRegisters
                        ? new ScanTile(DELTA_COLUMNS, DELTA_COLUMNS, 0)
                        : tile(false, keys, columns, op.s());
        Params p =
                of(op.q(), op.k(), op.v(), op.decay(), op.a(), op.b(), op.out())
                        .integer(op.heads())
                        .integer(tile.columns())
                        .address(layout.state(op.s()));
        String name = typed(inRegisters ? "delta_" + keys : "delta", op.s());
        return perHead("delta", name, p, tile, tile.blocks(op.heads(), columns));
    }

    /** Whether kernels may read rows of all of these sixteen bytes at a time. */
    private boolean inFours(Value... values) {
        return Stream.of(values).map(layout::of).allMatch(Place::inFours);
    }

    /** Whether a kernel keeps this many numbers of a column in registers. */
    private static boolean hasRegisters(int keys) {
        return keys == 64 || keys == 128;
    }

    private ScanTile tile(boolean inRegisters, int keys, int columns, State state) {
        return inRegisters
                ? ScanTile.inRegisters(columns)
                : ScanTile.inShared(
                        keys, columns, (int) dtype(state).bytes(1), kernels.sharedBytesPerBlock());
    }

    /** A thread for each column of each head of each entry. */
    private Work perHead(String file, String name, Params params, ScanTile tile, int blocks) {
        return new Work.Apart(
                new Work.Kernel(
                        kernel(file, name),
                        tile.sharedBytes(),
                        params.segment(),
                        b -> new Grid(blocks, b.entries(), tile.threads())));
    }

    private Work modal(Op.ModalScan op) {
        Op.ModalScan.Feedback feedback = op.feedback();
        Params p =
                of(op.x(), op.out())
                        .address(layout.plain(op.poles()))
                        .address(layout.plain(op.residues()))
                        .address(feedback == null ? 0 : layout.plain(feedback.input()))
                        .address(feedback == null ? 0 : layout.plain(feedback.read()))
                        .address(feedback == null ? 0 : layout.plain(feedback.write()))
                        .integer(op.poles().shape().size(1))
                        .integer(op.poles().shape().rank() == 3)
                        .address(layout.state(op.h()));
        return channels("modal", typed("modal", op.h()), p, op.out().width());
    }

    private Work cell(Op.CellScan op, int index) {
        Params p =
                of(op.x(), op.out())
                        .address(layout.weights().address(op.recurrent(), WeightPlan.Form.ACROSS))
                        .address(layout.plain(op.bias()))
                        .address(own(index))
                        .integer(op.kind().ordinal())
                        .integer(options.weights() != WeightType.F32)
                        .address(layout.state(op.state()));
        int threads = Grid.warps(op.x().width(), 512);
        return new Work.Kernel(
                kernel("cell", typed("cell", op.state())),
                0,
                p.segment(),
                b -> new Grid(b.entries(), threads));
    }

    private long own(int index) {
        return layout.scratchAddress() + layout.scratch().own(index);
    }

    private static Work attention(
            Op.Attention op, GpuFunction kernel, int bytes, int threads, int blocks, Params p) {
        return new Work.Kernel(
                kernel,
                bytes,
                blocks,
                p.segment(),
                b -> new Grid(op.heads(), Math.min(b.rows(), Grid.MOST_Y), blocks, threads));
    }

    /** attention.cu, AttentionShared: tiles, weights, a number a warp, two rows of sums, q. */
    private static int attentionBytes(int width, int columns) {
        int tiles = ATTENTION_TILES * ATTENTION_THREADS * 32;
        int padded = Math.ceilDiv(columns, 4) * 4;
        int sums = ATTENTION_THREADS / 32 + 2 * padded + 4;
        return 4 * (tiles + Op.Attention.BLOCK + sums + width);
    }

    private Stream<Work> attention(Op.Attention op) {
        Params p = of(op.q(), op.k(), op.v(), op.out());
        layout.history(p, op.keys());
        layout.history(p, op.values())
                .integer(op.heads())
                .integer(op.groups())
                .number(op.scale())
                .number(op.cap())
                .integer(op.window())
                .integer(0);
        int columns = op.v().width() / op.groups();
        int keys = Math.min(op.window(), Op.Attention.BLOCK);
        int threads = Grid.warps(Math.max(keys, columns), ATTENTION_THREADS);
        int bytes = attentionBytes(op.q().width() / op.heads(), columns);
        boolean parts = kernels.haveClusters() && op.window() > Op.Attention.BLOCK;
        GpuFunction kernel = kernel("attention", "attention");
        Work alone = attention(op, kernel, bytes, threads, 1, p);
        Work together = attention(op, kernel, bytes, threads, ATTENTION_BLOCKS, p);
        Work ofOne =
                new Work.Variant(b ->
                        parts && b.rows() * op.heads() <= Grid.MULTIPROCESSORS ? together : alone);
        Work ofMany = attentionOfMany(op, p);
        Work attend = new Work.Variant(b -> b.single() || ofMany == null ? ofOne : ofMany);
        return Stream.of(attend, keep(op.k(), op.keys(), op.v(), op.values()));
    }

    /** For entries of many elements; null where heads have other columns than it takes. */
    private @Nullable Work attentionOfMany(Op.Attention op, Params p) {
        int width = op.q().width() / op.heads();
        int columns = op.v().width() / op.groups();
        int tiles = ATTENTION_TILES * ATTENTION_THREADS * 32;
        int scores = ATTENTION_ROWS * (Op.Attention.BLOCK + 4);
        int bytes = 4 * (tiles + scores + ATTENTION_ROWS * width);
        if (width % 4 != 0
                || columns % 4 != 0
                || columns > 128
                || bytes > kernels.sharedBytesPerBlock()) {
            return null;
        }
        return new Work.Kernel(
                kernel("attention_many", "attention_many"),
                bytes,
                p.segment(),
                b -> new Grid(op.heads(), Grid.cover(b.rows(), GROUP_ELEMENTS), ATTENTION_THREADS));
    }

    private Work rotate(Op.Rotate op) {
        int pairs = Math.toIntExact(op.frequencies().elements());
        Params p =
                of(op.x(), op.out())
                        .address(layout.plain(op.frequencies()))
                        .integer(pairs)
                        .integer(op.heads())
                        .number(op.magnitude())
                        .integer(op.interleaved());
        int threads = Grid.warps(pairs * op.heads(), CHANNEL_THREADS);
        int parts = Grid.cover(op.heads(), Math.max(1, threads / Math.max(1, pairs)));
        return new Work.Kernel(
                kernel("attention", "rotate"),
                0,
                p.segment(),
                b -> new Grid(b.rows(), Grid.parts(b.rows(), parts), threads));
    }

    private Work route(Op.Route op) {
        Params p =
                of(op.scores(), op.out())
                        .address(layout.plain(op.bias()))
                        .integer(op.count())
                        .integer(op.groups())
                        .integer(op.chosenGroups())
                        .integer(op.normalise())
                        .number(op.scale())
                        .integer(Layout.selected(op.out().rows()));
        int shared = 4 * (op.scores().width() + op.groups());
        return new Work.Kernel(
                kernel("experts", "route"),
                shared,
                p.segment(),
                b -> new Grid(b.rows(op.out().rows()), 32));
    }

    private Stream<Work> experts(Op.Experts op, int index) {
        int up = op.up().shape().size(1);
        int inner = op.down().shape().size(2);
        int chosen = op.routes().width() / 2;
        int out = op.out().width();
        Rows rows = op.out().rows();
        Params p =
                of(op.x(), op.routes(), op.out())
                        .address(own(index))
                        .address(own(index) + layout.scratch().second(op))
                        .address(layout.weights().address(op.up(), WeightPlan.Form.ACROSS))
                        .address(layout.weights().address(op.down(), WeightPlan.Form.ACROSS))
                        .integer(options.weights() != WeightType.F32)
                        .integer(up)
                        .integer(inner)
                        .integer(op.activation().ordinal())
                        .integer(op.gated())
                        .integer(Layout.selected(rows));
        Work sum =
                new Work.Kernel(
                        kernel("experts", "experts_sum"),
                        0,
                        p.segment(),
                        b -> new Grid(Grid.cover(out, 128), b.rows(rows), 128));
        return Stream.of(
                perChoice("experts_up", p, up, chosen, rows),
                perChoice("experts_gate", p, inner, chosen, rows),
                perChoice("experts_down", p, out, chosen, rows),
                sum);
    }

    private Work perChoice(String name, Params p, int width, int chosen, Rows rows) {
        int threads = Grid.warps(width, CHANNEL_THREADS);
        return new Work.Kernel(
                kernel("experts", name),
                0,
                p.segment(),
                b -> new Grid(Grid.cover(width, threads), chosen, b.rows(rows), threads));
    }

    private Work select(Op.Select op) {
        Params p = of(op.x(), op.out()).address(layout.state(op.carry()));
        int threads = Grid.warps(op.x().width(), ROW_THREADS);
        return new Work.Kernel(
                kernel("select", "select_rows"),
                0,
                p.segment(),
                b -> new Grid(b.entries(), threads));
    }
}
