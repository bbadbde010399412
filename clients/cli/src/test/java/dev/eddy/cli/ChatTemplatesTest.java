package dev.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.client.EddyClient;
import dev.eddy.client.EddyException;
import dev.eddy.runtime.app.ModelSource;
import dev.eddy.runtime.checkpoint.BuiltInModels;
import dev.eddy.v1.RenderTurnResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Models with a chat template, which prose gets here, from the checkpoint to the dialogue. */
@Timeout(300)
final class ChatTemplatesTest {
    private static final String TURNS =
            "{% for m in messages %}{{ m.role + ': ' + m.content + eos_token }}{% endfor %}"
                    + "{% if add_generation_prompt %}{{ 'assistant: ' }}{% endif %}";
    private static final String COUNTING =
            "{{ messages|length }}{% for m in messages %}{{ m.content }}{% endfor %}";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    /** Prose with that template. */
    private Path model(String template) throws IOException {
        Path model = Files.createDirectory(folder.resolve("talker"));
        Path prose = BuiltInModels.resolve("prose").toAbsolutePath();
        for (String file : List.of("config.json", "model.safetensors", "tokenizer.json")) {
            Files.createSymbolicLink(model.resolve(file), prose.resolve(file));
        }
        Files.writeString(
                model.resolve("tokenizer_config.json"), "{\"eos_token\": \"<|endoftext|>\"}");
        Files.writeString(model.resolve("chat_template.jinja"), template);
        return model;
    }

    private int chat(String lines, String... args) {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
            CommandLine commandLine = Eddy.commandLine();
            commandLine.setOut(new PrintWriter(out, true));
            commandLine.setErr(new PrintWriter(err, true));
            return Eddy.execute(commandLine, args);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void renderTurn_ofAServedModel_givesPiecesToSend() throws IOException {
        ModelSource source = ModelSource.parse(model(TURNS).toString());
        try (Connection connection = Connection.embedded(source, Map.of())) {
            EddyClient client = connection.client();
            assertThat(client.model("talker").getHasChatTemplate()).isTrue();
            RenderTurnResponse first =
                    client.renderTurn("talker", "Hi <|endoftext|>", true, OptionalInt.empty());
            assertThat(first.getPiecesList()).hasSize(3);
            assertThat(first.getPieces(0).getText()).isEqualTo("user: Hi <|endoftext|>");
            assertThat(first.getPieces(1).getId()).isZero();
            assertThat(first.getPieces(2).getText()).isEqualTo("assistant: ");
            assertThat(first.getStopId()).isZero();
            assertThat(client.renderTurn("talker", "Hi", false, OptionalInt.empty()).getPieces(0))
                    .as("after an answer that was cut off")
                    .isEqualTo(first.getPieces(1));
            assertThat(
                            client.renderTurn("talker", "Hi", false, OptionalInt.of(0))
                                    .getPieces(0)
                                    .getText())
                    .as("after an answer that ended")
                    .isEqualTo("user: Hi");
            assertThatThrownBy(() -> client.renderTurn("nobody", "Hi", true, OptionalInt.empty()))
                    .isInstanceOf(EddyException.class)
                    .hasMessageContaining("there is no model \"nobody\" here");
        }
    }

    @Test
    void chat_withATemplate_talksInIt() throws IOException {
        String model = model(TURNS).toString();
        assertThat(
                        chat(
                                "Hello\n\nAnd then?\n/help\n",
                                "chat",
                                "--model",
                                model,
                                "--max-tokens",
                                "5"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("talker: answers in the form of its chat template")
                .contains("Write something and it is answered");
    }

    @Test
    void chat_withATemplateThatChangesThePast_isRefusedWithTheRemedy() throws IOException {
        String model = model(COUNTING).toString();
        assertThat(chat("Hello\n", "chat", "--model", model, "--max-tokens", "5")).isOne();
        assertThat(err.toString().lines().findFirst().orElse(""))
                .startsWith("eddy: model talker: ")
                .contains("chat_template.jinja: the chat template is not prefix-stable")
                .contains("--no-template");
        assertThat(chat("Hello\n", "chat", "--model", model, "--max-tokens", "5", "--no-template"))
                .isZero();
        assertThat(out.toString()).contains("talker: continues the text it is given");
    }
}
