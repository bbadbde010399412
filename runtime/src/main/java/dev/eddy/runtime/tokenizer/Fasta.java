package dev.eddy.runtime.tokenizer;

import java.io.IOException;
import java.io.InputStream;

/**
 * A reader of FASTA: sequences under headers that begin with {@code >}. Headers, comments ({@code
 * ;}) and white space are skipped; a file without headers is one sequence. Reads a stream of any
 * length in small pieces.
 */
public final class Fasta {
    private static final int WINDOW = 1 << 16;

    private Fasta() {}

    /** What receives the sequences. */
    public interface Handler {
        /**
         * A new sequence begins; called before the first bases too, also where the file has no
         * header.
         */
        void sequence();

        /**
         * More bases of the sequence: ASCII letters, {@code count} of them from 0 on; the array is
         * reused.
         */
        void bases(byte[] letters, int count);
    }

    /**
     * Reads {@code in} to its end; a sequence without bases is passed over.
     *
     * @param source the file's name, for error messages
     * @return the number of bases
     * @throws TokenizerException if there is anything but bases outside headers
     */
    public static long read(String source, InputStream in, Handler handler) throws IOException {
        byte[] window = new byte[WINDOW];
        byte[] letters = new byte[WINDOW];
        long line = 1;
        long bases = 0;
        boolean lineStart = true;
        boolean skipping = false; // within a header or a comment
        boolean begun = false; // the sequence has been announced
        for (int read = in.read(window); read >= 0; read = in.read(window)) {
            int count = 0;
            for (int i = 0; i < read; i++) {
                byte b = window[i];
                if (b == '\n' || b == '\r') {
                    line += b == '\n' ? 1 : 0;
                    lineStart = true;
                    skipping = false;
                } else if (lineStart && (b == '>' || b == ';')) {
                    skipping = true;
                    lineStart = false;
                    if (b == '>') {
                        emit(handler, letters, count);
                        count = 0;
                        begun = false;
                    }
                } else if (!skipping && b != ' ' && b != '\t') {
                    lineStart = false;
                    if (BasesTokenizer.id((char) (b & 0xff)) < 0) {
                        throw new TokenizerException(
                                source
                                        + ": line "
                                        + line
                                        + ": expected bases (A C G T N in either "
                                        + "case, or IUPAC's R Y S W K M B D H V) or a header that begins with >, found "
                                        + (b > ' ' && b < 127
                                                ? "'" + (char) b + "'"
                                                : "byte " + (b & 0xff)));
                    }
                    if (!begun) {
                        handler.sequence();
                        begun = true;
                    }
                    letters[count++] = b;
                    bases++;
                }
            }
            emit(handler, letters, count);
        }
        return bases;
    }

    private static void emit(Handler handler, byte[] letters, int count) {
        if (count > 0) {
            handler.bases(letters, count);
        }
    }
}
