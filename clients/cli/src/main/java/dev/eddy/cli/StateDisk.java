package dev.eddy.cli;

import com.sun.nio.file.ExtendedOpenOption;
import dev.eddy.kernels.backend.BackendException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A folder whose disk takes states and gives them back, in a file that is there only for as long as
 * that is measured. One thread writes through the page cache and forces what it wrote to the disk;
 * it reads past the page cache where the file system can.
 */
final class StateDisk {
    private static final int ROUNDS = 3;

    /** Bytes of one read or write: a multiple of any file system's block. */
    private static final long CHUNK = 16 << 20;

    private final Path folder;

    /**
     * A folder to write in.
     *
     * @throws IllegalArgumentException if no file can be made there, naming the folder
     */
    StateDisk(Path folder) throws IOException {
        this.folder = folder;
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    "--disk is "
                            + folder
                            + ", which is "
                            + (Files.exists(folder) ? "no folder" : "not there")
                            + "; it must be a folder to write in");
        }
        Files.delete(newFile());
    }

    private Path newFile() {
        try {
            Path file = Files.createTempFile(folder, "eddy-spill", ".states");
            file.toFile().deleteOnExit(); // for who interrupts
            return file;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--disk is %s, where no file can be made (%s); it must be a folder to write in"
                            .formatted(folder, Failures.reason(e)),
                    e);
        }
    }

    /**
     * Refuses states for which the disk has no room.
     *
     * @throws IllegalArgumentException naming folder, bytes and limit
     */
    void checkRoom(long bytes) throws IOException {
        long room = Files.getFileStore(folder).getUsableSpace();
        if (bytes > room) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "--disk is %s, which has room for %,d bytes; the states take %,d: fewer"
                                    + " --sessions take less, another folder may have more room",
                            folder,
                            room,
                            bytes));
        }
    }

    /**
     * What was measured.
     *
     * @param fileSystem its type
     * @param direct whether states were read past the page cache
     * @param bytes of all states
     * @param write seconds in which they were written
     * @param force seconds in which they were forced to the disk after that
     * @param read seconds in which they were read
     */
    record Times(
            Path folder,
            String fileSystem,
            boolean direct,
            long bytes,
            double write,
            double force,
            double read) {
        /** For people: two lines. */
        String text() {
            return String.format(
                    Locale.ROOT,
                    "host memory -> disk    %8.3f GB/s, by one thread, through the page cache and forced (which is %.0f %%"
                            + " of the time); %s in %s%n"
                            + "disk -> host memory    %8.3f GB/s, by one thread, %s%n",
                    bytes / (write + force) / 1e9,
                    100 * force / (write + force),
                    fileSystem.equals("tmpfs") ? "tmpfs, which is memory," : fileSystem,
                    folder,
                    bytes / read / 1e9,
                    direct
                            ? "past the page cache"
                            : "from the page cache, past which this file system does not read");
        }

        /** A JSON object. */
        String json() {
            return String.format(
                    Locale.ROOT,
                    "{\"folder\": %s, \"file_system\": %s, \"write_gb_per_second\": %.4f, \"force_share\": %.3f,"
                            + " \"read_gb_per_second\": %.4f, \"past_page_cache\": %s}",
                    DeviceReport.quoted(folder.toString()),
                    DeviceReport.quoted(fileSystem),
                    bytes / (write + force) / 1e9,
                    force / (write + force),
                    bytes / read / 1e9,
                    direct);
        }
    }

    /**
     * Writes states of one size to a new file, forces them to the disk, reads them and compares;
     * medians of {@value #ROUNDS} rounds. {@link #checkRoom} says first whether they fit.
     *
     * @throws IOException if the disk cannot take them after all, or not give them back
     * @throws BackendException if a byte changed
     */
    Times measure(List<MemorySegment> states) throws IOException {
        long bytes = states.size() * states.getFirst().byteSize();
        Times[] rounds = new Times[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            rounds[i] = round(states, bytes);
        }
        return new Times(
                folder,
                rounds[0].fileSystem,
                rounds[0].direct,
                bytes,
                median(rounds, Times::write),
                median(rounds, Times::force),
                median(rounds, Times::read));
    }

    private static double median(Times[] rounds, ToDoubleFunction<Times> time) {
        return Arrays.stream(rounds).mapToDouble(time).sorted().toArray()[ROUNDS / 2];
    }

    private Times round(List<MemorySegment> states, long bytes) throws IOException {
        Path file = newFile();
        try {
            FileStore store = Files.getFileStore(file);
            long size = Math.ceilDiv(states.getFirst().byteSize(), store.getBlockSize());
            size *= store.getBlockSize(); // each begins with a block
            long begin = System.nanoTime();
            long written;
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                for (int i = 0; i < states.size(); i++) {
                    write(channel, i * size, states.get(i));
                }
                written = System.nanoTime();
                channel.force(false);
            } catch (IOException e) {
                throw new IOException(
                        "could not write %d bytes to %s (%s); --disk names another folder"
                                .formatted(bytes, file, Failures.reason(e)),
                        e);
            }
            long forced = System.nanoTime();
            Reading reading = read(file, states, size, store.getBlockSize());
            return new Times(
                    folder,
                    store.type(),
                    reading.direct,
                    bytes,
                    (written - begin) / 1e9,
                    (forced - written) / 1e9,
                    reading.seconds);
        } finally {
            Files.delete(file);
        }
    }

    private static void write(FileChannel channel, long at, MemorySegment state)
            throws IOException {
        for (long from = 0; from < state.byteSize(); from += CHUNK) {
            ByteBuffer chunk = chunk(state, from);
            while (chunk.hasRemaining()) {
                channel.write(chunk, at + from + chunk.position());
            }
        }
    }

    private static ByteBuffer chunk(MemorySegment memory, long from) {
        return memory.asSlice(from, Math.min(CHUNK, memory.byteSize() - from)).asByteBuffer();
    }

    private record Reading(boolean direct, double seconds) {}

    private static Reading read(Path file, List<MemorySegment> states, long size, long block)
            throws IOException {
        try (FileChannel direct =
                FileChannel.open(file, StandardOpenOption.READ, ExtendedOpenOption.DIRECT)) {
            return new Reading(true, read(direct, states, size, block));
        } catch (UnsupportedOperationException | FileSystemException e) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                return new Reading(false, read(channel, states, size, block));
            }
        }
    }

    /** Reads and compares one state after the other; seconds without comparing. */
    private static double read(
            FileChannel channel, List<MemorySegment> states, long size, long block)
            throws IOException {
        long nanos = 0;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate(size, block);
            for (int i = 0; i < states.size(); i++) {
                copy.fill((byte) 0);
                long begin = System.nanoTime();
                read(channel, i * size, copy, states.get(i).byteSize());
                nanos += System.nanoTime() - begin;
                long at = states.get(i).mismatch(copy.asSlice(0, states.get(i).byteSize()));
                if (at >= 0) {
                    throw new BackendException(
                            "byte %d of the state of session %d changed on its way to the disk and back"
                                    .formatted(at, i));
                }
            }
        }
        return nanos / 1e9;
    }

    /** Reads whole blocks, but the file may end after {@code bytes}. */
    private static void read(FileChannel channel, long at, MemorySegment copy, long bytes)
            throws IOException {
        for (long from = 0; from < bytes; from += CHUNK) {
            ByteBuffer chunk = chunk(copy, from);
            while (chunk.hasRemaining() && from + chunk.position() < bytes) {
                if (channel.read(chunk, at + from + chunk.position()) < 0) {
                    throw new IOException("the file of the states became shorter");
                }
            }
        }
    }
}
