package dev.eddy.cli;

import dev.eddy.kernels.backend.Executable;
import dev.eddy.runtime.model.Model;
import dev.eddy.runtime.model.arch.Models;
import dev.eddy.runtime.tokenizer.Encoder;
import dev.eddy.runtime.tokenizer.Fasta;
import dev.eddy.runtime.tokenizer.Tokenizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eddy score}: how well a model predicts a text or a genome. */
@Command(
        name = "score",
        description = {
            "States how well a model predicts a file: nats per token, and bits per byte or per base.",
            "The file is one sequence after the model's start element; for a model of bases it is FASTA,"
                    + " and each of its sequences starts anew."
        })
final class ScoreCommand implements Callable<Integer> {
    @Option(names = "--model", required = true, paramLabel = "M", description = ModelText.MODEL)
    private String model = "";

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE|-",
            defaultValue = "-",
            description = "What to score (default: standard input).")
    private String file = "-";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private ComputeOptions compute = new ComputeOptions();

    @Override
    public Integer call() throws IOException {
        try (Model loaded = Models.open(model);
                InputStream in = open();
                Executable executable =
                        compute.compile(loaded.plan().program(), 1, ScoreTotals.ROWS)) {
            Tokenizer tokenizer = loaded.requireTokenizer();
            ScoreTotals totals = new ScoreTotals(executable, tokenizer.specials().bos());
            long units;
            try (Progress progress = new Progress("scoring")) {
                Counting counted = new Counting(in, size(), progress);
                units =
                        switch (tokenizer.unit()) {
                            case BYTE -> text(counted, tokenizer, totals);
                            case BASE -> bases(counted, tokenizer, totals);
                        };
            }
            print(tokenizer.unit(), units, totals);
        }
        return 0;
    }

    private static long text(InputStream in, Tokenizer tokenizer, ScoreTotals totals)
            throws IOException {
        Encoder encoder = tokenizer.encoder();
        byte[] chunk = new byte[1 << 16];
        long bytes = 0;
        totals.begin();
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            encoder.accept(chunk, 0, read, totals);
            bytes += read;
        }
        encoder.flush(totals);
        totals.end();
        return bytes;
    }

    private long bases(InputStream in, Tokenizer tokenizer, ScoreTotals totals) throws IOException {
        Encoder encoder = tokenizer.encoder();
        Fasta.Handler handler =
                new Fasta.Handler() {
                    @Override
                    public void sequence() {
                        totals.end();
                        totals.begin();
                    }

                    @Override
                    public void bases(byte[] letters, int count) {
                        encoder.accept(letters, 0, count, totals);
                    }
                };
        long bases = Fasta.read(file, in, handler);
        totals.end();
        return bases;
    }

    private void print(Tokenizer.Unit unit, long units, ScoreTotals totals) {
        if (totals.scored() == 0) {
            throw new IllegalArgumentException(
                    file + ": nothing to score; it needs at least one element after the start");
        }
        String name = unit == Tokenizer.Unit.BYTE ? "byte" : "base";
        double perToken = totals.nats() / totals.scored();
        double perUnit = totals.nats() / Math.log(2) / units;
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                json
                        ? "{\"tokens\": %d, \"%5$ss\": %2$d, \"nats_per_token\": %3$.9f,"
                                + " \"bits_per_%5$s\": %4$.9f}%n"
                        : "%d tokens, %d %5$ss%n%3$.6f nats per token%n%4$.6f bits per %5$s%n",
                totals.scored(),
                units,
                perToken,
                perUnit,
                name);
        out.flush();
    }

    private InputStream open() throws IOException {
        return file.equals("-")
                ? System.in
                : new BufferedInputStream(Files.newInputStream(Path.of(file)));
    }

    private long size() throws IOException {
        return file.equals("-") ? 0 : Files.size(Path.of(file));
    }

    /** Shows how much of a file has been read. */
    private static final class Counting extends java.io.FilterInputStream {
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
