package dev.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.client.Conversation;
import dev.eddy.client.EddyClient;
import dev.eddy.client.Turn;
import dev.eddy.runtime.app.EddyServer;
import dev.eddy.runtime.app.Settings;
import dev.eddy.v1.Ack;
import dev.eddy.v1.InputPolicy;
import dev.eddy.v1.Output;
import dev.eddy.v1.TurnEnded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What sessions of a real model say, over real gRPC, must not depend on anything but what they were
 * told.
 */
@Timeout(300)
final class TranscriptTest {
    private static final String[] BEGINNINGS = {
        "It was a dark night, and",
        "“Yes,” said she,",
        "The whale",
        "My dear Mr. Bennet,",
        "— und dann —",
        "\uD83D\uDE00"
    };

    private static EddyServer server;
    private static EddyClient eddy;

    @BeforeAll
    static void start() throws IOException {
        Map<String, Object> settings = new HashMap<>();
        settings.put("eddy.server.port", 0);
        settings.put("eddy.metrics.port", -1);
        // Fewer slots than sessions: they take turns.
        settings.put("eddy.device.slots", 3);
        settings.put("eddy.device.threads", 2);
        settings.put("eddy.engine.quantum", "20 ms");
        settings.put("eddy.engine.idle-grace", "5 ms");
        server = EddyServer.start(Settings.load(settings), share -> {});
        eddy = EddyClient.connect("127.0.0.1:" + server.port());
    }

    @AfterAll
    static void stop() {
        eddy.close();
        server.close();
    }

    @Test
    void sessions_together_sayWhatEachSaysAlone() throws Exception {
        List<String> alone = new ArrayList<>();
        for (int i = 0; i < BEGINNINGS.length; i++) {
            alone.add(story(i, new SplittableRandom(i)));
        }
        List<CompletableFuture<String>> together = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < BEGINNINGS.length; i++) {
                int number = i;
                together.add(
                        CompletableFuture.supplyAsync(
                                () -> story(number, new SplittableRandom(100 + number)), threads));
            }
        }
        for (int i = 0; i < BEGINNINGS.length; i++) {
            assertThat(together.get(i).get())
                    .as("session %s", i)
                    .isEqualTo(alone.get(i))
                    .hasSizeGreaterThan(50);
        }
    }

    /** Three turns with text between; how the text is cut is drawn at random. */
    private static String story(int number, SplittableRandom cuts) {
        List<Integer> ids = new ArrayList<>();
        var said = new StringBuilder();
        try (Conversation conversation =
                eddy.conversation().seed(number).temperature(0.8f).prefetch(4).open()) {
            for (String text :
                    new String[] {BEGINNINGS[number], " But then there came a", "\n\nThe end of"}) {
                for (int from = 0; from < text.length(); ) {
                    int to = Math.min(text.length(), from + 1 + cuts.nextInt(5));
                    if (Character.isHighSurrogate(text.charAt(to - 1))) {
                        to++;
                    }
                    conversation.send(text.substring(from, to));
                    from = to;
                }
                Turn turn = conversation.generate(15);
                for (Output output : turn) {
                    ids.addAll(output.getIdsList());
                    said.append(output.getText());
                }
                said.append('|');
            }
            String id = conversation.sessionId();
            conversation.close();
            eddy.delete(id);
        }
        return said + " " + ids;
    }

    @Test
    void interrupt_replayedAtItsPosition_saysTheSame() throws Exception {
        long interruptedAt;
        String before;
        String after;
        try (Conversation conversation =
                eddy.conversation()
                        .seed(5)
                        .temperature(0.8f)
                        .inputPolicy(InputPolicy.INPUT_POLICY_INTERRUPT)
                        .open()) {
            conversation.send(BEGINNINGS[0]);
            Turn turn = conversation.generate();
            var said = new StringBuilder();
            for (Output output : turn) {
                said.append(output.getText());
                if (said.length() > 40) {
                    conversation.send(" Stop!");
                    break;
                }
            }
            // The rest of the turn: what was already on its way.
            TurnEnded end = turn.ended().get();
            assertThat(end.getReason()).isEqualTo(TurnEnded.Reason.INTERRUPTED);
            interruptedAt = end.getOutputPosition();
            before = said.toString();
            after = conversation.generate(20).text();
        }
        try (Conversation replay = eddy.conversation().seed(5).temperature(0.8f).open()) {
            replay.send(BEGINNINGS[0]);
            assertThat(replay.generate(interruptedAt).text()).startsWith(before);
            replay.send(" Stop!");
            assertThat(replay.generate(20).text()).isEqualTo(after);
        }
    }

    @Test
    void interleave_entersTheTurn_whichGoesOn() throws Exception {
        try (Conversation conversation =
                eddy.conversation()
                        .seed(6)
                        .temperature(0.8f)
                        .inputPolicy(InputPolicy.INPUT_POLICY_INTERLEAVE)
                        .open()) {
            conversation.send(BEGINNINGS[0]);
            Turn turn = conversation.generate(60);
            var outputs = turn.iterator();
            outputs.next();
            var absorbed = conversation.sendIds(10, 11, 12);
            while (outputs.hasNext()) {
                outputs.next();
            }
            TurnEnded end = turn.ended().get();
            assertThat(end.getReason()).isEqualTo(TurnEnded.Reason.MAX_ELEMENTS);
            assertThat(end.getUsage().getOutputElements()).isEqualTo(60);
            assertThat(absorbed.get().getPosition()).isLessThanOrEqualTo(end.getPosition());
        }
    }

    @Test
    void resume_fromAnotherConnection_goesOnWithTheSameText() throws Exception {
        String whole;
        try (Conversation conversation = eddy.conversation().seed(9).open()) {
            conversation.send("Once upon a time");
            whole = conversation.generate(40).text();
        }
        Conversation first = eddy.conversation().seed(9).prefetch(4).open();
        first.send("Once upon a time");
        var said = new StringBuilder();
        long seen = 0;
        for (Output output : first.generate(40)) {
            said.append(output.getText());
            seen = output.getOutputPosition();
            if (seen >= 10) {
                break;
            }
        }
        String id = first.sessionId();
        first.close();
        try (EddyClient other = EddyClient.connect("127.0.0.1:" + server.port());
                Conversation second =
                        other.resume(id)
                                .acknowledged(Ack.newBuilder().setOutputPosition(seen).build())
                                .open()) {
            said.append(second.nextResumedTurn().orElseThrow().text());
        }
        assertThat(said.toString()).isEqualTo(whole);
    }
}
