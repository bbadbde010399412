package dev.eddy.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.runtime.checkpoint.BuiltInModels;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** FASTA: what is skipped, where sequences begin, what is refused. */
final class FastaTest {
    /** Sequences, each behind a bar. */
    private static String read(InputStream in) throws IOException {
        StringBuilder read = new StringBuilder();
        long count =
                Fasta.read(
                        "x.fa",
                        in,
                        new Fasta.Handler() {
                            @Override
                            public void sequence() {
                                read.append('|');
                            }

                            @Override
                            public void bases(byte[] letters, int count) {
                                read.append(
                                        new String(letters, 0, count, StandardCharsets.US_ASCII));
                            }
                        });
        assertThat(count).isEqualTo(read.chars().filter(c -> c != '|').count());
        return read.toString();
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                ">one # ''",
                "ACGT # |ACGT",
                ">one\\nAC GT\\r\\n\\nacgt\\n # |ACGTacgt",
                ">one\\nAC\\n>two >x\\n>three\\nGT\\n;comment ZZZ\\nNN # |AC|GTNN",
                "AC\\n>two ü\\nGT # |AC|GT",
                "'' # ''",
            })
    void read_files_skipsHeadersCommentsAndSpace(String file, String expected) throws IOException {
        assertThat(read(stream(file.replace("\\n", "\n").replace("\\r", "\r"))))
                .isEqualTo(expected);
    }

    @Test
    void read_longStreamInSmallReads_isWhole() throws IOException {
        String text = (">h " + "x".repeat(70_000) + "\n" + "ACGTN\n".repeat(50_000)).repeat(2);
        InputStream slow =
                new InputStream() {
                    private final InputStream in = stream(text);

                    @Override
                    public int read() throws IOException {
                        return in.read();
                    }

                    @Override
                    public int read(byte[] target, int offset, int count) throws IOException {
                        return in.read(target, offset, Math.min(count, 977));
                    }
                };
        assertThat(read(slow))
                .isEqualTo(("|" + "ACGTN".repeat(50_000)).repeat(2))
                .isEqualTo(read(stream(text)));
    }

    @Test
    void read_noBase_namesFileLineAndByte() {
        assertThatThrownBy(() -> read(stream(">h\nACGT\nAC>T")))
                .isInstanceOf(TokenizerException.class)
                .hasMessageStartingWith("x.fa: line 3: expected bases")
                .hasMessageEndingWith("found '>'");
        assertThatThrownBy(() -> read(stream("\u00e9"))).hasMessageEndingWith("found byte 195");
    }

    @Test
    void read_heldOutBases_areAll40000() throws IOException {
        try (InputStream in =
                Files.newInputStream(BuiltInModels.resolve("dna").resolve("heldout.fa"))) {
            assertThat(read(in)).hasSize(40_001).startsWith("|GCTTCTGCCC");
        }
    }
}
