package dev.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The commands that converse, each with a server of its own in this process. */
@Timeout(300)
final class ServiceCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    @Test
    void generate_withASeed_saysTheSameFromTextAndFile() throws Exception {
        assertThat(generate("--prompt", "It was a dark night, and", "--seed", "7")).isZero();
        String said = out.toString();
        assertThat(said).hasSizeGreaterThan(20).endsWith(System.lineSeparator());
        out.getBuffer().setLength(0);
        Path file = Files.writeString(folder.resolve("prompt"), "It was a dark night, and");
        assertThat(generate("--prompt-file", file.toString(), "--seed", "7")).isZero();
        assertThat(out).hasToString(said);
    }

    private int generate(String... more) {
        String[] args = new String[more.length + 5];
        System.arraycopy(
                new String[] {"generate", "--model", "prose", "--max-tokens", "20"}, 0, args, 0, 5);
        System.arraycopy(more, 0, args, 5, more.length);
        return run("", args);
    }

    @Test
    void chat_overAPipe_saysTalksAndCounts() {
        String lines =
                """
                /stats
                It was a dark night, and

                /stats
                /nonsense
                /new
                Another night
                /help
                """;
        assertThat(run(lines, "chat", "--seed", "7", "--max-tokens", "10"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("prose: continues the text it is given; it is no assistant")
                .contains("nothing was said yet")
                .containsPattern("position   \\d+ tokens")
                .containsPattern("state      1,52\\d,\\d{3} bytes, the same at every position")
                .containsPattern("last turn  10 tokens, \\d+ tokens/s, the first after \\d+ ms")
                .containsPattern("all turns  20 tokens")
                .contains("there is no /nonsense")
                .contains("a new session, seed 7")
                .contains("/quit    ends");
    }

    /**
     * Of tokens enough for the process's CPU time to advance, which the system counts in
     * hundredths.
     */
    @Test
    void benchServe_ofTheNullModel_printsOneObjectALine() throws Exception {
        assertThat(
                        run(
                                "",
                                "bench",
                                "serve",
                                "--model",
                                "null",
                                "--sessions",
                                "1,3",
                                "--slots",
                                "2",
                                "--tokens",
                                "2000",
                                "--json"))
                .as(err.toString())
                .isZero();
        String[] lines = out.toString().lines().toArray(String[]::new);
        assertThat(lines).hasSize(2);
        JsonNode last = new ObjectMapper().readTree(lines[1]);
        assertThat(last.get("sessions").asInt()).isEqualTo(3);
        assertThat(last.get("tokens_per_second").asDouble()).isPositive();
        assertThat(last.get("step_ms_p99").asDouble())
                .isGreaterThanOrEqualTo(last.get("step_ms_p50").asDouble());
        assertThat(last.get("cpu_us_per_token").asDouble()).isPositive();
    }

    @Test
    void benchPrompt_ofTheNullModel_timesTheFirstTokenAndTheOthers() throws Exception {
        assertThat(
                        run(
                                "",
                                "bench",
                                "prompt",
                                "--model",
                                "null",
                                "--sessions",
                                "3",
                                "--prompt",
                                "500",
                                "--rounds",
                                "4",
                                "--warm-up",
                                "0",
                                "--json"))
                .as(err.toString())
                .isZero();
        JsonNode line = new ObjectMapper().readTree(out.toString());
        assertThat(line.get("prompt").asInt()).isEqualTo(500);
        assertThat(line.get("first_token_ms_p50").asDouble()).isPositive();
        assertThat(line.get("first_token_ms_p99").asDouble())
                .isGreaterThanOrEqualTo(line.get("first_token_ms_p50").asDouble());
        assertThat(line.get("gap_ms_p99_alone").asDouble()).isPositive();
        assertThat(line.get("gap_ms_p99").asDouble()).isPositive();
    }

    @Test
    void benchEndless_ofTheNullModel_comparesFarWithFresh() throws Exception {
        assertThat(
                        run(
                                "",
                                "bench",
                                "endless",
                                "--model",
                                "null",
                                "--tokens",
                                "20000",
                                "--rounds",
                                "20",
                                "--json"))
                .as(err.toString())
                .isZero();
        JsonNode line = new ObjectMapper().readTree(out.toString());
        assertThat(line.get("position").asLong()).isBetween(20_000L, 20_100L);
        assertThat(line.get("ratio").asDouble()).isPositive();
    }

    @Test
    void benchIdle_ofTheNullModel_resumesWhatRested() throws Exception {
        assertThat(
                        run(
                                "",
                                "bench",
                                "idle",
                                "--model",
                                "null",
                                "--sessions",
                                "40",
                                "--resumes",
                                "20",
                                "--json"))
                .as(err.toString())
                .isZero();
        JsonNode line = new ObjectMapper().readTree(out.toString());
        assertThat(line.get("sessions").asInt()).isEqualTo(40);
        assertThat(line.get("absorbed_per_second").asDouble()).isPositive();
        assertThat(line.get("resume_ms_p50").asDouble()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "generate --model nowhere --prompt x --max-tokens 1|1|model \"nowhere\": there is no such file",
                "generate --model prose --max-tokens 1|2|Missing required",
                "generate --model prose --prompt x --max-tokens -1|1|--max-tokens is -1; it must be 0 or more",
                "generate --model prose --prompt x --max-tokens 1 --top-p 3|1|top_p is 3.0",
                "generate --model prose --prompt x --max-tokens 1 --server 127.0.0.1:1|1|127.0.0.1:1 cannot be reached",
                "chat --max-tokens 0|1|--max-tokens is 0; it must be 1 or more",
                "serve --port 70000|1|eddy.server.port is 70000; it must be from 0 to 65535",
                "serve --model =|1|names nothing",
                "serve --config nowhere.conf|1|nowhere.conf cannot be read",
                "bench serve --model null --sessions 0|1|--sessions is 0; it must be 1 or more",
                "bench serve --model null --slots 0|1|--slots is 0; it must be 1 or more",
                "bench serve --model prose --server 127.0.0.1:1 --slots 2|1|--slots is for a server that is started"
            })
    void commands_withBadInput_sayWhatIsWrongInOneLine(String line, int code, String message) {
        assertThat(run("", line.split(" "))).as(err.toString()).isEqualTo(code);
        assertThat(err.toString().lines().findFirst().orElse(""))
                .startsWith("eddy: ")
                .contains(message);
    }

    private int run(String input, String... args) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            CommandLine commandLine = Eddy.commandLine();
            commandLine.setOut(new PrintWriter(out, true));
            commandLine.setErr(new PrintWriter(err, true));
            return Eddy.execute(commandLine, args);
        } finally {
            System.setIn(before);
        }
    }
}
