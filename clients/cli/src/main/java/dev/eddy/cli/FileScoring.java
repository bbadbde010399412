package dev.eddy.cli;

import dev.eddy.kernels.backend.Executable;
import dev.eddy.runtime.eval.FileScore;
import dev.eddy.runtime.model.Model;
import dev.eddy.runtime.model.arch.Models;
import dev.eddy.runtime.tokenizer.Tokenizer;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Scores files by models, showing how far it is, for {@code score} and {@code eval file}. */
final class FileScoring {
    private FileScoring() {}

    /**
     * Scores a file.
     *
     * @param file its path, or - for standard input
     */
    static FileScore score(String model, WindowOption window, String file, ComputeOptions compute)
            throws IOException {
        try (Model loaded = Models.open(model, window.positions());
                InputStream in = open(file);
                Executable executable =
                        compute.compile(loaded.plan().program(), 1, FileScore.ROWS)) {
            Tokenizer tokenizer = loaded.requireTokenizer();
            try (Progress progress = new Progress("scoring")) {
                return FileScore.of(
                        executable, tokenizer, file, new Counting(in, size(file), progress));
            }
        }
    }

    /** A score as the fields of a JSON object. */
    static String json(FileScore score) {
        return String.format(
                Locale.ROOT,
                "\"tokens\": %d, \"%5$ss\": %2$d, \"nats_per_token\": %3$.9f,"
                        + " \"bits_per_%5$s\": %4$.9f",
                score.tokens(),
                score.units(),
                score.natsPerToken(),
                score.bitsPerUnit(),
                score.unitName());
    }

    private static InputStream open(String file) throws IOException {
        return file.equals("-")
                ? System.in
                : new BufferedInputStream(Files.newInputStream(Path.of(file)));
    }

    private static long size(String file) throws IOException {
        return file.equals("-") ? 0 : Files.size(Path.of(file));
    }

    /** Shows how much of a file has been read. */
    private static final class Counting extends FilterInputStream {
        private final long size;
        private final Progress progress;
        private long count;

        Counting(InputStream in, long size, Progress progress) {
            super(in);
            this.size = size;
            this.progress = progress;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, Math.min(length, 4096));
            count += Math.max(0, read);
            progress.update(size == 0 ? 0 : (double) count / size);
            return read;
        }
    }
}
