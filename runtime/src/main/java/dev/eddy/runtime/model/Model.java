package dev.eddy.runtime.model;

import dev.eddy.runtime.chat.ChatTemplate;
import dev.eddy.runtime.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A loaded checkpoint: its plan, its tokenizer and its identity. Weights reach a device when a
 * backend compiles the plan's program; closing the model releases its files, which compiled
 * programs may still read.
 */
public final class Model implements AutoCloseable {
    private final String name;
    private final ModelPlan plan;
    private final Supplier<Optional<Tokenizer>> loader;
    private final Function<Tokenizer, Optional<ChatTemplate>> templates;
    private final Supplier<String> digest;
    private final Runnable release;
    private @Nullable Optional<Tokenizer> tokenizer;

    /**
     * A model.
     *
     * @param tokenizer loads it when first asked for; none where the model takes ids or frames
     *     alone
     * @param templates finds the chat template of a model that takes text
     * @param digest the checkpoint's content digest, computed when first asked for
     * @param release what closing does
     */
    public Model(
            String name,
            ModelPlan plan,
            Supplier<Optional<Tokenizer>> tokenizer,
            Function<Tokenizer, Optional<ChatTemplate>> templates,
            Supplier<String> digest,
            Runnable release) {
        this.name = name;
        this.plan = plan;
        this.loader = tokenizer;
        this.templates = templates;
        this.digest = digest;
        this.release = release;
    }

    /** The name by which clients call it. */
    public String name() {
        return name;
    }

    /** The program and what its parts mean. */
    public ModelPlan plan() {
        return plan;
    }

    /** Text to ids and back; none where the model takes ids or frames alone. */
    public synchronized Optional<Tokenizer> tokenizer() {
        Optional<Tokenizer> known = tokenizer;
        if (known == null) {
            known = loader.get();
            tokenizer = known;
        }
        return known;
    }

    /**
     * How a person's turns are written for it; none where the checkpoint does not say. Reads the
     * template anew each time.
     *
     * @throws dev.eddy.runtime.chat.ChatTemplateException if it has one that cannot be used
     */
    public Optional<ChatTemplate> chatTemplate() {
        return tokenizer().flatMap(templates);
    }

    /**
     * The tokenizer of a model that takes text.
     *
     * @throws IllegalArgumentException if it does not
     */
    public Tokenizer requireTokenizer() {
        return tokenizer()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "model "
                                        + name
                                        + " has no tokenizer: put a tokenizer.json beside its weights, or feed ids"));
    }

    /**
     * The state id: a digest of the checkpoint and of the canonical layout. A snapshot with another
     * id is refused.
     *
     * @param layout what {@code StateLayout.describe()} says
     * @return 32 hexadecimal digits
     */
    public String stateId(String layout) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(digest.get().getBytes(StandardCharsets.US_ASCII));
            sha.update(layout.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java lacks SHA-256", e);
        }
    }

    @Override
    public synchronized void close() {
        Optional<Tokenizer> known = tokenizer;
        if (known != null) {
            known.ifPresent(Tokenizer::close);
        }
        release.run();
    }
}
