package dev.eddy.runtime.eval;

import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;

/**
 * A model made by hand that remembers which id followed which: linear attention whose key is the id
 * before, by its remainder, and whose value is the id itself. Its logits count how often each id
 * followed those of the present id's remainder, so that what it answers is known exactly.
 */
final class Memory {
    private Memory() {}

    /**
     * The program.
     *
     * @param vocabulary its ids V
     * @param cells remainders K that the state [K, V] can hold apart
     * @param answers ids that it answers with; it counts no others
     */
    static Program program(int vocabulary, int cells, IdRange answers) {
        ProgramBuilder p = new ProgramBuilder(new Program.Input.Ids(vocabulary));
        Value query = p.embed(table(p, "cell", vocabulary, cells, (id, k) -> id % cells == k));
        Value value = p.embed(table(p, "id", vocabulary, vocabulary, (id, v) -> id == v));
        Value keep = p.embed(table(p, "one", vocabulary, 1, (id, one) -> true));
        Value counts = p.matrixScan("s", query, p.delay("k", query), value, keep, 1, 1); // [R, V]
        Weight head =
                table(
                        p,
                        "head",
                        vocabulary,
                        vocabulary,
                        (id, v) -> id == v && answers.contains(id));
        return p.logits(counts, head, null);
    }

    private interface Cell {
        boolean isOne(int row, int column);
    }

    private static Weight table(ProgramBuilder p, String name, int rows, int columns, Cell cell) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = cell.isOne(i / columns, i % columns) ? 1 : 0;
        }
        Shape shape = Shape.of(rows, columns);
        return p.weight(name, shape, () -> Tensor.ofFloats(name, shape, values));
    }
}
