package dev.eddy.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.backend.Sampling;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one session is answered: its turns, stops, interruptions and credit. */
class EngineTurnTest {
    private static final Sampling WARM = Sampling.builder().temperature(1).build();
    private static final int[] PROMPT = {10, 20, 30, 40, 50};

    private final ManualEngine engine = ManualEngine.of(TinyModels.model("tiny", 2, 16, 2));
    private final Client client = engine.open("tiny", 99);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void generate_afterGiven_equalsTheOracle() {
        client.give(PROMPT).generate(1, 20, WARM);
        engine.settle();

        Oracle oracle = new Oracle(99);
        oracle.give(PROMPT);
        assertThat(client.idArray()).isEqualTo(oracle.generate(20, WARM));
        assertThat(client.positions().getFirst()).isEqualTo(5);
        Report.TurnEnded ended = client.event(Report.TurnEnded.class);
        assertThat(ended.end()).isEqualTo(Turn.End.MAX_ELEMENTS);
        assertThat(ended.position()).isEqualTo(25);
    }

    @Test
    void turns_oneAfterAnother_continueEachOther() {
        client.give(PROMPT)
                .generate(1, 4, WARM)
                .generate(2, 3, WARM)
                .give(7, 8)
                .generate(3, 5, WARM);
        engine.settle();

        Oracle oracle = new Oracle(99);
        oracle.give(PROMPT);
        int[] first = oracle.generate(7, WARM);
        oracle.give(7, 8);
        assertThat(client.idArray()).isEqualTo(Client.join(first, oracle.generate(5, WARM)));
        assertThat(client.events(Report.TurnEnded.class))
                .extracting(Report.TurnEnded::position)
                .containsExactly(9L, 12L, 19L);
    }

    @Test
    void given_cutInAnyWay_givesTheSameIds() {
        for (int i : PROMPT) {
            client.give(i);
            engine.turns(1);
        }
        client.generate(1, 8, WARM);
        engine.settle();
        Client whole = engine.open("tiny", 99).give(PROMPT).generate(1, 8, WARM);
        engine.settle();
        assertThat(client.ids()).isEqualTo(whole.ids());
        assertThat(client.logProbs()).isEqualTo(whole.logProbs());
    }

    @Test
    void scored_given_equalsTheOracle() {
        int[] ids = new int[40];
        Arrays.setAll(ids, i -> i * 37 % TinyModels.VOCABULARY);
        client.lease.give(new Given(5, new Elements.Ids(ids), Given.Placement.LAST, true, 0));
        engine.settle();

        float[] expected = new Oracle(99).give(ids);
        List<Report.Absorbed> absorbed = client.events(Report.Absorbed.class);
        assertThat(absorbed).hasSizeGreaterThan(1).allMatch(a -> a.tag() == 5);
        assertThat(absorbed.getLast().done()).isTrue();
        float[] scores = new float[0];
        for (Report.Absorbed a : absorbed) {
            int from = scores.length;
            scores = Arrays.copyOf(scores, from + a.scores().length);
            System.arraycopy(a.scores(), 0, scores, from, a.scores().length);
        }
        assertThat(scores).isEqualTo(expected);
    }

    @Test
    void stopId_sampled_isAbsorbedAndNotShown() {
        client.give(PROMPT).generate(1, 30, WARM);
        engine.settle();
        List<Integer> free = client.ids();
        int stop = free.get(12);
        int first = free.indexOf(stop);

        Client stopped = engine.open("tiny", 99).give(PROMPT);
        Sampling sampling = Sampling.builder().temperature(1).stopIds(stop).build();
        stopped.generate(1, 30, sampling).generate(2, 3, WARM);
        engine.settle();

        assertThat(stopped.ids().subList(0, first)).isEqualTo(free.subList(0, first));
        List<Report.TurnEnded> ended = stopped.events(Report.TurnEnded.class);
        assertThat(ended.getFirst().end()).isEqualTo(Turn.End.STOP_ID);
        assertThat(ended.getFirst().stopId()).isEqualTo(stop);
        assertThat(ended.getFirst().position()).isEqualTo(5 + first + 1);
        assertThat(stopped.ids().subList(first, first + 3))
                .isEqualTo(free.subList(first + 1, first + 4));
    }

