package dev.eddy.runtime.chat;

import dev.eddy.runtime.checkpoint.EmbeddedTokenizer;
import dev.eddy.runtime.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A model's chat template, which writes a person's turn in the words that the model was trained on.
 *
 * <p>A session has absorbed what was said before and cannot go back, so only the new turn is
 * rendered. That is right where the template is prefix-stable: rendered with one more turn, a
 * conversation begins with what it was before, and what is added depends on the new turn alone.
 * Templates that are not are refused when they are opened. Safe for use by several threads.
 */
public final class ChatTemplate {
    static final String REMEDY = "eddy chat --no-template sends lines as they are";

    /** What llama.cpp's converter writes for the World models, whose files have no template. */
    private static final String WORLD_NAME = "rwkv-world";

    private static final String WORLD =
            """
            {%- for message in messages %}
            {%- if message.role == 'user' %}{{- 'User: ' + message.content|trim + '\\n\\nAssistant:' }}
            {%- else %}{{- message.content + '\\n\\n' }}{%- endif %}{%- endfor %}\
            """;

    private static final String[] PROBES = {"eddyprobea", "eddyprobeb", "eddyprobec", "eddyprobed"};

    private final Jinja jinja;
    private final SpecialWords specials;
    private final Tokenizer tokenizer;

    /** A part of a rendered turn. */
    public sealed interface Piece {}

    /** Text, in which nothing is special. */
    public record Text(String text) implements Piece {}

    /** A special token. */
    public record Special(int id) implements Piece {}

    private ChatTemplate(Jinja jinja, Tokenizer tokenizer) {
        this.jinja = jinja;
        this.tokenizer = tokenizer;
        this.specials = new SpecialWords(tokenizer);
        requireStable();
    }

    /**
     * The template of a model, if it has one.
     *
     * @param directory where the model's files lie
     * @param embedded the tokenizer in the model's file, whose template counts before files
     * @throws ChatTemplateException if there is one that cannot be used; the message says why
     */
    public static Optional<ChatTemplate> find(
            Path directory, Optional<EmbeddedTokenizer> embedded, Tokenizer tokenizer) {
        return embedded.flatMap(file ->
                        file.chatTemplate().map(text -> new Jinja(file.source(), known(text))))
                .or(() -> TemplateFiles.find(directory))
                .map(jinja -> new ChatTemplate(jinja, tokenizer));
    }

    /** The same of a template's text. */
    static ChatTemplate of(String source, String text, Tokenizer tokenizer) {
        return new ChatTemplate(new Jinja(source, known(text)), tokenizer);
    }

    private static String known(String text) {
        return text.equals(WORLD_NAME) ? WORLD : text;
    }

    /**
     * A person's turn, up to where the model's answer begins.
     *
     * @param text what the person says
     * @param first true if the session has absorbed nothing
     * @param endedBy the id that ended the model's answer before, which the session has absorbed
     * @throws ChatTemplateException if the template refuses the text
     */
    public List<Piece> turn(String text, boolean first, OptionalInt endedBy) {
        char mark = SpecialWords.mark(text);
        String said = specials.marked(text, mark);
        String rendered = first ? render(said) : later(said);
        List<Piece> pieces = new ArrayList<>(specials.pieces(rendered, mark));
        OptionalInt closing = leading(pieces);
        if (!first && closing.isPresent() && closing.equals(endedBy)) {
            pieces.removeFirst();
        }
        return List.copyOf(pieces);
    }

    /** The id with which the template closes an answer, if it does so by one. */
    public OptionalInt closing() {
        return leading(specials.pieces(later(PROBES[2]), SpecialWords.mark()));
    }

    private static OptionalInt leading(List<Piece> pieces) {
        return !pieces.isEmpty() && pieces.getFirst() instanceof Special special
                ? OptionalInt.of(special.id())
                : OptionalInt.empty();
    }

    private String later(String text) {
        return added(render(PROBES[0]), PROBES[1], render(PROBES[0], PROBES[1], text));
    }

    /**
     * What a conversation has more than {@code before} and its answer. A space that the template
     * puts before an answer is the model's to say.
     */
    private String added(String before, String answer, String after) {
        String rest = after.startsWith(before) ? after.substring(before.length()) : "";
        if (!rest.stripLeading().startsWith(answer)) {
            throw unstable("what comes before the last turn changes with it");
        }
        return rest.substring(rest.indexOf(answer) + answer.length());
    }

    private void requireStable() {
        String one = render(PROBES[0]);
        if (!one.contains(PROBES[0])) {
            throw unstable("it does not show what the user says");
        }
        String two = render(PROBES[0], PROBES[1], PROBES[2]);
        String three = render(PROBES[0], PROBES[1], PROBES[2], PROBES[3], PROBES[1]);
        String second = added(one, PROBES[1], two);
        String third = added(two, PROBES[3], three);
        if (!second.contains(PROBES[2]) || !third.equals(second.replace(PROBES[2], PROBES[1]))) {
            throw unstable("a turn reads differently after more turns");
        }
    }

    private ChatTemplateException unstable(String why) {
        return new ChatTemplateException(
                jinja.source()
                        + ": the chat template is not prefix-stable: "
                        + why
                        + "; a session cannot go back and change what it has absorbed; "
                        + REMEDY);
    }

    /** Turns of user and assistant in turn, and the beginning of the assistant's next. */
    private String render(String... turns) {
        List<Map<String, String>> messages = new ArrayList<>();
        for (String turn : turns) {
            String role = messages.size() % 2 == 0 ? "user" : "assistant";
            messages.add(Map.of("role", role, "content", turn));
        }
        return jinja.render(
                Map.of(
                        "messages",
                        messages,
                        "add_generation_prompt",
                        true,
                        "bos_token",
                        spelling(tokenizer.specials().bos()),
                        "eos_token",
                        spelling(
                                tokenizer.specials().eos().stream()
                                        .mapToInt(Integer::intValue)
                                        .findFirst())));
    }

    private String spelling(OptionalInt id) {
        return id.isPresent() ? tokenizer.tokenOf(id.getAsInt()) : "";
    }
}
