package dev.eddy.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.runtime.engine.EngineModel;
import dev.eddy.runtime.engine.TinyModels;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions whose state grows, as their streams see them. */
class SessionGrowingTest {
    private static final String TEXT = "it was a dark and stormy night; ";

    private EngineModel model;
    private SessionFixture fixture;

    @BeforeEach
    void open() {
        model = TinyModels.growing("tiny", 2, 2 * 1024, 1 << 20);
        SessionSettings usual = SessionSettings.DEFAULT;
        SessionSettings restless =
                new SessionSettings(
                        usual.unacknowledgedLimit(),
                        usual.inputLimit(),
                        usual.maxInput(),
                        usual.window(),
                        usual.logElements(),
                        usual.logInterval(),
                        usual.snapshotEvery(),
                        100,
                        0,
                        Duration.ofMillis(30),
                        usual.passivateAfter(),
                        false,
                        usual.keep());
        fixture = new SessionFixture(model, restless, tokenizer -> tokenizer);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private StreamClient attach(long seed, long maxPosition) {
        return StreamClient.attach(
                fixture.sessions,
                fixture.sessions.newId("tiny"),
                a -> a.create(new NewSession("tiny", seed, maxPosition, null, Map.of())));
    }

    @Test
    void attached_saysThatItGrowsAndWhatItTakesNow() {
        StreamClient client = attach(1, 500);
        SessionReply.Attached attached = client.await(SessionReply.Attached.class);
        assertThat(attached.growing()).isTrue();
        assertThat(attached.stateBytes()).isEqualTo(model.stateBytes(0));
        client.text(TEXT);
        client.end(client.generate(100));
        client.detach();
        StreamClient again = fixture.attach(client.id);
        assertThat(again.await(SessionReply.Attached.class).stateBytes())
                .isEqualTo(model.stateBytes(TEXT.length() + 100));
    }

    @Test
    void session_atItsLimit_endsItsTurnAndRefusesMore() {
        StreamClient client = attach(2, 80).text(TEXT);
        SessionReply.TurnEnded ended = client.end(client.generate(null));
        assertThat(ended.reason()).isEqualTo(TurnEndReason.MAX_POSITION);
        assertThat(ended.position()).isEqualTo(80);
        assertThat(client.ids()).hasSize(80 - TEXT.length());

        client.text("more");
        SessionReply.Refused refused = client.await(SessionReply.Refused.class);
        assertThat(refused.refusal().reason()).isEqualTo(Reason.POSITION_LIMIT);
        assertThat(refused.refusal().message()).contains("position 84", "limit is 80");
    }

    @Test
    void attach_forMoreThanFits_isRefusedWithTheLimit() {
        StreamClient client =
                StreamClient.open(
                        fixture.sessions,
                        fixture.sessions.newId("tiny"),
                        a -> a.create(new NewSession("tiny", 1L, 2001, null, Map.of())));
        SessionReply.Detached detached = client.await(SessionReply.Detached.class);
        assertThat(detached.refusal().reason()).isEqualTo(Reason.INVALID_LIMIT);
        assertThat(detached.refusal().message()).contains("2001", "2000");
    }

    @Test
    void session_putToRest_comesBackWithTheSameBits() {
        StreamClient whole = attach(3, 600).text(TEXT);
        whole.end(whole.generate(400));
        StreamClient client = attach(3, 600).text(TEXT);
        for (int i = 0; i < 4; i++) {
            client.end(client.generate(100));
            client.awaitResidence(Residence.STORE);
        }
        assertThat(client.ids()).isEqualTo(whole.ids());
        assertThat(Arrays.stream(client.ids()).distinct().count()).isGreaterThan(3);
    }
}
