package dev.eddy.runtime.checkpoint;

import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * One checkpoint on its way into a GGUF file: its settings and tensors are taken, changed as
 * llama.cpp's converter changes them and added under ggml's names, until none is left.
 */
public final class GgufConversion {
    /** A tensor on the way, row-major. */
    record Matrix(float[] values, long... dims) {
        Matrix as(long... other) {
            return new Matrix(values, other);
        }

        Matrix map(DoubleUnaryOperator function) {
            float[] mapped = new float[values.length];
            for (int i = 0; i < mapped.length; i++) {
                mapped[i] = (float) function.applyAsDouble(values[i]);
            }
            return new Matrix(mapped, dims);
        }

        /** [.., a, b] as [.., b, a]. */
        Matrix transposed() {
            int rank = dims.length;
            int rows = (int) dims[rank - 2];
            int columns = (int) dims[rank - 1];
            float[] y = new float[values.length];
            for (int i = 0; i < y.length; i++) {
                int base = i - i % (rows * columns);
                int at = i - base;
                y[base + at % columns * rows + at / columns] = values[i];
            }
            long[] other = dims.clone();
            other[rank - 2] = columns;
            other[rank - 1] = rows;
            return new Matrix(y, other);
        }

        /** Rows from .. from + count - 1 of the outermost axis. */
        Matrix rows(int from, int count) {
            int width = (int) (values.length / dims[0]);
            long[] other = dims.clone();
            other[0] = count;
            return new Matrix(
                    Arrays.copyOfRange(values, from * width, (from + count) * width), other);
        }

        /** The two halves of each head's rows alternate, as ggml's rotary embedding has them. */
        Matrix interleaved(int heads) {
            int size = (int) dims[0] / heads;
            List<Matrix> rows = new ArrayList<>();
            for (int i = 0; i < dims[0]; i++) {
                int head = i - i % size;
                int at = i % size;
                rows.add(rows(head + at / 2 + at % 2 * (size / 2), 1));
            }
            return join(rows).as(dims);
        }

        /** One after the other along the outermost axis. */
        static Matrix join(List<Matrix> parts) {
            ByteBuffer all =
                    ByteBuffer.allocate(
                            parts.stream().mapToInt(part -> part.values.length * 4).sum());
            long rows = 0;
            for (Matrix part : parts) {
                for (float value : part.values) {
                    all.putFloat(value);
                }
                rows += part.dims[0];
            }
            float[] values = new float[all.capacity() / 4];
            all.flip().asFloatBuffer().get(values);
            long[] dims = parts.getFirst().dims.clone();
            dims[0] = rows;
            return new Matrix(values, dims);
        }
    }

    /** How matrices are stored whose width allows it: what stays exact is in float32 anyway. */
    public enum Matrices {
        FLOAT,
        /** In Q8_0. */
        QUANTISED,
        /** As the float32 that Q8_0 stands for. */
        DECODED
    }

    final Config config;
    final String architecture;
    final GgufBytes file;
    private final Map<String, Matrix> tensors = new TreeMap<>();
    private final Matrices matrices;

    GgufConversion(Checkpoint origin, String architecture, Matrices matrices) {
        this.config = origin.config();
        this.architecture = architecture;
        this.matrices = matrices;
        this.file = new GgufBytes().key("general.architecture", architecture);
        for (String name : origin.names()) {
            Tensor tensor = origin.find(name).orElseThrow();
            Shape shape = tensor.shape();
            long[] dims = new long[shape.rank()];
            Arrays.setAll(dims, shape::dim);
            tensors.put(name, new Matrix(tensor.toFloats(), dims));
        }
    }

    int layers() {
        return config.has("layers_block_type")
                ? config.stringsOf("layers_block_type").size()
                : config.positive("num_hidden_layers");
    }

    GgufConversion key(String key, int value) {
        file.key(architecture + "." + key, value);
        return this;
    }

    GgufConversion key(String key, double value) {
        file.key(architecture + "." + key, value);
        return this;
    }

    GgufConversion key(String key, boolean value) {
        file.key(architecture + "." + key, value);
        return this;
    }

    GgufConversion key(String key, List<Integer> values) {
        file.ints(architecture + "." + key, values);
        return this;
    }

    /** Copies whole numbers: key of the file, key of config.json. */
    GgufConversion keys(String... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            key(pairs[i], config.positive(pairs[i + 1]));
        }
        return this;
    }

    boolean has(String name) {
        return tensors.containsKey(name);
    }

    Matrix take(String name) {
        Matrix matrix = tensors.remove(name);
        if (matrix == null) {
            throw new IllegalArgumentException("no tensor " + name + " among " + tensors.keySet());
        }
        return matrix;
    }

    /** What matrices are in: those that the converter keeps in float32 are added by this. */
    void exact(String name, Matrix matrix) {
        ByteBuffer bytes =
                ByteBuffer.allocate(4 * matrix.values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(matrix.values);
        file.tensor(name, 0, bytes.array(), matrix.dims);
    }

    void add(String name, Matrix matrix) {
        int width = (int) matrix.dims[matrix.dims.length - 1];
        if (matrices == Matrices.FLOAT || matrix.dims.length < 2 || width % 32 != 0) {
            exact(name, matrix);
            return;
        }
        ByteBuffer blocks =
                ByteBuffer.allocate(matrix.values.length / 32 * 34).order(ByteOrder.LITTLE_ENDIAN);
        float[] decoded = new float[matrix.values.length];
        for (int at = 0; at < decoded.length; at += 32) {
            block(matrix.values, decoded, at, blocks);
        }
        if (matrices == Matrices.DECODED) {
            exact(name, new Matrix(decoded, matrix.dims));
        } else {
            file.tensor(name, 8, blocks.array(), matrix.dims);
        }
    }

    /** One block of Q8_0: a scale in half precision and 32 whole numbers. */
    private static void block(float[] values, float[] decoded, int at, ByteBuffer blocks) {
        float largest = 0;
        for (int i = at; i < at + 32; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        short half = Float.floatToFloat16(largest / 127);
        float scale = Float.float16ToFloat(half);
        blocks.putShort(half);
        for (int i = at; i < at + 32; i++) {
            int whole = scale == 0 ? 0 : Math.clamp(Math.round(values[i] / scale), -127, 127);
            blocks.put((byte) whole);
            decoded[i] = whole * scale;
        }
    }

    /** Moves what the table names, layer by layer: name of config's kind, name of ggml's. */
    void rename(String table) {
        rename(table, matrix -> matrix);
    }

    /** The same, changed, and in float32. */
    void rename(String table, UnaryOperator<Matrix> change) {
        for (String line : table.strip().split("\n")) {
            String[] words = line.strip().split("\\s+");
            int count = words[0].contains(".N.") ? layers() : 1;
            for (int i = 0; i < count; i++) {
                String from = words[0].replace(".N.", "." + i + ".");
                String to = words[1].replace(".N.", "." + i + ".");
                if (has(from)) {
                    Matrix matrix = change.apply(take(from));
                    if (words.length > 2) {
                        exact(to, matrix);
                    } else {
                        add(to, matrix);
                    }
                }
            }
        }
    }

    /** The file. */
    byte[] bytes() {
        if (!tensors.isEmpty()) {
            throw new IllegalStateException("not converted: " + tensors.keySet());
        }
        return file.bytes();
    }
}