    @Test
    void inspector_endingATurn_keepsTheIdThatDidSo() {
        int[] seen = {0};
        client.give(PROMPT);
        client.lease.generate(new Turn(1, 30, 0, 0, WARM, id -> ++seen[0] == 6));
        engine.settle();
        assertThat(client.ids()).hasSize(6);
        Report.TurnEnded ended = client.event(Report.TurnEnded.class);
        assertThat(ended.end()).isEqualTo(Turn.End.INSPECTED);
        assertThat(ended.position()).isEqualTo(11);
    }

    @Test
    void generate_ofNothing_endsAtItsPlace() {
        client.give(PROMPT).generate(1, 0, WARM);
        engine.settle();
        assertThat(client.ids()).isEmpty();
        assertThat(client.event(Report.TurnEnded.class).position()).isEqualTo(5);
    }

    @Test
    void generate_withNothingAbsorbed_saysSo() {
        client.generate(1, 4, WARM);
        engine.settle();
        assertThat(client.event(Report.TurnEnded.class).end()).isEqualTo(Turn.End.NOTHING_ABSORBED);
    }

    @Test
    void cancel_thenGive_interruptsAtThatPosition() {
        client.give(PROMPT).generate(1, Turn.ENDLESS, WARM).generate(2, 5, WARM);
        engine.turns(6);
        client.lease.cancel(1);
        client.lease.cancel(2);
        client.give(1, 2, 3).generate(3, 4, WARM);
        engine.settle();

        List<Report.TurnEnded> ended = client.events(Report.TurnEnded.class);
        assertThat(ended)
                .extracting(Report.TurnEnded::end)
                .containsExactly(Turn.End.CANCELLED, Turn.End.CANCELLED, Turn.End.MAX_ELEMENTS);
        int before = (int) ended.getFirst().position() - PROMPT.length;
        assertThat(before).isPositive();
        assertThat(ended.get(1).position()).isEqualTo(ended.getFirst().position());

        Oracle oracle = new Oracle(99);
        oracle.give(PROMPT);
        int[] first = oracle.generate(before, WARM);
        oracle.give(1, 2, 3);
        assertThat(client.idArray()).isEqualTo(Client.join(first, oracle.generate(4, WARM)));
    }

    @Test
    void interleaved_given_entersBetweenTwoOutputs() {
        client.give(PROMPT).generate(1, 12, WARM);
        engine.turns(6);
        client.give(Given.Placement.INTERLEAVED, 1, 2, 3);
        engine.settle();

        int before = 0;
        while (client.positions().get(before) == PROMPT.length + before) {
            before++;
        }
        assertThat(before).isBetween(1, 11);
        Oracle oracle = new Oracle(99);
        oracle.give(PROMPT);
        int[] first = oracle.generate(before, WARM);
        oracle.give(1, 2, 3);
        assertThat(client.idArray())
                .isEqualTo(Client.join(first, oracle.generate(12 - before, WARM)));
        assertThat(client.event(Report.TurnEnded.class).position()).isEqualTo(20);
        assertThat(client.positions().get(before)).isEqualTo(5L + before + 3);
    }

    @Test
    void interleaved_beforeATurnThatWaits_precedesItsFirstOutput() {
        client.give(PROMPT).generate(1, 3, WARM).give(9).generate(2, 3, WARM);
        client.give(Given.Placement.INTERLEAVED, 1, 2);
        engine.settle();
        Oracle oracle = new Oracle(99);
        oracle.give(PROMPT);
        oracle.give(1, 2);
        int[] first = oracle.generate(3, WARM);
        oracle.give(9);
        assertThat(client.idArray()).isEqualTo(Client.join(first, oracle.generate(3, WARM)));
    }

    @Test
    void cancel_ofTheTurnUnderWay_endsItAlone() {
        client.give(PROMPT).generate(1, Turn.ENDLESS, WARM).generate(2, 2, WARM);
        engine.turns(4);
        client.lease.cancel(0);
        engine.settle();
        assertThat(client.events(Report.TurnEnded.class))
                .extracting(Report.TurnEnded::end)
                .containsExactly(Turn.End.CANCELLED, Turn.End.MAX_ELEMENTS);
        Oracle oracle = new Oracle(99);
        oracle.give(PROMPT);
        assertThat(client.idArray()).isEqualTo(oracle.generate(client.ids().size(), WARM));
    }

