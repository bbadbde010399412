package dev.eddy.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.runtime.engine.Elements;
import java.io.NotSerializableException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SessionSerializerTest {
    private static final SessionSerializer SERIALIZER = new SessionSerializer();

    private static final TurnSpec SPEC =
            new TurnSpec(
                    10,
                    5,
                    List.of("stop", "halt"),
                    new int[] {1},
                    new int[] {2},
                    new SamplingOptions(0.5f, 3, null, 0.1f, null, null, 1f, 64, Map.of(4, -2f)),
                    3,
                    7);

    private static final Run RUN =
            Run.ofIds(
                    5,
                    10,
                    20,
                    new int[] {65, 66},
                    "AB",
                    new int[] {1, 2},
                    new SessionReply.LogProbabilities(
                            new float[] {-1, -2}, 1, new int[] {65, 66}, new float[] {-1, -2}));

    private static final SessionReply.TurnEnded END =
            new SessionReply.TurnEnded(
                    5,
                    TurnEndReason.STOP_STRING,
                    30,
                    12,
                    -1,
                    "stop",
                    new SessionReply.Usage(1, 2, 3, 4),
                    null,
                    Refusal.of(Reason.INTERNAL, "why", 1, 2));

    static List<SessionEvent> events() {
        Elements ids = new Elements.Ids(new int[] {1, 2, 300});
        Elements frames = new Elements.Frames(2, new float[] {1, 2, 3, 4});
        return List.of(
                new SessionEvent.Created(
                        "m", "s", "n", -5, 1, 4096, Durability.MEMORY, 60, Map.of("a", "b"), 99),
                new SessionEvent.Attached(3, SamplingOptions.UNSET, true, 99),
                new SessionEvent.Rebased("n2", 17),
                new SessionEvent.InputTaken(
                        1, ids, "tail", InputPolicy.INTERLEAVE, true, 123L, 456, 99),
                new SessionEvent.InputTaken(2, frames, "", InputPolicy.QUEUE, false, null, 0, 99),
                new SessionEvent.GenerateTaken(3, Elements.NONE, false, SPEC, 99),
                new SessionEvent.CancelTaken(4, 3, 99),
                new SessionEvent.Absorbed(1, 3, new float[] {-1.5f, -1.25f, -0.1f}),
                new SessionEvent.Absorbed(2, 3, null),
                new SessionEvent.Emitted(RUN, new byte[] {-30, -126}, new int[] {1, 0}, 1),
                new SessionEvent.Transduced(2, 2, Run.ofFrames(0, 0, 2, new float[] {1, 2, 3, 4})),
                new SessionEvent.Ended(END, 2, -1, 99),
                new SessionEvent.Saved(40, "key"),
                new SessionEvent.Acked(new Acknowledged(1, 2, 3)),
                new SessionEvent.Deleted(99));
    }

    @ParameterizedTest
    @MethodSource("events")
    void event_writtenAndRead_isTheSame(SessionEvent event) throws Exception {
        Object read = SERIALIZER.fromBinary(SERIALIZER.toBinary(event), SERIALIZER.manifest(event));
        assertThat(read).isExactlyInstanceOf(event.getClass());
        assertThat(read).usingRecursiveComparison().isEqualTo(event);
    }

    @Test
    void snapshot_writtenAndRead_isTheSame() throws Exception {
        Elements ids = new Elements.Ids(new int[] {1, 2, 300});
        SessionState state = new SessionState(100);
        state.apply(events().getFirst());
        state.apply(new SessionEvent.Attached(1, SPEC.sampling(), true, 99));
        state.apply(new SessionEvent.InputTaken(1, ids, "", InputPolicy.QUEUE, true, null, 9, 99));
        state.apply(new SessionEvent.Absorbed(1, 2, new float[] {-1, -2}));
        state.apply(new SessionEvent.GenerateTaken(5, ids, false, SPEC, 99));
        state.apply(new SessionEvent.Absorbed(1, 1, new float[] {-3}));
        state.apply(new SessionEvent.Absorbed(5, 3, null));
        state.apply(new SessionEvent.Emitted(RUN, new byte[] {-30}, new int[] {1, 0}, 1));
        state.apply(
                new SessionEvent.InputTaken(
                        6, ids, "tail", InputPolicy.INTERLEAVE, false, null, 0, 99));
        assertThat(state.awaitsStamp()).isTrue();
        assertThat(state.position()).isEqualTo(8);
        SessionSnapshot snapshot = state.toSnapshot();
        assertThat(snapshot.kept()).isNotEmpty();
        Object read =
                SERIALIZER.fromBinary(SERIALIZER.toBinary(snapshot), SERIALIZER.manifest(snapshot));
        assertThat(read).usingRecursiveComparison().isEqualTo(snapshot);
        assertThat(SessionState.of((SessionSnapshot) read, 100).toSnapshot())
                .usingRecursiveComparison()
                .isEqualTo(snapshot);
    }

    @Test
    void manifest_ofALaterVersion_isRefusedByName() {
        byte[] bytes = SERIALIZER.toBinary(new SessionEvent.Deleted(1));
        for (String manifest : List.of("deleted/2", "deleted", "other/1", "deleted/x")) {
            assertThatThrownBy(() -> SERIALIZER.fromBinary(bytes, manifest))
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessageContaining(manifest);
        }
    }
}
