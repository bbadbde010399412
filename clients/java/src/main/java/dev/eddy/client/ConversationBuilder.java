package dev.eddy.client;

import dev.eddy.v1.Ack;
import dev.eddy.v1.Attach;
import dev.eddy.v1.Durability;
import dev.eddy.v1.InputPolicy;
import dev.eddy.v1.NewSession;
import dev.eddy.v1.Routing;
import dev.eddy.v1.Sampling;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** How to attach to a session; what is not set is left to the server. Not thread-safe. */
public final class ConversationBuilder {
    private static final int PREFETCH = 64;

    private final Transport transport;
    private final Line.Patience patience;
    private final Attach.Builder attach;
    private int prefetch = PREFETCH;

    ConversationBuilder(Transport transport, Line.Patience patience, Attach.Builder attach) {
        this.transport = transport;
        this.patience = patience;
        this.attach = attach;
    }

    /** The model of a new session, or an alias; needed if the server has more than one. */
    public ConversationBuilder model(String name) {
        newSession().setModel(name);
        return this;
    }

    /** What is known of a new session, by which an alias in the place of a model is resolved. */
    public ConversationBuilder routing(Consumer<Routing.Builder> change) {
        change.accept(newSession().getRoutingBuilder());
        return this;
    }

    /** The key of a new session's randomness: same seed and same input, same output. */
    public ConversationBuilder seed(long seed) {
        newSession().setSeed(seed);
        return this;
    }

    /** How long a new session is kept while nobody is attached. */
    public ConversationBuilder keep(Duration keep) {
        newSession().setKeep(TurnBuilder.wire(keep));
        return this;
    }

    /** The position that a new session of a growing model will never exceed. */
    public ConversationBuilder maxPosition(long position) {
        newSession().setMaxPosition(position);
        return this;
    }

    /** A note on a new session, to find it by. */
    public ConversationBuilder label(String key, String value) {
        newSession().putLabels(key, value);
        return this;
    }

    /** The session's sampling defaults. */
    public ConversationBuilder sampling(Consumer<Sampling.Builder> change) {
        change.accept(attach.getSamplingBuilder());
        return this;
    }

    /** Sampling temperature; 0 is greedy. */
    public ConversationBuilder temperature(float temperature) {
        return sampling(sampling -> sampling.setTemperature(temperature));
    }

    /** What happens to input that arrives during a turn. */
    public ConversationBuilder inputPolicy(InputPolicy policy) {
        attach.setInputPolicy(policy);
        return this;
    }

    /** What the session shall survive. */
    public ConversationBuilder durability(Durability durability) {
        attach.setDurability(durability);
        return this;
    }

    /** For a resumed session: what output came before; what follows it is sent again. */
    public ConversationBuilder acknowledged(Ack ack) {
        attach.setAcknowledged(ack);
        return this;
    }

    /** For a resumed session: go on even if the server's numerics are not those it began with. */
    public ConversationBuilder allowRebase() {
        attach.getKnownSessionBuilder().setAllowRebase(true);
        return this;
    }

    /**
     * How many elements may be fetched before they are taken, at least 1. Fewer stop the session
     * sooner when its consumer stops; more hide the way to the server.
     */
    public ConversationBuilder prefetch(int elements) {
        if (elements < 1) {
            throw new IllegalArgumentException(
                    "prefetch is " + elements + "; it must be at least 1");
        }
        prefetch = elements;
        return this;
    }

    /**
     * Attaches, and waits until that is done.
     *
     * @throws EddyException if the server refuses, or cannot be reached
     */
    public Conversation open() {
        try {
            return openAsync().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problems.interrupted();
        } catch (ExecutionException | CompletionException e) {
            if (e.getCause() instanceof EddyException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Attaches; completes when that is done. */
    public CompletableFuture<Conversation> openAsync() {
        var line = new Line(transport, attach.build(), prefetch, patience);
        return line.open().thenApply(attached -> new Conversation(line));
    }

    private NewSession.Builder newSession() {
        if (attach.hasKnownSession()) {
            throw new IllegalStateException(
                    "model, routing, seed, keep, labels and limits are given to new sessions only");
        }
        return attach.getNewSessionBuilder();
    }
}
