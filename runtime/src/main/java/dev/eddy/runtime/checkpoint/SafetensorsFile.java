package dev.eddy.runtime.checkpoint;

import dev.eddy.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** One safetensors file, mapped: its tensors are views of the mapping. */
final class SafetensorsFile {
    private SafetensorsFile() {}

    /**
     * The tensors of {@code file}, alive as long as {@code arena}.
     *
     * @throws CheckpointException if the file is truncated, malformed or inconsistent
     */
    static Map<String, StoredTensor> map(Path file, Arena arena) {
        String source = file.toString();
        MemorySegment bytes = MappedFile.map(file, Long.MAX_VALUE, arena);
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        SafetensorsHeader.read(source, bytes)
                .forEach((name, entry) -> {
                    MemorySegment data = bytes.asSlice(entry.begin(), entry.end() - entry.begin());
                    tensors.put(
                            name,
                            new StoredTensor(
                                    source, new Tensor(name, entry.dtype(), entry.shape(), data)));
                });
        return tensors;
    }
}
