package dev.eddy.runtime.eval;

import dev.eddy.kernels.backend.Executable;
import dev.eddy.runtime.tokenizer.Encoder;
import dev.eddy.runtime.tokenizer.Fasta;
import dev.eddy.runtime.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.InputStream;

/**
 * How well a model predicts a file. The file is one sequence after the model's start element; for a
 * model of bases it is FASTA, and each of its sequences starts anew.
 *
 * @param unit bytes or bases
 * @param units how many of them
 * @param tokens ids that were scored: all but a sequence's first
 * @param nats minus the sum of their log-probabilities
 */
public record FileScore(Tokenizer.Unit unit, long units, long tokens, double nats) {
    /** Elements in one step: the rows that the executable needs, with one slot. */
    public static final int ROWS = 256;

    /**
     * Scores all that {@code in} has.
     *
     * @param executable the model, compiled for one slot and {@link #ROWS}
     * @param source what errors call the file
     * @throws IllegalArgumentException if there is nothing to score
     */
    public static FileScore of(
            Executable executable, Tokenizer tokenizer, String source, InputStream in)
            throws IOException {
        ScoreTotals totals = new ScoreTotals(executable, tokenizer.specials().bos());
        long units =
                switch (tokenizer.unit()) {
                    case BYTE -> text(in, tokenizer.encoder(), totals);
                    case BASE -> bases(source, in, tokenizer.encoder(), totals);
                };
        if (totals.scored() == 0) {
            throw new IllegalArgumentException(
                    source + ": nothing to score; it needs at least one element after the start");
        }
        return new FileScore(tokenizer.unit(), units, totals.scored(), totals.nats());
    }

    private static long text(InputStream in, Encoder encoder, ScoreTotals totals)
            throws IOException {
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

    private static long bases(String source, InputStream in, Encoder encoder, ScoreTotals totals)
            throws IOException {
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
        long bases = Fasta.read(source, in, handler);
        totals.end();
        return bases;
    }

    /** Natural-logarithm units of information per token. */
    public double natsPerToken() {
        return nats / tokens;
    }

    /** Bits per byte, or per base. */
    public double bitsPerUnit() {
        return nats / Math.log(2) / units;
    }

    /** {@code byte} or {@code base}. */
    public String unitName() {
        return switch (unit) {
            case BYTE -> "byte";
            case BASE -> "base";
        };
    }
}
