package dev.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands that explain or rewrite checkpoints, on the goldens of runtime's tests. */
class CheckpointCommandsTest {
    private static final Path GOLDENS =
            Path.of("..", "..", "runtime", "src", "test", "resources", "goldens");
    private static final Pattern PARAMETERS = Pattern.compile("([0-9,]+) parameters");
    private static final Pattern LAYERS = Pattern.compile("layers? (\\d+)(?:-(\\d+))? +\\S.*");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    static List<String> goldens() throws IOException {
        try (Stream<Path> folders = Files.list(GOLDENS)) {
            return folders.filter(Files::isDirectory)
                    .map(golden -> golden.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void inspect_ofAnyArchitecture_explainsEveryLayer(String golden) {
        String text = run("inspect", path(golden));
        long layers = Long.parseLong(find("layers +(\\d+): ", text));
        long all = number(find("parameters +([0-9,]+)\n", text));
        long explained = 0;
        long counted = number(find("outside layers +([0-9,]+) parameters", text));
        for (String line : text.lines().toList()) {
            Matcher layer = LAYERS.matcher(line);
            if (layer.matches()) {
                long first = Long.parseLong(layer.group(1));
                long last = layer.group(2) == null ? first : Long.parseLong(layer.group(2));
                assertThat(first).as(line).isEqualTo(explained);
                explained = last + 1;
                Matcher parameters = PARAMETERS.matcher(line);
                assertThat(parameters.find()).as(line).isTrue();
                counted += (last - first + 1) * number(parameters.group(1));
                assertThat(line).containsPattern("; (no state|state .*\\[)");
            }
        }
        assertThat(explained).isEqualTo(layers).isPositive();
        assertThat(counted).isEqualTo(all);
    }

    @Test
    void inspect_withAWindow_statesAConstantState() {
        assertThat(run("inspect", path("llama")))
                .containsPattern("state .*growing by 384 bytes an element");
        assertThat(run("inspect", "--window", "16", path("llama")))
                .containsPattern("state .*, constant\n")
                .containsPattern("attention; .*state .*\\[16, ");
    }

    @Test
    void logits_withAWindow_changeOnlyBeyondIt() {
        float[] whole = logits();
        assertThat(logits("--window", "4")).isEqualTo(whole);
        float[] windowed = logits("--window", "2");
        int two = whole.length / 2;
        assertThat(Arrays.copyOf(windowed, two)).isEqualTo(Arrays.copyOf(whole, two));
        assertThat(windowed).isNotEqualTo(whole);
    }

    private float[] logits(String... options) {
        Path file = folder.resolve("logits.safetensors");
        String[] command = {"logits", "--model", path("llama"), "--tokens", "1,2,3,4", "--out"};
        run(
                Stream.of(command, new String[] {file.toString()}, options)
                        .flatMap(Stream::of)
                        .toArray(String[]::new));
        return Commands.logits(file);
    }

    @Test
    void distill_ofHyena_statesItsErrorAndMakesTheStateConstant() {
        Path distilled = folder.resolve("distilled");
        assertThat(run("distill", "--modes", "4", path("hyenadna"), distilled.toString()))
                .containsPattern("filters of 130 taps: largest error .*, relative error 0\\.")
                .containsPattern("logits over 130 elements: largest error .* same likeliest id")
                .containsPattern(
                        "state of a session: 8,512 bytes, constant; was growing to 70,976");
        assertThat(run("inspect", distilled.toString())).containsPattern("state .*, constant");
    }

    private static String path(String golden) {
        return GOLDENS.resolve(golden).toString();
    }

    private static String find(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in%n%s", pattern, text).isTrue();
        return matcher.group(1);
    }

    private static long number(String text) {
        return Long.parseLong(text.replace(",", ""));
    }

    /** What the command prints. */
    private String run(String... args) {
        out.getBuffer().setLength(0);
        assertThat(Commands.run(out, err, args)).as(err.toString()).isZero();
        return out.toString();
    }
}
