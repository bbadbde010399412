package dev.eddy.kernels.cpu;

import dev.eddy.kernels.backend.BackendException;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A program's weights, fetched one at a time and packed into one piece of memory, so that little
 * more than that is held at any moment; and what else stages are built on.
 */
final class LoadedWeights implements Resources {
    private final Map<PackedWeight, Long> addresses = new HashMap<>();
    private final Map<Float, Long> constants = new HashMap<>();
    private final Map<Integer, Tensor> tables = new HashMap<>();
    private final Map<String, Long> work = new HashMap<>();
    private final PackedRows[] packed;
    private final MemorySegment scratch;

    LoadedWeights(CpuPlan plan, Program program, CompileOptions options, Arena memory) {
        scratch = OffHeap.allocate(memory, plan.scratchBytes());
        packed = new PackedRows[plan.packed().size()];
        for (int i = 0; i < packed.length; i++) {
            CpuPlan.Room room = plan.packed().get(i);
            float[] floats = new float[Math.toIntExact(room.floats())];
            packed[i] = new PackedRows(floats, OffHeap.allocate(memory, room.bytes()).address());
        }
        plan.work()
                .forEach(
                        (name, bytes) -> work.put(name, OffHeap.allocate(memory, bytes).address()));
        long address = OffHeap.allocate(memory, plan.weightBytes()).address();
        Map<Integer, List<PackedWeight>> forms = new HashMap<>();
        for (PackedWeight form : plan.weights()) {
            addresses.put(form, address);
            forms.computeIfAbsent(form.weight().id(), _ -> new ArrayList<>()).add(form);
            address += aligned(form.bytes());
        }
        for (var constant : plan.constants().entrySet()) {
            constants.put(constant.getKey(), address);
            Elements.fill(constant.getKey(), address, constant.getValue());
            address += PackedWeight.Taps.rowBytes(constant.getValue());
        }
        load(program, options, forms);
    }

    /** A size rounded up to what keeps the next one aligned. */
    static long aligned(long bytes) {
        return Math.ceilDiv(bytes, OffHeap.ALIGNMENT) * OffHeap.ALIGNMENT;
    }

    private void load(
            Program program, CompileOptions options, Map<Integer, List<PackedWeight>> forms) {
        boolean[] isTable = new boolean[program.weights().size()];
        for (Op op : program.ops()) {
            if (op instanceof Op.Embed embed) {
                isTable[embed.table().id()] = true;
            }
        }
        double all = 0;
        for (Weight weight : program.weights()) {
            all += weight.elements();
        }
        double done = 0;
        for (Weight weight : program.weights()) {
            Tensor tensor = fetch(weight);
            if (isTable[weight.id()]) {
                tables.put(weight.id(), tensor);
            }
            for (PackedWeight form : forms.getOrDefault(weight.id(), List.of())) {
                form.pack(tensor, addresses.getOrDefault(form, 0L));
            }
            done += weight.elements();
            options.progress().accept(all == 0 ? 1 : done / all);
        }
    }

    private static Tensor fetch(Weight weight) {
        Tensor tensor = weight.source().get();
        if (tensor.shape().elements() != weight.elements()) {
            throw new BackendException(
                    "weight "
                            + weight.name()
                            + " should be "
                            + weight.shape()
                            + ", its tensor "
                            + tensor.name()
                            + " is "
                            + tensor.shape());
        }
        return tensor;
    }

    private static <K> long known(Map<K, Long> addresses, K key) {
        Long address = addresses.get(key);
        if (address == null) {
            throw new IllegalStateException("not planned: " + key);
        }
        return address;
    }

    @Override
    public long weight(PackedWeight form) {
        return known(addresses, form);
    }

    @Override
    public long constant(float value, int width) {
        return known(constants, value);
    }

    @Override
    public Tensor table(Weight weight) {
        Tensor table = tables.get(weight.id());
        if (table == null) {
            throw new IllegalStateException("no table: " + weight.name());
        }
        return table;
    }

    @Override
    public PackedRows packed(int index, RowForm form, long rows) {
        return packed[index];
    }

    @Override
    public long work(String name, long bytes) {
        return known(work, name);
    }

    /** Bytes of scratch memory from an address on: unlike the address, it dies with its arena. */
    MemorySegment slice(long address, long bytes) {
        return scratch.asSlice(address - scratch.address(), bytes);
    }

    @Override
    public long scratch() {
        return scratch.address();
    }
}
