package dev.eddy.kernels.cuda;

import static dev.eddy.kernels.cuda.FusedPhase.QUAD;

import dev.eddy.kernels.cuda.Work.Grid;
import dev.eddy.kernels.cuda.driver.GpuFunction;
import dev.eddy.kernels.program.Rows;
import dev.eddy.kernels.program.State;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import java.util.Optional;

/**
 * The work of a launch of operators on rows for which fused_rows.cu has kernels. Where a row is
 * split over blocks, a thread has four columns and reads weights and states early; where so many
 * rows come that blocks which repeat what others do would not all run at a time, a block has a row.
 */
final class FusedStage {
    private static final String FILE = "fused_rows";

    /** Threads of a block at most, as fused_rows.cuh promises. */
    private static final int MOST_THREADS = 320;

    /** Threads of a block that has some columns of a row. */
    private static final int COLUMN_THREADS = 128;

    /** Quads of a whole row that a thread has at most where blocks repeat each other's work. */
    private static final int REPEATED = 4;

    /** Blocks that go through their code before they wait, at most: more of them take longer so. */
    private static final int REHEARSING = 64;

    /** fused_rows.cuh: blocks of a recurrence of many rows that a multiprocessor has at a time. */
    private static final int SCANS_AT_ONCE = 7;

    /** fused_scan.cuh, FusedScanRows: two rows' states of a block's columns in float32. */
    private static final int SCAN_RING_BYTES = 2 * COLUMN_THREADS * 16 * 4;

    /** A line of shared memory. */
    private static final int RING_ALIGNMENT = 128;

    private final Layout layout;
    private final Rows rowsOf;
    private final FusedRows rows;
    private final FusedSource source;
    private final FusedParameters parameters;
    private final FusedPlaces places;
    private final int widest;

    private FusedStage(Layout layout, Rows rowsOf, FusedRows rows) {
        this.layout = layout;
        this.rowsOf = rowsOf;
        this.rows = rows;
        source = new FusedSource(rows);
        parameters = source.parameters();
        places = new FusedPlaces(rows, parameters);
        widest = rows.widest();
    }

    /** The work of a launch; empty where there are no kernels for it. */
    static Optional<Work> work(Layout layout, Schedule.Launch.RowOps launch, Kernels kernels) {
        return FusedRows.of(layout.route(), layout.stateLayout(), launch.steps())
                .map(rows -> new FusedStage(layout, launch.rows(), rows))
                .flatMap(stage -> stage.work(kernels));
    }

    private Optional<Work> work(Kernels kernels) {
        if (!FusedKernels.have(source.name()) || !areQuads()) {
            return Optional.empty();
        }
        GpuFunction one = kernels.of(FILE, source.name() + "_one");
        if (!rows.hasDelta() && !rows.sharesColumns() && rows.widestWhole() == 0) {
            return Optional.of(kernel(one, QUAD * COLUMN_THREADS, COLUMN_THREADS));
        }
        if (rows.sharesColumns() && rows.splits() && places.fits(COLUMN_THREADS)) {
            Work many = fromRowToRow(kernels.of(FILE, source.name() + "_rows"));
            return Optional.of(fewOr(many, one, COLUMN_THREADS, COLUMN_THREADS));
        }
        GpuFunction all = kernels.of(FILE, source.name() + "_all");
        if (rows.hasDelta()) {
            Work many = kernel(all, Heads.COLUMNS, Heads.COLUMNS);
            return Optional.of(fewOr(many, one, Heads.COLUMNS, Heads.COLUMNS));
        }
        int threads = splitThreads();
        int span = QUAD * threads;
        int row = Math.ceilDiv(widest, QUAD) * QUAD;
        int blocks = Grid.cover(widest, span);
        boolean splits =
                !rows.sharesColumns() && (rows.splits() || blocks == 1) && places.fits(span);
        boolean whole = places.fits(row);
        if (splits && (!whole || !repeats() || blocks == 1)) {
            return Optional.of(kernel(one, span, threads));
        }
        if (!whole) {
            return Optional.empty();
        }
        Work many = kernel(all, row, wideThreads());
        if (!splits) {
            return Optional.of(many);
        }
        return Optional.of(fewOr(many, one, span, threads));
    }

    /** Blocks of {@code span} columns of a row, up to as many as run at once; other work beyond. */
    private Work fewOr(Work many, GpuFunction one, int span, int threads) {
        Work few = kernel(one, span, threads);
        int blocks = Grid.cover(widest, span);
        return new Work.Variant(
                bucket -> bucket.rows(rowsOf) * blocks <= Grid.MOST_AT_ONCE ? few : many);
    }

