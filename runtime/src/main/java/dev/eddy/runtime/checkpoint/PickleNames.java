package dev.eddy.runtime.checkpoint;

import dev.eddy.kernels.tensor.DType;
import dev.eddy.runtime.checkpoint.Pickle.Name;
import dev.eddy.runtime.checkpoint.Pickle.Storage;
import dev.eddy.runtime.checkpoint.Pickle.Table;
import dev.eddy.runtime.checkpoint.Pickle.Tuple;
import dev.eddy.runtime.checkpoint.Pickle.View;
import dev.eddy.runtime.checkpoint.Pickle.Whole;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The names that a restricted pickle may use, and what Eddy makes of them: nothing is called. */
final class PickleNames {
    private static final String ORDERED_DICT = "collections.OrderedDict";
    private static final String REBUILD_TENSOR = "torch._utils._rebuild_tensor_v2";
    private static final String REBUILD_PARAMETER = "torch._utils._rebuild_parameter";

    private static final Map<String, DType> STORAGES =
            Map.of(
                    "torch.DoubleStorage", DType.F64,
                    "torch.FloatStorage", DType.F32,
                    "torch.HalfStorage", DType.F16,
                    "torch.BFloat16Storage", DType.BF16,
                    "torch.LongStorage", DType.I64,
                    "torch.IntStorage", DType.I32,
                    "torch.ShortStorage", DType.I16,
                    "torch.CharStorage", DType.I8,
                    "torch.ByteStorage", DType.U8,
                    "torch.BoolStorage", DType.BOOL);

    private static final Set<String> FUNCTIONS =
            Set.of(ORDERED_DICT, REBUILD_TENSOR, REBUILD_PARAMETER);

    private PickleNames() {}

    /**
     * A name of the list.
     *
     * @throws CheckpointException if it is not on it
     */
    static Name require(String source, String module, String name) {
        Name found = new Name(module, name);
        if (!FUNCTIONS.contains(found.full()) && !STORAGES.containsKey(found.full())) {
            throw CheckpointException.unexpected(
                    source,
                    "pickle",
                    "tensors alone: " + new TreeSet<>(FUNCTIONS) + " and torch's storages",
                    found.describe()
                            + ", which may be code; save the weights alone, with"
                            + " torch.save(model.state_dict(), file), or as safetensors");
        }
        return found;
    }

    /** The element type of a storage's class. */
    static DType storageType(String source, Name name) {
        DType dtype = STORAGES.get(name.full());
        if (dtype == null) {
            throw CheckpointException.unexpected(
                    source,
                    "pickle: storage",
                    "one of " + new TreeSet<>(STORAGES.keySet()),
                    name.describe());
        }
        return dtype;
    }

    /** What calling a name of the list would give. */
    static Pickle call(String source, Name name, Tuple arguments) {
        List<Pickle> given = arguments.items();
        if (name.full().equals(ORDERED_DICT) && given.isEmpty()) {
            return new Table();
        }
        if (name.full().equals(REBUILD_PARAMETER)
                && !given.isEmpty()
                && given.getFirst() instanceof View view) {
            return view;
        }
        if (name.full().equals(REBUILD_TENSOR)
                && given.size() >= 4
                && given.get(0) instanceof Storage storage
                && given.get(1) instanceof Whole offset
                && given.get(2) instanceof Tuple size
                && given.get(3) instanceof Tuple stride) {
            return new View(storage, offset.value(), size, stride);
        }
        throw CheckpointException.unexpected(
                source,
                "pickle: call of " + name.full(),
                "the arguments that torch.save writes",
                arguments.describe());
    }
}
