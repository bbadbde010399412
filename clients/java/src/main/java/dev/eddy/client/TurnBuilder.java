package dev.eddy.client;

import com.google.protobuf.Duration;
import dev.eddy.v1.Generate;
import dev.eddy.v1.Sampling;
import java.util.function.Consumer;

/** What is asked of a turn; what is not set takes the session's defaults. Not thread-safe. */
public final class TurnBuilder {
    private final Conversation conversation;
    private final Generate.Builder generate = Generate.newBuilder();

    TurnBuilder(Conversation conversation) {
        this.conversation = conversation;
    }

    /** The most elements; without it the turn may be endless. */
    public TurnBuilder maxElements(long elements) {
        generate.setMaxElements(elements);
        return this;
    }

    /** The longest it may take. */
    public TurnBuilder maxDuration(java.time.Duration duration) {
        generate.setMaxDuration(wire(duration));
        return this;
    }

    /** Ends when its text contains one of these. */
    public TurnBuilder stop(String... strings) {
        for (String string : strings) {
            generate.addStopStrings(string);
        }
        return this;
    }

    /** Ends when one of these ids is chosen. */
    public TurnBuilder stopIds(int... ids) {
        for (int id : ids) {
            generate.addStopIds(id);
        }
        return this;
    }

    /** Goes on after the model's own end ids. */
    public TurnBuilder ignoreEnd() {
        generate.setIgnoreEndIds(true);
        return this;
    }

    /** 0 is greedy. */
    public TurnBuilder temperature(float temperature) {
        generate.getSamplingBuilder().setTemperature(temperature);
        return this;
    }

    /** Keeps the k most probable elements. */
    public TurnBuilder topK(int k) {
        generate.getSamplingBuilder().setTopK(k);
        return this;
    }

    /** Keeps the fewest most probable elements that reach this probability together. */
    public TurnBuilder topP(float p) {
        generate.getSamplingBuilder().setTopP(p);
        return this;
    }

    /** Any other setting of sampling. */
    public TurnBuilder sampling(Consumer<Sampling.Builder> change) {
        change.accept(generate.getSamplingBuilder());
        return this;
    }

    /** Returns log-probabilities, and those of so many candidates. */
    public TurnBuilder logProbabilities(int candidates) {
        generate.setLogProbabilities(candidates);
        return this;
    }

    /** How soon each element should follow the one before. */
    public TurnBuilder elementDeadline(java.time.Duration deadline) {
        generate.setElementDeadline(wire(deadline));
        return this;
    }

    /** Asks for the turn. */
    public Turn start() {
        return conversation.generate(generate);
    }

    static Duration wire(java.time.Duration duration) {
        return Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }
}
