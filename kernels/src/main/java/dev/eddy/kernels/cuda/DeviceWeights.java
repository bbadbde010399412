package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.driver.DeviceMemory;
import dev.eddy.kernels.cuda.driver.GpuContext;
import dev.eddy.kernels.cuda.driver.GpuFunction;
import dev.eddy.kernels.cuda.driver.GpuStream;
import dev.eddy.kernels.cuda.driver.PinnedMemory;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.E4m3Row;
import dev.eddy.kernels.tensor.IntegerRow;
import dev.eddy.kernels.tensor.MatrixType;
import dev.eddy.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** A program's weights in device memory; kernels bring them into their forms. */
final class DeviceWeights implements AutoCloseable {
    /** Bytes that travel at a time; at least a row of a matrix. */
    private static final long STAGED = 16L << 20;

    private static final int PACK_BLOCKS = 1024;

    private final WeightPlan plan;
    private final DeviceMemory memory;

    DeviceWeights(
            WeightPlan plan,
            GpuContext context,
            GpuStream stream,
            GpuFunction pack,
            DoubleConsumer progress) {
        this.plan = plan;
        memory = context.allocate(Math.max(1, plan.bytes()));
        try (Loader loader = new Loader(context, stream, pack, stagedBytes(plan))) {
            load(loader, progress);
        } catch (RuntimeException e) {
            memory.close();
            throw e;
        }
    }

    private static long stagedBytes(WeightPlan plan) {
        long row = 0;
        for (WeightPlan.Part part : plan.offsets().keySet()) {
            if (part.form() != WeightPlan.Form.PLAIN && part.form() != WeightPlan.Form.TAPS) {
                row = Math.max(row, DType.F32.bytes(part.weight().shape().dim(-1)));
            }
        }
        return Math.max(STAGED, row);
    }

    private void load(Loader loader, DoubleConsumer progress) {
        Weight last = null;
        Tensor tensor = null;
        long done = 0;
        for (Map.Entry<WeightPlan.Part, Long> entry : plan.offsets().entrySet()) {
            WeightPlan.Part part = entry.getKey();
            Weight weight = part.weight();
            if (tensor == null || !weight.equals(last)) {
                tensor = weight.source().get();
                last = weight;
            }
            long target = memory.address() + entry.getValue();
            switch (part.form()) {
                case PLAIN -> loader.plain(tensor, target);
                case TAPS -> loader.taps(tensor, weight, target);
                case ACROSS -> loader.matrices(tensor, weight, plan.across(), target);
                case FRAGMENTS -> loader.fragments(tensor, weight, plan.bytes(part), target);
                case BYTES -> loader.bytes(tensor, weight, target);
                case EIGHTS -> loader.eights(tensor, weight, target);
            }
            done += plan.bytes(part);
            progress.accept(done / (double) Math.max(1, plan.bytes()));
        }
    }

    /** Where a weight lies. */
    long address(Weight weight, WeightPlan.Form form) {
        Long offset = plan.offsets().get(new WeightPlan.Part(weight, form));
        if (offset == null) {
            throw new IllegalStateException(weight.name() + " was not planned as " + form);
        }
        return memory.address() + offset;
    }

    /** Where a weight lies as stored; 0 where there is none. */
    long plain(@Nullable Weight weight) {
        return weight == null ? 0 : address(weight, WeightPlan.Form.PLAIN);
    }

    /** Where a matrix lies as products read it. */
    long product(Weight weight) {
        return address(weight, plan.products());
    }

    /** The form of matrices that products read. */
    WeightPlan.Form products() {
        return plan.products();
    }

    /** Where the scales of a matrix lie whose form has some. */
    long scales(Weight weight) {
        return product(weight) + WeightPlan.scales(weight);
    }

    @Override
    public void close() {
        memory.close();
    }

    /** Reads a row of a matrix; its scale. */
    private interface RowReader {
        float read(int row);
    }

    /** Carries tensors to the device through one piece of pinned memory. */
    private static final class Loader implements AutoCloseable {
        /** {@code form} of pack.cu. */
        private static final int FORM_F32 = 0;

        private static final int FORM_BF16 = 1;
        private static final int FORM_FRAGMENTS = 2;
        private static final int FORM_BYTES = 3;

        /** {@code stored} of pack.cu. */
        private static final int STORED_BYTES = 3;

        private final GpuStream stream;
        private final GpuFunction pack;
        private final PinnedMemory pinned;
        private final DeviceMemory staged;
        private final float[] floats = new float[1 << 16];

        Loader(GpuContext context, GpuStream stream, GpuFunction pack, long bytes) {
            this.stream = stream;
            this.pack = pack;
            pinned = context.pinned(bytes);
            staged = context.allocate(bytes);
        }

        void plain(Tensor tensor, long target) {
            long count = tensor.shape().elements();
            long most = pinned.segment().byteSize() / 4;
            for (long from = 0; from < count; from += most) {
                long held = Math.min(most, count - from);
                asFloats(tensor, from, held);
                send(target + 4 * from, 4 * held);
            }
        }

        void taps(Tensor tensor, Weight weight, long target) {
            int channels = weight.shape().size(0);
            int order = weight.shape().size(1);
            float[] stored = tensor.toFloats();
            float[] across = new float[stored.length];
            for (int i = 0; i < stored.length; i++) {
                across[i % order * channels + i / order] = stored[i];
            }
            plain(Tensor.ofFloats(weight.name(), weight.shape(), across), target);
        }