    /** A recurrence's blocks of as many columns as threads, which go from one row to the next. */
    private Work fromRowToRow(GpuFunction function) {
        int blocks = Grid.cover(widest, COLUMN_THREADS);
        int side = Math.max(1, SCANS_AT_ONCE * Grid.MULTIPROCESSORS / blocks);
        return new Work.Kernel(
                function,
                ringAt(COLUMN_THREADS) + SCAN_RING_BYTES,
                params(COLUMN_THREADS).segment(),
                bucket -> new Grid(blocks, Math.min(bucket.rows(rowsOf), side), COLUMN_THREADS));
    }

    /** Bytes to the next rows' states in shared memory. */
    private int ringAt(int span) {
        return Math.ceilDiv(places.bytes(span), RING_ALIGNMENT) * RING_ALIGNMENT;
    }

    private Work kernel(GpuFunction function, int span, int threads) {
        return new Work.Kernel(
                function,
                places.bytes(span),
                params(span).segment(),
                bucket -> Grid.ofRows(Grid.cover(widest, span), bucket.rows(rowsOf), threads));
    }

    /** Whether blocks of a row make so much of the same that it takes them longer. */
    private boolean repeats() {
        return rows.widestWhole() > QUAD * COLUMN_THREADS;
    }

    private int splitThreads() {
        if (!repeats()) {
            return COLUMN_THREADS;
        }
        int wanted = Math.ceilDiv(widest, QUAD * REPEATED);
        return Math.max(COLUMN_THREADS, Grid.warps(wanted, MOST_THREADS));
    }

    private int wideThreads() {
        if (rows.sharesColumns()) {
            return COLUMN_THREADS;
        }
        int quads = Math.ceilDiv(widest, QUAD);
        return Grid.warps(Math.ceilDiv(quads, Math.ceilDiv(quads, MOST_THREADS)), MOST_THREADS);
    }

    /** Whether all that is read and given lies in whole quads. */
    private boolean areQuads() {
        return parameters.reads().stream()
                        .allMatch(read -> {
                            Place place = place(read);
                            return read.access() == FusedPhase.Access.BLOCKS
                                    || place.address() % 16 == 0 && place.stride() % 4 == 0;
                        })
                && parameters.states().stream().allMatch(state -> layout.state(state) % 16 == 0);
    }

    private Place place(FusedPhase.Read read) {
        return switch (read.source()) {
            case FusedPhase.Source.Of(Value value) -> layout.of(value);
            case FusedPhase.Source.OfWeight(Weight weight) ->
                    new Place(layout.plain(weight), 0, read.narrow());
            case FusedPhase.Source.OfTaps(Weight taps, int row) -> {
                long address = layout.weights().address(taps, WeightPlan.Form.TAPS);
                yield new Place(address + 4L * row * read.width(), 0, read.width());
            }
            case FusedPhase.Source.OfState(State state, int row) ->
                    new Place(layout.state(state) + 4L * row * read.width(), 0, read.width());
        };
    }

    private Params params(int span) {
        FusedPlaces.Places at = places.places(span);
        Params p =
                layout.batch()
                        .integer(Layout.selected(rowsOf))
                        .integer(span)
                        .integer(rows.hasDelta() ? 0 : REHEARSING)
                        .integer(ringAt(span) / 4);
        for (FusedPhase.Read read : parameters.reads()) {
            Place place = place(read);
            p.address(place.address()).integer(place.stride()).integer(read.width() - QUAD);
        }
        if (parameters.reads().isEmpty()) {
            p.address(0).address(0);
        }
        for (FusedParameters.Result result : parameters.results()) {
            Place kept = result.kept() ? layout.of(result.value()) : Place.NONE;
            p.address(kept.address())
                    .address(result.rounded() ? layout.fragments(result.value()) : 0)
                    .integer(kept.stride())
                    .integer(0);
        }
        if (parameters.results().isEmpty()) {
            p.address(0).address(0).address(0);
        }
        parameters.states().forEach(state -> p.address(layout.state(state)));
        if (parameters.states().isEmpty()) {
            p.address(0);
        }
        parameters.scalars().forEach(p::number);
        if (parameters.scalars().isEmpty()) {
            p.number(0);
        }
        for (FusedParameters.Number number : parameters.numbers()) {
            p.integer(
                    switch (number) {
                        case FusedParameters.Number.Fixed(int value) -> value;
                        case FusedParameters.Number.PlaceOf(Value value) -> at.of(value);
                        case FusedParameters.Number.SumsAt(FusedPhase.Sums sums) -> at.of(sums);
                    });
        }
        return p;
    }
}
