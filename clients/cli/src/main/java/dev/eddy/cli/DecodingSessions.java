package dev.eddy.cli;

import dev.eddy.client.Conversation;
import dev.eddy.client.EddyClient;
import dev.eddy.client.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sessions of a measurement that decode together until they are stopped. */
final class DecodingSessions implements AutoCloseable {
    /**
     * Settings of their server, as of one that has run for a while: what is measured is not the
     * compiler.
     */
    static final Map<String, ?> WARM = Map.of("eddy.device.warm-up", Duration.ofSeconds(5));

    private final EddyClient client;
    private final String model;
    private final float temperature;
    private final List<Conversation> conversations = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();

    /** None yet. */
    DecodingSessions(EddyClient client, String model, float temperature) {
        this.client = client;
        this.model = model;
        this.temperature = temperature;
    }

    /** A session of their kind, which is the caller's to close. */
    Conversation open(long seed) {
        return client.conversation()
                .model(model)
                .seed(seed)
                .temperature(temperature)
                .prefetch(256)
                .open();
    }

    /** Opens so many and starts them; {@code gauge} sees what they put out. */
    void start(int count, OutputGauge gauge) {
        for (int i = 0; i < count; i++) {
            conversations.add(open(i));
        }
        // Only now, or those that run already would slow down the opening of the others.
        for (Conversation conversation : conversations) {
            conversation.sendIds(turns.size() % 2);
            Turn turn = conversation.turn().ignoreEnd().start();
            turns.add(turn);
            turn.publisher().subscribe(gauge.subscriber());
        }
    }

    /** Cancels all turns; waits for their ends. */
    void stop() {
        turns.forEach(Turn::cancel);
        turns.forEach(turn -> turn.ended().join());
    }

    @Override
    public void close() {
        conversations.forEach(Conversation::close);
        conversations.forEach(conversation -> client.delete(conversation.sessionId()));
    }
}
