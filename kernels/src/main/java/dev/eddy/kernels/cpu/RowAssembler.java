package dev.eddy.kernels.cpu;

import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.Spread;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives the operators on rows their addresses. */
final class RowAssembler {
    private final ScratchPlan scratch;
    private final Resources resources;
    private final int maxRows;

    /** The rows of angles that rotations share, by what they are made of. */
    private final Map<String, RotateOp.Angles> angles = new LinkedHashMap<>();

    /**
     * @param maxRows most elements in a step
     */
    RowAssembler(ScratchPlan scratch, Resources resources, int maxRows) {
        this.scratch = scratch;
        this.resources = resources;
        this.maxRows = maxRows;
    }

    /** What makes the angles of every step, before anything rotates. */
    Collection<RotateOp.Angles> angles() {
        return angles.values();
    }

    /** Where a value lies. */
    Place place(Value value) {
        return new Place(resources.scratch() + scratch.offset(value), scratch.stride(value));
    }

    /** Address of a vector as it is, 0 for none. */
    long row(@Nullable Weight weight) {
        return weight == null ? 0 : row(weight, Math.toIntExact(weight.elements()), Spread.TILES);
    }

    /** Address of a vector spread over {@code width} columns; 0 for none. */
    long row(@Nullable Weight weight, int width, Spread spread) {
        return weight == null ? 0 : resources.weight(new PackedWeight.Row(weight, width, spread));
    }

    /** The operators in their order. */
    List<RowOp> ops(List<Op> ops) {
        List<RowOp> made = new ArrayList<>();
        for (Op op : ops) {
            made.add(op(op));
        }
        return made;
    }

    private RowOp op(Op op) {
        Place out = place(op.out());
        int width = op.out().width();
        return switch (op) {
            case Op.Embed embed -> new InputOps.Embed(resources.table(embed.table()), out, width);
            case Op.Frames _ -> new InputOps.Frames(out, width);
            case Op.Unary unary ->
                    new ElementOps.Unary(unary.function(), place(unary.x()), out, width);
            case Op.Binary binary -> binary(binary, out, width);
            case Op.Norm norm ->
                    new NormOp(
                            norm.kind(),
                            place(norm.x()),
                            out,
                            width,
                            norm.groups(),
                            norm.epsilon(),
                            row(norm.scale()),
                            row(norm.bias()));
            case Op.Softmax softmax ->
                    new ShapeOps.Softmax(place(softmax.x()), out, width, softmax.groups());
            case Op.Concat concat -> concat(concat, out);
            case Op.Outer outer ->
                    new ShapeOps.Outer(
                            place(outer.x()),
                            place(outer.y()),
                            out,
                            outer.groups(),
                            outer.x().width() / outer.groups(),
                            outer.y().width() / outer.groups());
            case Op.Broadcast broadcast ->
                    new ShapeOps.Broadcast(row(broadcast.weight()), out, width);
            case Op.Rotate rotate -> rotate(rotate, out, width);
            case Op.Route route ->
                    new RouteOp(
                            route,
                            place(route.scores()),
                            row(route.bias()),
                            out,
                            route.scores().width());
            default -> throw new IllegalStateException("no operator on rows: " + op);
        };
    }

    private RotateOp rotate(Op.Rotate op, Place out, int width) {
        String name = "angles of " + op.frequencies().id() + ", magnitude " + op.magnitude();
        RotateOp.Angles shared = angles.computeIfAbsent(name, key -> angles(key, op));
        return new RotateOp(
                place(op.x()),
                out,
                width,
                op.heads(),
                shared.out(),
                shared.pairs(),
                op.interleaved());
    }

    private RotateOp.Angles angles(String name, Op.Rotate op) {
        int pairs = Math.toIntExact(op.frequencies().elements());
        long stride = 4L * OffHeap.round(2 * pairs, Panels.COLUMNS);
        long address = resources.work(name, Math.multiplyExact(stride, (long) maxRows));
        return new RotateOp.Angles(
                row(op.frequencies()), pairs, op.magnitude(), new Place(address, stride));
    }

    private ShapeOps.Concat concat(Op.Concat op, Place out) {
        List<ShapeOps.Part> parts = new ArrayList<>();
        for (Value part : op.parts()) {
            parts.add(new ShapeOps.Part(place(part), part.width()));
        }
        return new ShapeOps.Concat(List.copyOf(parts), op.groups(), out);
    }

    private RowOp binary(Op.Binary op, Place out, int width) {
        Place x = place(op.x());
        return switch (op.y()) {
            case Operand.Scalar scalar ->
                    new ElementOps.Binary(
                            op.function(),
                            x,
                            new Place(resources.constant(scalar.value(), width), 0),
                            out,
                            width);
            case Weight weight ->
                    new ElementOps.Binary(
                            op.function(),
                            x,
                            new Place(row(weight, width, op.spread()), 0),
                            out,
                            width);
            case Value y when y.width() == width ->
                    new ElementOps.Binary(op.function(), x, place(y), out, width);
            case Value y ->
                    new ElementOps.Spreading(
                            op.function(), x, place(y), op.spread(), y.width(), out, width);
        };
    }
}
