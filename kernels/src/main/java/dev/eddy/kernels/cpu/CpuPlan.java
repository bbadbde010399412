package dev.eddy.kernels.cpu;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.backend.MemoryPlan;
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
    private static final float[] NOTHING = {};

    private final Program program;
    private final CompileOptions options;
    private final Schedule schedule;
    private final ScratchPlan scratch;
    private final SlotLayout slots;
    private final Needs needs = new Needs();

    CpuPlan(Program program, CompileOptions options) {
        if (options.weights() != DType.F32 && options.weights() != DType.BF16) {
            throw new InvalidRequestException(
                    "the cpu backend computes with F32 or BF16 weights, not " + options.weights());
        }
        Support.check(program);
        this.program = program;
        this.options = options;
        schedule = Schedule.of(program);
        scratch = ScratchPlan.of(schedule, options);
        slots = new SlotLayout(program, options.state());
        assembler(needs).assemble();
    }

    Assembler assembler(Resources resources) {
        return new Assembler(schedule, scratch, slots, options, resources);
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

    /** Sizes of the arrays for packed rows, in floats. */
    List<Long> packed() {
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
        }
        return PackedWeight.Taps.rowBytes(widest) + OffHeap.SLACK;
    }

    /** Bytes of a widened slice of a panel, where weights are not floats. */
    long panelBytes() {
        return options.weights() == DType.F32 ? 0 : (long) Panels.DEPTH * FloatPanels.ROW_BYTES;
    }

    /** Bytes of the largest tile of state widened to floats. */
    long stateBytes() {
        return slots.floatBytes();
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
        for (long floats : packed()) {
            arrays = Math.addExact(arrays, DType.F32.bytes(floats));
        }
        long worker = rowBytes() + panelBytes() + stateBytes() + logitBytes();
        worker += SamplerScratch.heapBytes(outputWidth());
        long perThread = Math.multiplyExact(worker, (long) options.threads());
        return new MemoryPlan(
                weightBytes(),
                Math.addExact(Math.addExact(scratch.bytes(), arrays), perThread),
                slots.bytes() + SamplerSlots.SLOT_BYTES,
                options.slots());
    }

    /** Collects what stages ask for. */
    private static final class Needs implements Resources {
        private final Set<PackedWeight> forms = new LinkedHashSet<>();
        private final Map<Float, Integer> constants = new LinkedHashMap<>();
        private final List<Long> packed = new ArrayList<>();

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
        public float[] packed(int index, long floats) {
            if (index == packed.size()) {
                packed.add(floats);
            } else {
                packed.set(index, Math.max(packed.get(index), floats));
            }
            return NOTHING;
        }

        @Override
        public long scratch() {
            return 0;
        }
    }
}
