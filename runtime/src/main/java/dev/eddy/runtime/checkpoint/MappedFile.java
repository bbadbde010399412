package dev.eddy.runtime.checkpoint;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Read-only views of whole files: nothing is read before it is touched, nothing is copied. */
final class MappedFile {
    private MappedFile() {}

    /**
     * Maps {@code file} for as long as {@code arena} lives. Symbolic links are followed: the
     * Hugging Face cache is made of them. Whoever truncates the file meanwhile breaks its readers;
     * replace files by renaming instead.
     *
     * @param most the largest size that is accepted, in bytes
     * @throws CheckpointException if it is missing, no regular file, too large or unreadable
     */
    static MemorySegment map(Path file, long most, Arena arena) {
        if (!Files.isRegularFile(file)) {
            String what =
                    Files.isDirectory(file)
                            ? "is a directory"
                            : Files.exists(file)
                                    ? "is no regular file"
                                    : Files.isSymbolicLink(file)
                                            ? "is a symbolic link that leads nowhere"
                                            : "does not exist";
            throw new CheckpointException(file + ": " + what + "; a regular file is needed here");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size > most) {
                throw CheckpointException.unexpected(
                        file, "size", "at most " + most + " bytes", size + " bytes");
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
        } catch (IOException e) {
            throw new CheckpointException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Reads settings from {@code file}, of at most {@code most} bytes. */
    static Config config(Path file, long most) {
        try (Arena arena = Arena.ofConfined()) {
            return Config.parse(file.toString(), map(file, most, arena));
        }
    }
}
