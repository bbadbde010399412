package dev.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.runtime.checkpoint.BuiltInModels;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code eddy eval}, on the built-in models, which were not trained for its tasks. */
class EvalCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    @Test
    void recall_ofAModel_isATableAndAPlot() throws IOException {
        Path plot = folder.resolve("recall.svg");
        String[] args = recall("--plot", plot.toString());
        assertThat(run(args)).as(err.toString()).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(6);
        assertThat(lines.get(0)).isEqualTo("recall accuracy by pairs");
        assertThat(lines.get(1)).matches("model +all +2 +4");
        assertThat(lines.get(2)).matches("prose +(\\d\\.\\d{4} *){3}");
        assertThat(lines.get(4)).matches("model +all +\\d+.*");
        assertThat(Files.readString(plot)).startsWith("<svg").contains("prose", "polyline");
    }

    @Test
    void recall_asJson_addsUp() throws IOException {
        assertThat(run(recall("--json"))).as(err.toString()).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("model").asText()).isEqualTo("prose");
        assertThat(json.get("asked").asInt()).isEqualTo(3 * (14 + 12));
        for (String by : new String[] {"by_pairs", "by_distance"}) {
            int asked = 0;
            int correct = 0;
            for (JsonNode accuracy : json.get(by)) {
                asked += accuracy.get("asked").asInt();
                correct += accuracy.get("correct").asInt();
            }
            assertThat(asked).as(by).isEqualTo(json.get("asked").asInt());
            assertThat(correct).as(by).isEqualTo(json.get("correct").asInt());
        }
        assertThat(json.get("by_pairs").fieldNames()).toIterable().containsExactly("2", "4");
    }

    private static String[] recall(String... more) {
        String[] args = {
            "eval", "recall", "--model", "prose", "--pairs", "2,4", "--length", "32", "--count", "3"
        };
        String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return all;
    }

    @Test
    void copyingAndInduction_ofTwoModels_haveARowEach() {
        String[] models = {"--model", "prose", "--model", copyOfProse()};
        assertThat(
                        run(
                                "eval",
                                "copying",
                                models[0],
                                models[1],
                                models[2],
                                models[3],
                                "--tokens",
                                "1,3",
                                "--length",
                                "40",
                                "--count",
                                "2"))
                .as(err.toString())
                .isZero();
        assertThat(
                        run(
                                "eval",
                                "induction",
                                models[0],
                                models[1],
                                models[2],
                                models[3],
                                "--lengths",
                                "8,70",
                                "--count",
                                "2",
                                "--seed",
                                "3"))
                .as(err.toString())
                .isZero();
        List<String> rows =
                out.toString().lines().filter(line -> line.matches("prose .*")).toList();
        List<String> copies =
                out.toString().lines().filter(line -> line.matches("copy .*")).toList();
        assertThat(rows).hasSize(4);
        assertThat(copies.stream().map(row -> row.replace("copy ", "prose")).toList())
                .as("the same model under another name")
                .isEqualTo(rows);
    }

    private String copyOfProse() {
        try {
            Path copy = Files.createDirectory(folder.resolve("copy"));
            Path prose = BuiltInModels.resolve("prose");
            for (String file : new String[] {"config.json", "model.safetensors"}) {
                Files.copy(prose.resolve(file), copy.resolve(file));
            }
            return copy.toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void file_ofAModel_hasTheBitsThatScoreStates() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "It was the best of times.");
        assertThat(run("score", "--model", "prose", text.toString(), "--json")).isZero();
        String score = out.toString().strip();
        out.getBuffer().setLength(0);
        assertThat(run("eval", "file", "--model", "prose", text.toString(), "--json")).isZero();
        assertThat(out.toString().strip()).isEqualTo(score.replace("{", "{\"model\": \"prose\", "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--pairs 63|1|63 pairs do not fit",
                "--keys 9-4|2|no range",
                "--keys x|2|is no range of ids, as in 4-65",
                "--keys 4-70|1|share ids",
                "--filler 5000|1|the task has ids up to 5000, the model a vocabulary of 4096",
                "--count 0|1|--count is 0; it must be 1 or more",
                "--plot a.gif|1|name a file that ends in .svg",
                "--sequences none.json|1|none.json: no such file"
            })
    void recall_ofBadOptions_saysWhatIsWrong(String options, int code, String message) {
        String[] more = options.split(" ");
        String[] args =
                java.util.Arrays.copyOf(new String[] {"eval", "recall", "--model", "prose"}, 6);
        System.arraycopy(more, 0, args, 4, 2);
        assertThat(run(args)).isEqualTo(code);
        assertThat(err.toString()).contains(message);
    }

    private int run(String... args) {
        return Commands.run(out, err, args);
    }
}
