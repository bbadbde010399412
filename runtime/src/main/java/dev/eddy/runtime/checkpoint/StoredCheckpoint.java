package dev.eddy.runtime.checkpoint;

import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A checkpoint whose tensors exist: mapped from files, or made by a caller. */
final class StoredCheckpoint extends Checkpoint {
    /**
     * What a checkpoint is made of.
     *
     * @param tokenizer reads the tokenizer that lies in the same file as the tensors
     */
    record Content(
            Config config,
            Map<String, StoredTensor> tensors,
            Optional<Supplier<EmbeddedTokenizer>> tokenizer) {}

    private final String source;
    private final @Nullable Path directory;
    private final NavigableMap<String, StoredTensor> tensors;
    private final Optional<Supplier<EmbeddedTokenizer>> tokenizer;
    private final Arena arena;

    private StoredCheckpoint(
            String source, @Nullable Path directory, Content content, Arena arena) {
        super(content.config());
        this.source = source;
        this.directory = directory;
        this.tensors = new TreeMap<>(content.tensors());
        this.tokenizer = content.tokenizer();
        this.arena = arena;
    }

    /**
     * A checkpoint that owns what its tensors live in.
     *
     * @param source the file or directory, for error messages
     * @param read makes the tensors, alive as long as the arena it is given; the arena is closed
     *     with the checkpoint, or at once if this fails
     */
    static StoredCheckpoint create(
            String source,
            @Nullable Path directory,
            Config config,
            Function<Arena, Map<String, StoredTensor>> read) {
        return create(
                source,
                directory,
                arena -> new Content(config, read.apply(arena), Optional.empty()));
    }

    /** The same where the settings lie in the same file as the tensors. */
    @SuppressWarnings("MustBeClosedChecker") // the checkpoint closes it
    static StoredCheckpoint create(
            String source, @Nullable Path directory, Function<Arena, Content> read) {
        Arena arena = Arena.ofShared();
        try {
            return new StoredCheckpoint(source, directory, read.apply(arena), arena);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    @Override
    public Optional<Path> directory() {
        return Optional.ofNullable(directory);
    }

    @Override
    public Optional<EmbeddedTokenizer> tokenizer() {
        return tokenizer.map(Supplier::get);
    }

    @Override
    public List<String> names() {
        return List.copyOf(tensors.keySet());
    }

    @Override
    public long bytes() {
        return tensors.values().stream().mapToLong(StoredTensor::bytes).sum();
    }

    @Override
    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    @Override
    StoredTensor lookUp(String name, Shape shape, DType[] allowed) {
        StoredTensor stored = tensors.get(name);
        if (stored == null) {
            throw new CheckpointException(
                    source + ": tensor " + name + " " + shape + " is missing" + hint(name));
        }
        return stored;
    }

    @Override
    Optional<Tensor> stored(String name) {
        return Optional.ofNullable(tensors.get(name)).map(StoredTensor::tensor);
    }

    @Override
    String computeDigest() {
        ContentDigest digest = new ContentDigest(config());
        tensors.values().forEach(stored -> digest.add(stored.tensor()));
        return digest.hex();
    }

    @Override
    public void close() {
        arena.close();
    }

    /**
     * The tensor whose name begins and ends most like the missing one: often a prefix is all that
     * differs.
     */
    private String hint(String name) {
        return tensors.keySet().stream()
                .max(Comparator.comparingInt(other -> likeness(name, other)))
                .map(other ->
                        "; the file has "
                                + tensors.size()
                                + " tensors, most alike "
                                + CheckpointException.name(other))
                .orElse("; the file has no tensors");
    }

    private static int likeness(String a, String b) {
        int least = Math.min(a.length(), b.length());
        int prefix = 0;
        while (prefix < least && a.charAt(prefix) == b.charAt(prefix)) {
            prefix++;
        }
        int suffix = 0;
        while (suffix < least - prefix
                && a.charAt(a.length() - 1 - suffix) == b.charAt(b.length() - 1 - suffix)) {
            suffix++;
        }
        return prefix + suffix;
    }
}
