package dev.eddy.runtime.checkpoint;

import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import dev.eddy.runtime.checkpoint.Pickle.Table;
import dev.eddy.runtime.checkpoint.Pickle.View;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One file of torch.save, mapped: a zip archive of a pickle and of storages, whose tensors are
 * views of the mapping. Tensors that do not lie in row-major order are copied when asked for.
 */
final class PthFile {
    private static final int MAX_RANK = 16;

    /** Largest pickle that is read: some 100 bytes for each tensor. */
    private static final long MAX_PICKLE = 16 << 20;

    private static final String PICKLE = "/data.pkl";
    private static final String REMEDY =
            "; load it with torch.load(file, weights_only=True) and save it again with torch.save"
                    + " or as safetensors";

    private final String source;
    private final ZipEntries zip;
    private final String root;

    private PthFile(String source, ZipEntries zip, String root) {
        this.source = source;
        this.zip = zip;
        this.root = root;
    }

    /**
     * The tensors of {@code path} by name, alive as long as {@code arena}.
     *
     * @throws CheckpointException if the file is truncated, malformed or inconsistent, or holds
     *     anything but tensors
     */
    static Map<String, StoredTensor> map(Path path, Arena arena) {
        return read(path.toString(), MappedFile.map(path, Long.MAX_VALUE, arena));
    }

    /** Reads the bytes of such a file; {@code source} is the name by which errors call it. */
    static Map<String, StoredTensor> read(String source, MemorySegment file) {
        if (!ZipEntries.isZip(file)) {
            boolean pickle =
                    file.byteSize() > 1
                            && file.get(ValueLayout.JAVA_BYTE, 0) == (byte) 0x80
                            && file.get(ValueLayout.JAVA_BYTE, 1) <= 5;
            throw CheckpointException.unexpected(
                    source,
                    "the first 4 bytes",
                    "the zip archive that torch.save writes since PyTorch 1.6",
                    pickle ? "the format of older versions" + REMEDY : "other bytes");
        }
        ZipEntries zip = ZipEntries.read(source, file);
        PthFile pth = new PthFile(source, zip, root(source, zip));
        pth.requireKind();
        MemorySegment pickle = zip.bytes(pth.root + PICKLE);
        if (pickle.byteSize() > MAX_PICKLE) {
            throw CheckpointException.unexpected(
                    source,
                    "entry data.pkl",
                    "at most " + MAX_PICKLE + " bytes",
                    pickle.byteSize() + " bytes");
        }
        return pth.tensors(Unpickler.read(source, pickle));
    }

    private static String root(String source, ZipEntries zip) {
        List<String> roots = new ArrayList<>();
        for (String name : zip.names()) {
            if (name.endsWith(PICKLE) && name.indexOf('/') == name.length() - PICKLE.length()) {
                roots.add(name.substring(0, name.length() - PICKLE.length()));
            }
        }
        if (roots.size() != 1) {
            throw CheckpointException.unexpected(
                    source,
                    "zip archive",
                    "one entry .../data.pkl, as torch.save writes",
                    roots.isEmpty() ? "none" : roots.size());
        }
        return roots.getFirst();
    }

    private void requireKind() {
        if (zip.has(root + "/constants.pkl")) {
            throw CheckpointException.unexpected(
                    source,
                    "zip archive",
                    "weights",
                    "a TorchScript program; save its state_dict() with torch.save");
        }
        if (zip.has(root + "/byteorder")) {
            byte[] order = zip.bytes(root + "/byteorder").toArray(ValueLayout.JAVA_BYTE);
            String text = new String(order, StandardCharsets.US_ASCII);
            if (!text.equals("little")) {
                throw CheckpointException.unexpected(
                        source,
                        "entry byteorder",
                        "\"little\"",
                        CheckpointException.quote(text) + REMEDY);
            }
        }
    }

    private Map<String, StoredTensor> tensors(Pickle value) {
        if (!(value instanceof Table top)) {
            throw CheckpointException.unexpected(
                    source, "pickle", "a dict of tensors", value.describe());
        }
        boolean wrapped = top.fields().get("state_dict") instanceof Table;
        Table table = wrapped && top.fields().get("state_dict") instanceof Table in ? in : top;
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        table.fields()
                .forEach((name, field) -> {
                    if (!(field instanceof View view)) {
                        throw CheckpointException.unexpected(
                                source,
                                "entry " + CheckpointException.quote(name),
                                "a tensor",
                                field.describe());
                    }
                    tensors.put(name, tensor(name, view));
                });
        return tensors;
    }

