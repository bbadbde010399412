package dev.eddy.kernels.backend;

import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.MatrixType;
import java.util.List;

/**
 * Bytes that a step moves between memory and whatever computes, each once: what bounds it where
 * memory is slower than arithmetic. Values between operators do not count; histories, whose rows
 * are read as far as a session has come, count apart from the rest.
 *
 * @param weights read: all matrices in the form in which they are held, of tables the rows in use,
 *     of experts at most as many as rows choose
 * @param states read, and as many written: every entry's, without the sampler's fields
 * @param growth read of histories for each position that entries have come to: keys and values
 */
public record StepBytes(long weights, long states, long growth) {
    /** Scale and numbers of a block of {@link MatrixType#INT4}: 32 numbers. */
    private static final long INT4_BLOCK_BYTES = 18;

    /** All that is read and written but histories. */
    public long total() {
        return weights + 2 * states;
    }

    /** Of histories, by entries that have come to {@code position}. */
    public long histories(long position) {
        return growth * position;
    }

    /**
     * Of a backend that holds matrices in the chosen type, tables as stored, all else in float32.
     */
    static StepBytes of(Program program, CompileOptions options, int entries, int rows) {
        List<Weight> matrices = program.matrices();
        long weights = 0;
        for (Weight weight : program.weights()) {
            boolean isTable = isTable(program, weight);
            if (isTable) {
                weights += ofTable(weight, weight.stored().bytes(weight.shape().dim(-1)), rows);
            }
            if (matrices.contains(weight)) {
                weights +=
                        ofMatrix(
                                program,
                                weight,
                                matrixBytes(weight, options.weights().matrix(weight)),
                                rows);
            } else if (!isTable) {
                weights += DType.F32.bytes(weight.elements());
            }
        }
        return of(weights, StateLayout.of(program, options.state()), entries);
    }

    private static long matrixBytes(Weight weight, MatrixType type) {
        long elements = weight.elements();
        long rowScales = 4 * (elements / weight.shape().dim(-1));
        return switch (type) {
            case F32, BF16 -> elements * type.bits() / 8;
            case FP8, INT8 -> elements + rowScales;
            case INT4 -> Math.ceilDiv(elements, type.group()) * INT4_BLOCK_BYTES;
            case Q8_0, Q4_0, Q4_K, Q6_K -> weight.stored().bytes(elements);
        };
    }

    /** Of weights that are read, and the states of entries. */
    public static StepBytes of(long weights, StateLayout layout, int entries) {
        long states = 0;
        for (StateLayout.Field field : layout.fields()) {
            if (!field.grows() && !field.equals(layout.sampler())) {
                states += field.bytes();
            }
        }
        return new StepBytes(weights, states * entries, layout.growth() * entries);
    }

    /** Whether rows of a weight are looked up by id. */
    public static boolean isTable(Program program, Weight weight) {
        return program.ops().stream()
                .anyMatch(op -> op instanceof Op.Embed embed && embed.table().equals(weight));
    }

    /** What rows look up in a table of rows of so many bytes. */
    public static long ofTable(Weight table, long rowBytes, int rows) {
        return Math.min(rows, table.shape().dim(0)) * rowBytes;
    }

    /** What a step of so many rows reads of a matrix of {@code bytes}, or of experts' matrices. */
    public static long ofMatrix(Program program, Weight weight, long bytes, int rows) {
        for (Op op : program.ops()) {
            if (op instanceof Op.Experts experts
                    && (experts.up().equals(weight) || experts.down().equals(weight))) {
                long count = weight.shape().dim(0);
                long chosen = experts.routes().width() / 2;
                return bytes / count * Math.min(count, rows * chosen);
            }
        }
        return bytes;
    }
}
