package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.Work.Grid;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Rows;
import java.util.stream.Stream;

/** Launches of routed experts. */
final class ExpertLaunches {
    private final LaunchParts common;
    private final Layout layout;

    ExpertLaunches(LaunchParts common) {
        this.common = common;
        layout = common.layout();
    }

    Work route(Op.Route op) {
        Params p =
                common.of(op.scores(), op.out())
                        .address(layout.plain(op.bias()))
                        .integer(op.count())
                        .integer(op.groups())
                        .integer(op.chosenGroups())
                        .integer(op.normalise())
                        .number(op.scale())
                        .integer(Layout.selected(op.out().rows()));
        int shared = 4 * (op.scores().width() + op.groups());
        return new Work.Kernel(
                common.kernel("experts", "route"),
                shared,
                p.segment(),
                b -> new Grid(b.rows(op.out().rows()), 32));
    }

    /** {@code own}: the operator's own memory. */
    Stream<Work> experts(Op.Experts op, long own) {
        int up = op.up().shape().size(1);
        int inner = op.down().shape().size(2);
        int chosen = op.routes().width() / 2;
        int out = op.out().width();
        Rows rows = op.out().rows();
        Params p =
                common.of(op.x(), op.routes(), op.out())
                        .address(own)
                        .address(own + layout.scratch().second(op))
                        .address(layout.weights().address(op.up(), WeightPlan.Form.ACROSS))
                        .address(layout.weights().address(op.down(), WeightPlan.Form.ACROSS))
                        .integer(layout.schedule().tensorCores())
                        .integer(up)
                        .integer(inner)
                        .integer(op.activation().ordinal())
                        .integer(op.gated())
                        .integer(Layout.selected(rows));
        Work sum =
                new Work.Kernel(
                        common.kernel("experts", "experts_sum"),
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
        int threads = Grid.warps(width, LaunchParts.CHANNEL_THREADS);
        return new Work.Kernel(
                common.kernel("experts", name),
                0,
                p.segment(),
                b -> new Grid(Grid.cover(width, threads), chosen, b.rows(rows), threads));
    }
}
