package dev.eddy.kernels.cpu;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.MemoryPlan;
import dev.eddy.kernels.backend.Pages;
import dev.eddy.kernels.backend.SamplerSlots;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a program takes on the CPU, found without fetching a weight. */
final class CpuPlan {
    private static final PackedRows NOTHING = new PackedRows(new float[0], 0);

    /** Memory for packed rows. */
    record Room(long floats, long bytes) {}

    private final Program program;
    private final CompileOptions options;
    private final CpuKernels kernels;
    private final Schedule schedule;
    private final ScratchPlan scratch;
    private final SlotLayout slots;
    private final Needs needs = new Needs();

    CpuPlan(Program program, CompileOptions options, CpuKernels kernels) {
        this.program = program;
        this.kernels = kernels;
        this.options = options;
        schedule = Schedule.of(program);
        scratch = ScratchPlan.of(schedule, options);
        slots = new SlotLayout(program, options.state());
        assembler(needs).assemble();
    }

    Assembler assembler(Resources resources) {
        return new Assembler(schedule, scratch, slots, options, kernels, resources);
    }

    SlotLayout slots() {
        return slots;
    }

    /** The forms of weights that the stages read. */
    Set<PackedWeight> weights() {
        return needs.forms;
    }

    /** The numbers that fill rows, with the widest row of each. */
    Map<Float, Integer> constants() {
        return needs.constants;
    }

    /** Sizes of the memory for packed rows. */
    List<Room> packed() {
        return needs.packed;
    }

    /** Bytes of all values. */
    long scratchBytes() {
        return scratch.bytes();
    }

    /** Columns of the output. */
    int outputWidth() {
        return program.output().value().width();
    }

    /** Bytes of the widest row that an operator of the program makes. */
    long rowBytes() {
        int widest = 0;
        for (Op op : program.ops()) {
            widest = Math.max(widest, op.out().width());
            if (op instanceof Op.Route route) {
                // The choices, and the strengths of their groups.
                widest = Math.max(widest, route.scores().width() + route.groups());
            }
        }
        return PackedWeight.Taps.rowBytes(widest) + OffHeap.SLACK;
    }

    /** Bytes that a worker needs for the weights' panels. */
    long panelBytes() {
        long bytes = 0;
        for (Weight matrix : program.matrices()) {
            bytes = Math.max(bytes, kernels.workBytes(options.weights().matrix(matrix)));
        }
        return bytes;
    }

    /** Bytes that a scan works in: a tile of state widened to floats, a query's scores. */
    long scanBytes() {
        long bytes = slots.floatBytes();
        for (Op op : program.ops()) {
            if (op instanceof Op.Attention attention) {
                int width = attention.v().width() / attention.groups();
                bytes = Math.max(bytes, AttentionKernels.scratchBytes(width));
            }
        }
        return bytes;
    }

    /** Pages for states that grow. */
    int pages() {
        long count = slots.pageBytes() == 0 ? 0 : Pages.count(options.positions());
        return Math.toIntExact(count);
    }

    /** Bytes that stages work in besides values. */
    Map<String, Long> work() {
        return needs.work;
    }

    /** Bytes of a row of logits for the sampler. */
    long logitBytes() {
        return PackedWeight.Taps.rowBytes(outputWidth()) + OffHeap.SLACK;
    }

    /** Bytes of all packed weights, as {@link LoadedWeights} lays them out. */
    long weightBytes() {
        long bytes = 0;
        for (PackedWeight form : weights()) {
            bytes = Math.addExact(bytes, LoadedWeights.aligned(form.bytes()));
        }
        for (int width : constants().values()) {
            bytes += PackedWeight.Taps.rowBytes(width);
        }
        return bytes;
    }

    MemoryPlan memory() {
        long arrays = 0;
        for (Room room : packed()) {
            arrays = Math.addExact(arrays, DType.F32.bytes(room.floats()) + room.bytes());
        }
        for (long bytes : work().values()) {
            arrays = Math.addExact(arrays, bytes);
        }
        long worker = rowBytes() + panelBytes() + scanBytes() + logitBytes();
        worker += Worker.TILE_BYTES + SamplerScratch.heapBytes(outputWidth());
        long perThread = Math.multiplyExact(worker, (long) options.threads());
        return new MemoryPlan(
                weightBytes(),
                Math.addExact(Math.addExact(scratch.bytes(), arrays), perThread),
                slots.bytes() + SamplerSlots.SLOT_BYTES,
                options.slots(),
                Math.multiplyExact(slots.pageBytes(), (long) pages()));
    }

    /** Collects what stages ask for. */
    private static final class Needs implements Resources {
        private final Set<PackedWeight> forms = new LinkedHashSet<>();
        private final Map<Float, Integer> constants = new LinkedHashMap<>();
        private final List<Room> packed = new ArrayList<>();
        private final Map<String, Long> work = new LinkedHashMap<>();

        @Override
        public long weight(PackedWeight form) {
            forms.add(form);
            return 0;
        }

        @Override
        public long constant(float value, int width) {
            constants.merge(value, width, Math::max);
            return 0;
        }

        @Override
        public Tensor table(Weight weight) {
            return new Tensor(weight.name(), DType.F32, Shape.of(0), MemorySegment.NULL);
        }

        @Override
        public PackedRows packed(int index, RowForm form, long rows) {
            long floats = Math.multiplyExact(rows, (long) form.floats());
            long bytes = Math.multiplyExact(rows, form.bytes());
            if (index == packed.size()) {
                packed.add(new Room(floats, bytes));
            } else {
                Room room = packed.get(index);
                packed.set(
                        index,
                        new Room(Math.max(room.floats, floats), Math.max(room.bytes, bytes)));
            }
            return NOTHING;
        }

        @Override
        public long work(String name, long bytes) {
            work.merge(name, bytes, Math::max);
            return 0;
        }

        @Override
        public long scratch() {
            return 0;
        }
    }
}
