package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.StepBytes;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.DType;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where every weight lies in the device's memory for weights, in each of the forms in which kernels
 * read it.
 */
final class WeightPlan {
    private static final long ALIGNMENT = 256;

    /** Bytes of a 16x16 tile's fragments. */
    private static final long TILE_BYTES = 512;

    /** How kernels read a weight. */
    enum Form {
        /** float32, as stored. */
        PLAIN,
        /** Taps [C, K] as [K, C], float32. */
        TAPS,
        /** Matrices [.., N, K] as [.., K, N], in float32 or bfloat16. */
        ACROSS,
        /** A matrix [N, K] as the tensor cores' left fragments, in bfloat16. */
        FRAGMENTS,
        /** The same as integers of eight bits, plus 128, then a float32 scale for each of N. */
        BYTES,
        /** The same as E4M3, then a float32 scale for each of N. */
        EIGHTS;

        /** Whether a weight takes eight bits, and each of N has a scale. */
        boolean hasScales() {
            return this == BYTES || this == EIGHTS;
        }

        /** Bytes of a 16x16 tile's fragments. */
        long tileBytes() {
            return hasScales() ? TILE_BYTES / 2 : TILE_BYTES;
        }
    }

    /** A weight in one form. */
    record Part(Weight weight, Form form) {}

    private final WeightType type;
    private final Map<Part, Long> offsets = new LinkedHashMap<>();
    private long bytes;

    WeightPlan(Program program, WeightType type) {
        this.type = type;
        for (Weight weight : program.weights()) {
            if (isReadPlain(program, weight)) {
                add(weight, Form.PLAIN);
            }
        }
        for (Op op : program.ops()) {
            switch (op) {
                case Op.Fir fir -> add(fir.taps(), Form.TAPS);
                case Op.MatMul matmul -> add(matmul.weight(), products());
                case Op.CellScan cell -> add(cell.recurrent(), Form.ACROSS);
                case Op.Experts experts -> {
                    add(experts.up(), Form.ACROSS);
                    add(experts.down(), Form.ACROSS);
                }
                default -> {} // Its weights are read plain.
            }
        }
    }

    /** True unless a weight is only ever a matrix or taps. */
    private static boolean isReadPlain(Program program, Weight weight) {
        boolean elsewhere =
                program.matrices().contains(weight)
                        || program.ops().stream()
                                .anyMatch(op ->
                                        op instanceof Op.Fir fir && fir.taps().equals(weight));
        boolean embedded =
                program.ops().stream()
                        .anyMatch(
                                op -> op instanceof Op.Embed embed && embed.table().equals(weight));
        return !elsewhere || embedded;
    }

    private void add(Weight weight, Form form) {
        Part part = new Part(weight, form);
        if (offsets.putIfAbsent(part, bytes) == null) {
            bytes = Math.addExact(bytes, Math.ceilDiv(bytes(part), ALIGNMENT) * ALIGNMENT);
        }
    }

    /** The form in which matrix products read their weights. */
    Form products() {
        return switch (type) {
            case BF16 -> Form.FRAGMENTS;
            case INT8 -> Form.BYTES;
            case FP8 -> Form.EIGHTS;
            default -> Form.ACROSS;
        };
    }

    /** The type of matrices {@link Form#ACROSS}: cells and experts have none of eight bits. */
    DType across() {
        return type == WeightType.F32 ? DType.F32 : DType.BF16;
    }

    /** Every weight in every form, with its offset. */
    Map<Part, Long> offsets() {
        return offsets;
    }

    /** Size of all. */
    long bytes() {
        return bytes;
    }

    /** Size of one. */
    long bytes(Part part) {
        Weight weight = part.weight();
        return switch (part.form()) {
            case PLAIN, TAPS -> DType.F32.bytes(weight.elements());
            case ACROSS -> across().bytes(weight.elements());
            case FRAGMENTS -> tiles(weight) * TILE_BYTES;
            case BYTES, EIGHTS -> scales(weight) + DType.F32.bytes(weight.shape().dim(0));
        };
    }

    /** What a step of so many rows reads of all. */
    long readBytes(Program program, int rows) {
        long read = 0;
        for (Part part : offsets.keySet()) {
            Weight weight = part.weight();
            boolean isTable = part.form() == Form.PLAIN && StepBytes.isTable(program, weight);
            read +=
                    isTable
                            ? StepBytes.ofTable(
                                    weight, DType.F32.bytes(weight.shape().dim(-1)), rows)
                            : StepBytes.ofMatrix(program, weight, bytes(part), rows);
        }
        return read;
    }

    /** Bytes from the start of a matrix that {@link Form#hasScales has scales} to these. */
    static long scales(Weight weight) {
        return tiles(weight) * TILE_BYTES / 2;
    }

    private static long tiles(Weight weight) {
        return Math.ceilDiv(weight.shape().dim(0), 32)
                * 2
                * Math.ceilDiv(weight.shape().dim(1), 16);
    }
}
