package dev.eddy.runtime.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a Hugging Face directory keeps its chat template. */
final class TemplateFiles {
    private static final long LONGEST = 16L << 20;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TemplateFiles() {}

    /**
     * The template in chat_template.jinja, or under {@code chat_template} of chat_template.json or
     * tokenizer_config.json: a string, or the one called {@code default} of a list.
     */
    static Optional<Jinja> find(Path directory) {
        Path jinja = directory.resolve("chat_template.jinja");
        if (Files.isRegularFile(jinja)) {
            return Optional.of(new Jinja(jinja.toString(), text(jinja)));
        }
        for (String name : List.of("chat_template.json", "tokenizer_config.json")) {
            Path file = directory.resolve(name);
            if (Files.isRegularFile(file)) {
                JsonNode template = json(file).path("chat_template");
                if (!template.isMissingNode() && !template.isNull()) {
                    return Optional.of(new Jinja(file.toString(), chosen(file, template)));
                }
            }
        }
        return Optional.empty();
    }

    private static String chosen(Path file, JsonNode template) {
        if (template.isTextual()) {
            return template.asText();
        }
        List<String> names = new ArrayList<>();
        for (JsonNode one : template) {
            names.add(one.path("name").asText());
            if (one.path("name").asText().equals("default") && one.path("template").isTextual()) {
                return one.path("template").asText();
            }
        }
        throw new ChatTemplateException(
                file
                        + ": key chat_template: expected a string, or a list with one called default,"
                        + " found "
                        + names
                        + "; "
                        + ChatTemplate.REMEDY);
    }

    private static JsonNode json(Path file) {
        try {
            return MAPPER.readTree(text(file));
        } catch (JsonProcessingException e) {
            throw new ChatTemplateException(file + ": malformed JSON: " + e.getOriginalMessage());
        }
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > LONGEST) {
                throw new ChatTemplateException(
                        file
                                + ": expected at most "
                                + LONGEST
                                + " bytes, found "
                                + Files.size(file));
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new ChatTemplateException(file + ": cannot be read: " + e.getMessage());
        }
    }
}