    private StoredTensor tensor(String name, View view) {
        String subject = "tensor " + CheckpointException.quote(name);
        DType dtype = view.storage().dtype();
        MemorySegment storage = zip.bytes(root + "/data/" + view.storage().key());
        long elements = view.storage().elements();
        if (elements < 0 || elements > storage.byteSize() / dtype.blockBytes()) {
            throw CheckpointException.unexpected(
                    source,
                    subject + ": storage " + CheckpointException.quote(view.storage().key()),
                    elements + " elements of " + dtype,
                    storage.byteSize() + " bytes; the file is truncated or broken");
        }
        Shape shape = Shape.of(naturals(subject + ": size", view.size()));
        long[] strides = naturals(subject + ": stride", view.stride());
        long count = span(subject, view.offset(), shape, strides, elements);
        if (isRowMajor(shape, strides)) {
            MemorySegment data =
                    count == 0
                            ? storage.asSlice(0, 0)
                            : storage.asSlice(
                                    dtype.bytes(view.offset()), dtype.bytes(shape.elements()));
            return new StoredTensor(source, new Tensor(name, dtype, shape, data));
        }
        if (count > elements) {
            throw CheckpointException.unexpected(
                    source,
                    subject,
                    "at most the " + elements + " elements of its storage",
                    count + ", some of them repeated; save tensor.contiguous()");
        }
        return new StoredTensor(
                source,
                dtype,
                shape,
                () -> new Tensor(name, dtype, shape, copy(storage, view, shape, strides)));
    }

    private long[] naturals(String subject, Pickle.Tuple tuple) {
        if (tuple.items().size() > MAX_RANK) {
            throw CheckpointException.unexpected(
                    source, subject, "at most " + MAX_RANK + " axes", tuple.describe());
        }
        return tuple.items().stream()
                .mapToLong(item -> {
                    if (item instanceof Pickle.Whole whole && whole.value() >= 0) {
                        return whole.value();
                    }
                    throw CheckpointException.unexpected(
                            source, subject, "whole numbers of 0 or more", item.describe());
                })
                .toArray();
    }

    /**
     * Checks that a view stays within its storage.
     *
     * @return its number of elements
     */
    private long span(String subject, long offset, Shape shape, long[] strides, long elements) {
        try {
            long count = shape.elements();
            long last = offset;
            for (int axis = 0; count > 0 && axis < Math.min(shape.rank(), strides.length); axis++) {
                last = Math.addExact(last, Math.multiplyExact(shape.dim(axis) - 1, strides[axis]));
            }
            boolean inside = count == 0 || offset >= 0 && last < elements;
            if (strides.length == shape.rank() && inside) {
                return count;
            }
        } catch (ArithmeticException overflow) {
            // Refused below, like any other place outside.
        }
        throw CheckpointException.unexpected(
                source,
                subject,
                "a place within the " + elements + " elements of its storage",
                shape + " from " + offset + " in strides of " + Arrays.toString(strides));
    }

    private static boolean isRowMajor(Shape shape, long[] strides) {
        long expected = 1;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            long size = shape.dim(axis);
            if (size > 1 && strides[axis] != expected && shape.elements() > 0) {
                return false;
            }
            expected *= size;
        }
        return true;
    }

    private static MemorySegment copy(
            MemorySegment storage, View view, Shape shape, long[] strides) {
        int width = view.storage().dtype().blockBytes();
        long count = shape.elements();
        MemorySegment out = Arena.ofAuto().allocate(count * width, Long.BYTES);
        long[] index = new long[strides.length];
        for (long i = 0; i < count; i++) {
            long from = view.offset();
            for (int axis = 0; axis < index.length; axis++) {
                from += index[axis] * strides[axis];
            }
            MemorySegment.copy(storage, from * width, out, i * width, width);
            for (int axis = index.length - 1;
                    axis >= 0 && ++index[axis] == shape.dim(axis);
                    axis--) {
                index[axis] = 0;
            }
        }
        return out;
    }
}
