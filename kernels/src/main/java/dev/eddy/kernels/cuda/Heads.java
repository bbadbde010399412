package dev.eddy.kernels.cuda;

import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import java.util.List;

/**
 * Which operators on rows go with a delta rule into one launch, whose blocks have a head each:
 * those that make as many columns, each from the same columns or from the same head.
 */
final class Heads {
    /** Columns and keys of a head: fused_delta.cuh. */
    static final int COLUMNS = 64;

    private Heads() {}

    /** Whether there is a kernel for a rule's heads. */
    static boolean areFused(Op.DeltaScan op) {
        return op.out().width() == op.heads() * COLUMNS
                && op.inputs().stream().allMatch(x -> x.width() == op.out().width());
    }

    /** Whether an operator must not join a launch's steps because of a delta rule's heads. */
    static boolean part(Op op, List<Schedule.Step> steps, Views views) {
        if (op instanceof Op.DeltaScan scan) {
            return !steps.stream().allMatch(step -> isByHead(step, scan, steps, views));
        }
        return steps.stream()
                .map(step -> step instanceof Schedule.Step.Apply(Op.DeltaScan scan) ? scan : null)
                .anyMatch(scan -> scan != null && !isByHead(op, scan, steps, views));
    }

    private static boolean isByHead(
            Schedule.Step step, Op.DeltaScan scan, List<Schedule.Step> steps, Views views) {
        return step instanceof Schedule.Step.Apply(Op op) && isByHead(op, scan, steps, views);
    }

    private static boolean isByHead(
            Op op, Op.DeltaScan scan, List<Schedule.Step> steps, Views views) {
        int width = scan.out().width();
        if (op.out().width() != width
                || op.inputs().stream()
                        .anyMatch(x ->
                                isMade(x, steps, views)
                                        && (x.width() != width || views.isFurtherIn(x)))) {
            return false;
        }
        return switch (op) {
            case Op.Unary _, Op.Delay _, Op.Fir _ -> true;
            case Op.Binary binary -> covers(binary.y(), width);
            case Op.Norm norm -> (width / scan.heads()) % (width / norm.groups()) == 0;
            default -> false;
        };
    }

    private static boolean covers(Operand operand, int width) {
        return switch (operand) {
            case Value value -> value.width() == width;
            case Weight weight -> weight.elements() == width;
            case Operand.Scalar _ -> true;
        };
    }

    private static boolean isMade(Value value, List<Schedule.Step> steps, Views views) {
        return steps.stream()
                .anyMatch(step ->
                        step instanceof Schedule.Step.Apply(Op op)
                                && op.out().equals(views.root(value)));
    }
}
