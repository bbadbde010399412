package dev.eddy.runtime.checkpoint;

import dev.eddy.kernels.tensor.DType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value that a restricted pickle may hold: data and tensors, never an object of any class. */
sealed interface Pickle {
    record None() implements Pickle {}

    record Bool(boolean value) implements Pickle {}

    record Whole(long value) implements Pickle {}

    record Real(double value) implements Pickle {}

    record Text(String value) implements Pickle {}

    /** Bytes, whose content nothing needs. */
    record Bytes(long count) implements Pickle {}

    record Tuple(List<Pickle> items) implements Pickle {}

    record Items(List<Pickle> items) implements Pickle {
        Items() {
            this(new ArrayList<>());
        }
    }

    /** A dict, ordered or not, by keys that are strings. */
    record Table(Map<String, Pickle> fields) implements Pickle {
        Table() {
            this(new LinkedHashMap<>());
        }
    }

    /** The name of a class or function; it stands for itself and is never called. */
    record Name(String module, String name) implements Pickle {
        String full() {
            return module + "." + name;
        }
    }

    /**
     * The bytes behind tensors.
     *
     * @param key their entry's name
     * @param elements how many there are to be
     */
    record Storage(DType dtype, String key, long elements) implements Pickle {}

    /** A view of a storage, in elements; its extents and strides are as unchecked as all else. */
    record View(Storage storage, long offset, Tuple size, Tuple stride) implements Pickle {}

    /** What it is, for error messages; shallow, since a hostile file may nest. */
    default String describe() {
        return switch (this) {
            case None _ -> "None";
            case Bool bool -> Boolean.toString(bool.value);
            case Whole whole -> Long.toString(whole.value);
            case Real real -> Double.toString(real.value);
            case Text text -> CheckpointException.quote(text.value);
            case Bytes bytes -> bytes.count + " bytes";
            case Tuple tuple -> "a tuple of " + tuple.items.size();
            case Items list -> "a list of " + list.items.size();
            case Table table -> "a dict of " + table.fields.size();
            case Name name -> CheckpointException.quote(name.full());
            case Storage storage -> "a storage of " + storage.dtype;
            case View _ -> "a tensor";
        };
    }
}