    @Test
    void cancel_ofAWaitingTurn_leavesTheOneUnderWay() {
        client.give(PROMPT).generate(1, 6, WARM).generate(2, 6, WARM);
        client.lease.cancel(2);
        engine.settle();
        assertThat(client.ids()).hasSize(6);
        assertThat(client.events(Report.TurnEnded.class))
                .extracting(Report.TurnEnded::end)
                .containsExactly(Turn.End.MAX_ELEMENTS, Turn.End.CANCELLED);
    }

    @Test
    void limit_reached_pausesThisSessionAlone() {
        client.give(PROMPT).generate(1, 20, WARM);
        client.lease.limit(7);
        Client other = engine.open("tiny", 5).give(PROMPT).generate(1, 20, WARM);
        engine.settle();
        assertThat(client.ids()).hasSize(7);
        assertThat(other.ids()).hasSize(20);

        client.lease.limit(20);
        engine.settle();
        Oracle oracle = new Oracle(99);
        oracle.give(PROMPT);
        assertThat(client.idArray()).isEqualTo(oracle.generate(20, WARM));
    }

    @Test
    void limit_lowered_takesCreditBackAtOnce() {
        client.give(PROMPT).generate(1, Turn.ENDLESS, WARM);
        engine.turns(5);
        client.lease.limit(0);
        engine.settle();
        int paused = client.ids().size();
        engine.settle();
        assertThat(client.ids()).hasSize(paused);
        assertThat(client.events(Report.TurnEnded.class)).isEmpty();
    }

    @Test
    void maxDuration_over_countsTimeWithCreditAlone() {
        client.give(PROMPT);
        client.lease.generate(new Turn(1, Turn.ENDLESS, 1_000_000_000, 0, WARM, null));
        client.lease.limit(3);
        engine.settle();
        engine.advanceMillis(5000);
        client.lease.limit(6);
        engine.settle();
        assertThat(client.ids()).hasSize(6);
        client.lease.limit(Long.MAX_VALUE);
        engine.turns(2);
        engine.advanceMillis(999);
        engine.turns(2);
        assertThat(client.events(Report.TurnEnded.class)).isEmpty();
        engine.advanceMillis(2);
        engine.settle();
        Report.TurnEnded ended = client.event(Report.TurnEnded.class);
        assertThat(ended.end()).isEqualTo(Turn.End.MAX_DURATION);
        assertThat(ended.withoutCreditNanos()).isEqualTo(5_000_000_000L);
        assertThat(ended.position()).isEqualTo(5 + client.ids().size());
    }

    @Test
    void topLogProbs_asked_comeWithEachId() {
        client.give(PROMPT)
                .generate(1, 3, Sampling.builder().temperature(0).topLogProbs(2).build());
        engine.settle();
        Reports reports = client.lease.poll();
        Sampled sampled =
                (Sampled)
                        java.util.stream.IntStream.range(0, reports.size())
                                .mapToObj(reports::get)
                                .filter(Sampled.class::isInstance)
                                .findFirst()
                                .orElseThrow();
        assertThat(sampled.candidates()).isEqualTo(2);
        assertThat(sampled.topIds()).hasSize(6);
        for (int i = 0; i < 3; i++) {
            assertThat(sampled.topIds()[2 * i]).isEqualTo(sampled.id(i));
            assertThat(sampled.topLogProbs()[2 * i]).isEqualTo(sampled.logProbs()[i]);
            assertThat(sampled.topLogProbs()[2 * i + 1]).isLessThan(sampled.logProbs()[i]);
        }
    }

    @Test
    void give_ofWhatTheModelDoesNotAbsorb_isRefusedAtOnce() {
        assertThatThrownBy(() -> client.give(3, 256))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("256");
        assertThatThrownBy(() -> client.give()).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() ->
                        client.lease.give(
                                new Given(
                                        0,
                                        new Elements.Frames(1, new float[] {1}),
                                        Given.Placement.LAST,
                                        false,
                                        0)))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void listener_hearsOnceUntilPolled() {
        engine.settle();
        client.poll();
        int before = client.announced();
        client.give(PROMPT).generate(1, 9, WARM);
        engine.settle();
        assertThat(client.announced()).isEqualTo(before + 1);
        client.poll();
        client.generate(2, 1, WARM);
        engine.settle();
        assertThat(client.announced()).isEqualTo(before + 2);
    }
}
