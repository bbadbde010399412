package dev.eddy.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a session answers its stream. */
class SessionTurnTest {
    private static SessionFixture fixture;

    @BeforeAll
    static void open() {
        fixture = SessionFixture.create();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    /** A session's elements, by one turn after one text, with nobody else there. */
    private static int[] alone(long seed, String text, int count) {
        StreamClient client = fixture.attachNew(seed).text(text);
        client.end(client.generate(count));
        return client.ids();
    }

    @Test
    void turn_afterText_givesElementsAndTheirPositions() {
        StreamClient client = fixture.attachNew(7).text("hello");
        long turn = client.generate(12);
        SessionReply.TurnEnded ended = client.end(turn);

        assertThat(ended.reason()).isEqualTo(TurnEndReason.MAX_ELEMENTS);
        assertThat(ended.position()).isEqualTo(17);
        assertThat(ended.outputPosition()).isEqualTo(12);
        assertThat(ended.usage()).isEqualTo(new SessionReply.Usage(5, 12, 0, 0));
        assertThat(ended.timings()).isNotNull();
        assertThat(client.ids()).hasSize(12);
        SessionReply.Output last = client.all(SessionReply.Output.class).getLast();
        assertThat(last.position()).isEqualTo(17);
        assertThat(client.await(SessionReply.Absorbed.class).position()).isEqualTo(5);
    }

    @Test
    void sessions_atTheSameTime_eachHaveTheTranscriptOfOneAlone() {
        int[][] expected = new int[8][];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = alone(100 + i, "session number " + i, 40);
        }
        List<StreamClient> clients = new ArrayList<>();
        long[] turns = new long[expected.length];
        for (int i = 0; i < expected.length; i++) {
            StreamClient client = fixture.attachNew(100 + i).text("session number " + i);
            turns[i] = client.generate(40);
            clients.add(client);
        }
        for (int i = 0; i < expected.length; i++) {
            clients.get(i).end(turns[i]);
            assertThat(clients.get(i).ids()).as("session %d", i).isEqualTo(expected[i]);
        }
    }