        void matrices(Tensor tensor, Weight weight, DType dtype, long target) {
            int depth = weight.shape().size(-1);
            int width = weight.shape().size(-2);
            int form = dtype == DType.BF16 ? FORM_BF16 : FORM_F32;
            long elements = (long) depth * width;
            for (long i = 0; i * elements < weight.elements(); i++) {
                pack(tensor, i * width, width, depth, form, target + dtype.bytes(i * elements));
            }
        }

        void fragments(Tensor tensor, Weight weight, long bytes, long target) {
            stream.fill(target, (byte) 0, bytes); // what pads the last tiles
            pack(tensor, 0, weight.shape().size(0), weight.shape().size(1), FORM_FRAGMENTS, target);
        }

        /** Rounds a matrix as {@link MatrixType#INT8} does. */
        void bytes(Tensor tensor, Weight weight, long target) {
            int depth = weight.shape().size(1);
            IntegerRow row = new IntegerRow(MatrixType.INT8, depth);
            byte[] held = new byte[depth];
            rows(
                    weight,
                    (byte) 128,
                    target,
                    held,
                    n -> {
                        row.read(tensor, n);
                        for (int k = 0; k < depth; k++) {
                            held[k] = (byte) (row.q[k] + 128);
                        }
                        return row.scales[0];
                    });
        }

        /** Rounds a matrix as {@link MatrixType#FP8} does. */
        void eights(Tensor tensor, Weight weight, long target) {
            E4m3Row row = new E4m3Row(weight.shape().size(1));
            rows(weight, (byte) 0, target, row.codes, n -> row.read(tensor, n));
        }

        /**
         * Brings a matrix of bytes and its scales to the device.
         *
         * @param zero what pads the last tiles
         * @param row where {@code reader} leaves a row
         */
        private void rows(Weight weight, byte zero, long target, byte[] row, RowReader reader) {
            int width = weight.shape().size(0);
            int depth = row.length;
            long scales = WeightPlan.scales(weight);
            stream.fill(target, zero, scales);
            float[] scale = new float[width];
            int most = (int) Math.min(width, pinned.segment().byteSize() / depth);
            for (int first = 0; first < width; first += most) {
                int rows = Math.min(most, width - first);
                for (int i = 0; i < rows; i++) {
                    scale[first + i] = reader.read(first + i);
                    MemorySegment.copy(
                            row,
                            0,
                            pinned.segment(),
                            ValueLayout.JAVA_BYTE,
                            (long) i * depth,
                            depth);
                }
                stream.copyIn(staged.address(), pinned.segment().asSlice(0, (long) rows * depth));
                launch(STORED_BYTES, FORM_BYTES, first, rows, width, depth, target);
            }
            MemorySegment.copy(scale, 0, pinned.segment(), ValueLayout.JAVA_FLOAT, 0, width);
            send(target + scales, 4L * width);
        }

        /** Packs rows {@code from .. from + width - 1} of a tensor seen as [.., depth]. */
        private void pack(Tensor tensor, long from, int width, int depth, int form, long target) {
            boolean raw = tensor.dtype() == DType.BF16 || tensor.dtype() == DType.F16;
            DType dtype = raw ? tensor.dtype() : DType.F32;
            int most = (int) Math.min(width, pinned.segment().byteSize() / dtype.bytes(depth));
            for (int first = 0; first < width; first += most) {
                int rows = Math.min(most, width - first);
                long start = (from + first) * depth;
                long count = (long) rows * depth;
                if (raw) {
                    MemorySegment.copy(
                            tensor.data(), 2 * start, pinned.segment(), 0, dtype.bytes(count));
                } else {
                    asFloats(tensor, start, count);
                }
                stream.copyIn(staged.address(), pinned.segment().asSlice(0, dtype.bytes(count)));
                launch(stored(dtype), form, first, rows, width, depth, target);
            }
        }

        /** Packs what is staged: rows {@code first .. first + rows - 1} of [width, depth]. */
        private void launch(
                int stored, int form, int first, int rows, int width, int depth, long target) {
            Params params =
                    new Params()
                            .address(staged.address())
                            .address(target)
                            .integer(stored)
                            .integer(form)
                            .integer(first)
                            .integer(rows)
                            .integer(width)
                            .integer(depth);
            int blocks = (int) Math.min(PACK_BLOCKS, Math.ceilDiv((long) rows * depth, 256));
            stream.launch(pack, blocks, 1, 1, 256, 0, 1, false, params.segment());
            stream.synchronize();
        }

        private static int stored(DType dtype) {
            return switch (dtype) {
                case BF16 -> 1;
                case F16 -> 2;
                default -> 0;
            };
        }

        private void asFloats(Tensor tensor, long from, long count) {
            int step = floats.length; // a multiple of every quantised block
            for (long at = 0; at < count; at += step) {
                int held = (int) Math.min(step, count - at);
                tensor.copyFloats(from + at, floats, 0, held);
                MemorySegment.copy(
                        floats, 0, pinned.segment(), ValueLayout.JAVA_FLOAT, 4 * at, held);
            }
        }

        private void send(long target, long bytes) {
            stream.copyIn(target, pinned.segment().asSlice(0, bytes));
            stream.synchronize();
        }

        @Override
        public void close() {
            staged.close();
            pinned.close();
        }
    }
}
