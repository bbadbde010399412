package dev.eddy.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.runtime.engine.Engine;
import dev.eddy.runtime.engine.EngineModel;
import dev.eddy.runtime.engine.FragileExecutable;
import dev.eddy.runtime.engine.TinyModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions on several devices: where they are placed, and how they get from one to another. */
class SessionMovingTest {
    private static final String TEXT = "a text to begin with";
    private static final int COUNT = 300;

    /** Transcripts by seed. */
    private static final Map<Long, int[]> ALONE = new ConcurrentHashMap<>();

    private static EngineModel device(int slots, String numericsId, long steps) {
        return TinyModels.model(
                "tiny",
                TinyModels.program(),
                slots,
                32,
                20,
                executable -> new FragileExecutable(executable, numericsId, steps));
    }

    private static EngineModel device(int slots) {
        return device(slots, "", Long.MAX_VALUE);
    }

    private static SessionFixture fixture(boolean rebase, EngineModel... devices) {
        SessionSettings d = SessionSettings.DEFAULT;
        SessionSettings settings =
                new SessionSettings(
                        d.unacknowledgedLimit(),
                        d.inputLimit(),
                        d.maxInput(),
                        16,
                        d.logElements(),
                        d.logInterval(),
                        d.snapshotEvery(),
                        d.saveEvery(),
                        d.replayLimit(),
                        d.restAfter(),
                        d.passivateAfter(),
                        rebase,
                        d.keep());
        return new SessionFixture(List.of(devices), settings, tokenizer -> tokenizer);
    }

    private static int[] alone(long seed) {
        return ALONE.computeIfAbsent(seed, SessionMovingTest::talkAlone);
    }

    private static int[] talkAlone(long seed) {
        try (SessionFixture fixture = fixture(false, device(2))) {
            StreamClient client = fixture.attachNew(seed).text(TEXT);
            client.end(client.generate(COUNT));
            return client.ids();
        }
    }

    private static Engine second(SessionFixture fixture) {
        return fixture.engines.engines().getLast();
    }

    /** Sessions with a turn under way each, all of which have said something. */
    private static List<StreamClient> talking(SessionFixture fixture, int count, List<Long> turns) {
        List<StreamClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StreamClient client = fixture.attachNew(i).text(TEXT);
            turns.add(client.generate(COUNT));
            clients.add(client);
        }
        clients.forEach(client -> client.outputs(5));
        return clients;
    }

    private static void checkTranscripts(List<StreamClient> clients, List<Long> turns) {
        for (int i = 0; i < clients.size(); i++) {
            SessionReply.TurnEnded ended = clients.get(i).end(turns.get(i));
            assertThat(ended.reason()).isEqualTo(TurnEndReason.MAX_ELEMENTS);
            assertThat(clients.get(i).ids()).as("session %d", i).isEqualTo(alone((long) i));
        }
    }

    @Test
    void sessions_onTwoDevices_arePlacedWhereSlotsAreFree() {
        try (SessionFixture fixture = fixture(false, device(2), device(4))) {
            for (int i = 0; i < 4; i++) {
                fixture.attachNew(i).text(TEXT);
            }
            assertThat(fixture.engine.freeSlots("tiny")).isEqualTo(1);
            assertThat(second(fixture).freeSlots("tiny")).isEqualTo(1);
        }
    }

    @Test
    void drain_inMidTurn_movesEverySessionWithItsBits() throws Exception {
        try (SessionFixture fixture = fixture(false, device(4), device(4))) {
            List<Long> turns = new ArrayList<>();
            List<StreamClient> clients = talking(fixture, 4, turns);
            fixture.engines.drain("device:0").toCompletableFuture().get(60, TimeUnit.SECONDS);
            assertThat(fixture.engine.freeSlots("tiny")).isEqualTo(4);
            checkTranscripts(clients, turns);
            assertThat(fixture.engine.freeSlots("tiny")).isEqualTo(4);

            fixture.engines.resume("device:0");
            fixture.attachNew(9).text(TEXT);
            assertThat(fixture.engine.freeSlots("tiny")).isEqualTo(3);
            assertThatThrownBy(() -> fixture.engines.drain("device:7"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("device:0 up, device:1 up");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3, 40, 100})
    void device_lost_losesNoSessionAndNoBit(long steps) {
        // Two slots for what comes first: some of its sessions are in host memory when it is lost.
        try (SessionFixture fixture = fixture(false, device(2, "", steps), device(2))) {
            List<Long> turns = new ArrayList<>();
            List<StreamClient> clients = talking(fixture, 6, turns);
            checkTranscripts(clients, turns);
            assertThat(fixture.engine.state()).isEqualTo(Engine.State.LOST);
            StreamClient late = fixture.attachNew(2).text(TEXT);
            late.end(late.generate(COUNT));
            assertThat(late.ids()).isEqualTo(alone(2));
        }
    }

    @Test
    void device_lostWithNoOther_tellsItsStreams() {
        try (SessionFixture fixture = fixture(false, device(2, "", 30))) {
            StreamClient client = fixture.attachNew(1).text(TEXT);
            client.generate(COUNT);
            SessionReply.Detached detached = client.await(SessionReply.Detached.class);
            assertThat(detached.refusal().reason()).isEqualTo(Reason.NO_CAPACITY);
            assertThat(detached.refusal().message()).contains("tiny", "device:0 lost");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void device_lostWithOneOfOtherNumerics_isFollowedOnlyIfAllowed(boolean rebase) {
        EngineModel other = device(4, "others", Long.MAX_VALUE);
        try (SessionFixture fixture = fixture(rebase, device(9, "own", 60), other)) {
            StreamClient client = fixture.attachNew(1).text(TEXT);
            long turn = client.generate(COUNT);
            if (rebase) {
                client.end(turn);
                assertThat(client.ids()).isEqualTo(alone(1));
                assertThat(
                                fixture.attach(client.id)
                                        .await(SessionReply.Attached.class)
                                        .numericsId())
                        .isEqualTo("others");
            } else {
                SessionReply.Detached detached = client.await(SessionReply.Detached.class);
                assertThat(detached.refusal().message()).contains("numerics own", "allow_rebase");
            }
        }
    }
}