    @Test
    void interruptions_replayedAtTheirPositions_giveTheSameElements() {
        List<StreamClient> clients = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            StreamClient client = fixture.attachNew(200 + i).text("talk, " + i);
            client.generate(null);
            clients.add(client);
        }
        for (int i = 0; i < clients.size(); i++) {
            StreamClient client = clients.get(i).outputs(10 + 7 * i);
            client.text("stop!", InputPolicy.INTERRUPT);
            client.end(client.generate(15));
        }
        for (int i = 0; i < clients.size(); i++) {
            List<SessionReply.TurnEnded> ends = clients.get(i).all(SessionReply.TurnEnded.class);
            assertThat(ends.getFirst().reason()).isEqualTo(TurnEndReason.INTERRUPTED);
            int before = (int) ends.getFirst().outputPosition();
            assertThat(ends.getFirst().position()).isEqualTo(7 + before);

            StreamClient replay = fixture.attachNew(200 + i).text("talk, " + i);
            replay.generate(before);
            replay.text("stop!");
            replay.end(replay.generate(15));
            assertThat(replay.ids()).as("session %d", i).isEqualTo(clients.get(i).ids());
        }
    }

    @Test
    void interleaved_input_entersTheTurnAndIsReplayable() {
        StreamClient client = fixture.attachNew(31).text("once upon a time");
        long turn = client.generate(400);
        client.outputs(50).text(" (wait)", InputPolicy.INTERLEAVE);
        SessionReply.TurnEnded ended = client.end(turn);
        assertThat(ended.position()).isEqualTo(16 + 400 + 7);
        assertThat(ended.reason()).isEqualTo(TurnEndReason.MAX_ELEMENTS);

        // Where it entered shows as a gap between outputs' positions.
        int before = 0;
        for (SessionReply.Output output : client.all(SessionReply.Output.class)) {
            if (output.position() - output.outputPosition() == 16) {
                before = (int) output.outputPosition();
            }
        }
        assertThat(before).isBetween(50, 399);
        StreamClient replay = fixture.attachNew(31).text("once upon a time");
        replay.generate(before);
        replay.text(" (wait)");
        replay.end(replay.generate(400 - before));
        assertThat(replay.ids()).isEqualTo(client.ids());
    }

    @Test
    void text_cutAnywhere_givesTheSameElements() {
        String text = "gr\u00fc\u00df dich, \u4e16\u754c";
        int[] whole = alone(5, text, 20);
        StreamClient client = fixture.attachNew(5);
        for (int i = 0; i < text.length(); i++) {
            client.text(text.substring(i, i + 1));
        }
        client.end(client.generate(20));
        assertThat(client.ids()).isEqualTo(whole);
    }

    @Test
    void stopString_completed_isAbsorbedAndNotShown() {
        // The bytes are random; any two letters do, after a byte that leaves no character
        // unfinished.
        StreamClient free = fixture.attachNew(77).text("abc");
        free.end(free.generate(1500));
        int[] ids = free.ids();
        int at = 1;
        while (ids[at - 1] >= 0x80 || !letter(ids[at]) || !letter(ids[at + 1])) {
            at++;
        }
        String stop = "" + (char) ids[at] + (char) ids[at + 1];
        StreamClient client = fixture.attachNew(77).text("abc");
        long turn = client.generate(1500, "no such thing", stop);
        SessionReply.TurnEnded ended = client.end(turn);

        assertThat(ended.reason()).isEqualTo(TurnEndReason.STOP_STRING);
        assertThat(ended.matchedString()).isEqualTo(stop);
        assertThat(ended.usage().hidden()).isEqualTo(2);
        assertThat(ended.outputPosition()).isEqualTo(at);
        assertThat(ended.position()).isEqualTo(3 + at + 2);
        assertThat(client.ids()).isEqualTo(Arrays.copyOf(ids, at));
        // What was hidden was absorbed: the next turn goes on after it.
        client.end(client.generate(5));
        assertThat(Arrays.copyOfRange(client.ids(), at, at + 5))
                .isEqualTo(Arrays.copyOfRange(ids, at + 2, at + 7));
    }

    private static boolean letter(int id) {
        return id >= 'A' && id <= 'Z' || id >= 'a' && id <= 'z';
    }

    @Test
    void stopString_inTwoTurns_eachIsFound() {
        StreamClient free = fixture.attachNew(78).text("abc");
        free.end(free.generate(400));
        int[] ids = free.ids();
        int first = 0;
        while (!letter(ids[first])) {
            first++;
        }
        int second = first + 1;
        while (ids[second] != ids[first]) {
            second++;
        }
        String stop = "" + (char) ids[first];
        StreamClient client = fixture.attachNew(78).text("abc");
        long one = client.generate(400, stop);
        long two = client.generate(400, stop);
        client.end(two);
        assertThat(client.end(one).position()).isEqualTo(3 + first + 1);
        assertThat(client.end(two).position()).isEqualTo(3 + second + 1);
    }

    @Test
    void stopId_chosen_isNamedAndNotShown() {
        int[] free = alone(79, "xyz", 60);
        int[] stops = {free[30]};
        int at = 0;
        while (free[at] != stops[0]) {
            at++;
        }
        StreamClient client = fixture.attachNew(79).text("xyz");
        client.tell(
                new SessionCommand.Generate(
                        client.ref(),
                        0,
                        100L,
                        null,
                        List.of(),
                        stops,
                        true,
                        SamplingOptions.UNSET,
                        2,
                        null));
        SessionReply.TurnEnded ended = client.await(SessionReply.TurnEnded.class);
        assertThat(ended.reason()).isEqualTo(TurnEndReason.STOP_ID);
        assertThat(ended.matchedId()).isEqualTo(stops[0]);
        assertThat(ended.usage()).isEqualTo(new SessionReply.Usage(3, at, 1, 0));
        for (SessionReply.Output output : client.all(SessionReply.Output.class)) {
            assertThat(output.logProbabilities().chosen()).hasSize(output.ids().length);
            assertThat(output.logProbabilities().ids()).hasSize(2 * output.ids().length);
        }
    }

    @Test
    void cancel_ofTheTurnUnderWay_leavesTheNext() {
        StreamClient client = fixture.attachNew(80).text("abc");
        long endless = client.generate(null);
        long next = client.generate(5);
        client.outputs(20).cancel();
        assertThat(client.end(endless).reason()).isEqualTo(TurnEndReason.CANCELLED);
        assertThat(client.end(next).reason()).isEqualTo(TurnEndReason.MAX_ELEMENTS);
        int count = client.ids().length;
        assertThat(client.ids()).isEqualTo(alone(80, "abc", count));
    }

    @Test
    void scored_input_isScoredInOnePiece() {
        StreamClient client = fixture.attachNew(81);
        client.input(new Payload.Text("some text to be scored"), null, true);
        SessionReply.Absorbed absorbed =
                client.await(SessionReply.Absorbed.class, a -> a.scores() != null);
        List<Float> scores = new ArrayList<>();
        client.quiet();
        for (SessionReply.Absorbed a : client.all(SessionReply.Absorbed.class)) {
            if (a.scores() != null) {
                assertThat(a.scores().firstPosition()).isEqualTo(1 + scores.size());
                for (float score : a.scores().logProbabilities()) {
                    scores.add(score);
                }
            }
        }
        assertThat(absorbed.sequence()).isLessThanOrEqualTo(1);
        // Nothing precedes the first.
        assertThat(scores).hasSize("some text to be scored".length() - 1);
        assertThat(scores).allMatch(score -> score < 0 && Float.isFinite(score));
    }

    @Test
    void refused_requests_sayWhyAndTakeNoNumber() {
        StreamClient client = fixture.attachNew(82);
        client.generate(3);
        assertThat(client.await(SessionReply.Refused.class).refusal().reason())
                .isEqualTo(Reason.NOTHING_ABSORBED);
        // The next number is a gap now, until the refused request is mended.
        client.text("abc");
        assertThat(refusal(client, Reason.SEQUENCE_GAP).sequence()).isEqualTo(2);
        client.tell(input(client, 1, new Payload.Ids(new int[] {1, 256})));
        assertThat(refusal(client, Reason.ID_OUT_OF_RANGE).refusal().message()).contains("256");
        client.tell(input(client, 1, new Payload.Frames(2, new float[] {1, 2})));
        refusal(client, Reason.WRONG_ELEMENT_KIND);
        client.tell(input(client, 1, new Payload.Data(new byte[] {1, -1})));
        assertThat(client.await(SessionReply.Taken.class).sequence()).isEqualTo(1);
        assertThat(client.await(SessionReply.Absorbed.class).position()).isEqualTo(2);
    }

    private static SessionReply.Refused refusal(StreamClient client, Reason reason) {
        return client.await(
                SessionReply.Refused.class, refused -> refused.refusal().reason() == reason);
    }

    private static SessionCommand.Input input(StreamClient client, long sequence, Payload payload) {
        return new SessionCommand.Input(
                client.ref(), sequence, payload, false, null, null, false, null);
    }

    @Test
    void finish_withTurnsLeft_completesThem() {
        StreamClient client = fixture.attachNew(83).text("abc");
        long turn = client.generate(30);
        client.tell(new SessionCommand.Finish(client.ref(), false));
        SessionReply.Detached detached = client.await(SessionReply.Detached.class);
        assertThat(detached.reason()).isEqualTo(DetachReason.COMPLETED);
        assertThat(client.end(turn).outputPosition()).isEqualTo(30);
        assertThat(client.replies.getLast()).isSameAs(detached);
    }
}
