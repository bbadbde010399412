package dev.eddy.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.BackendException;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.MemoryPlan;
import dev.eddy.kernels.backend.Sampling;
import dev.eddy.kernels.backend.StateArena;
import dev.eddy.kernels.backend.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which entries a step gets: deadlines, the budget of time, and whom a failing step takes down. */
class EngineScheduleTest {
    private static final int POISON = 255;

    private final Recorder recorder = new Recorder();
    private final EngineModel model =
            TinyModels.model("tiny", TinyModels.program(), 8, 64, 0, recorder::over);

    @Test
    void deadline_earliest_goesFirst() {
        ManualEngine engine =
                new ManualEngine(EngineSettings.DEFAULT.withMaxStep(Duration.ofNanos(1)), model);
        for (int i = 0; i < 4; i++) {
            // The later it is opened, the more urgent it is.
            engine.open("tiny", i)
                    .lease
                    .give(
                            new Given(
                                    0,
                                    new Elements.Ids(new int[] {i}),
                                    Given.Placement.LAST,
                                    false,
                                    1_000_000L * (10 - i)));
        }
        engine.open("tiny", 9).give(9);
        engine.settle();
        assertThat(recorder.firstIds()).containsExactly(3, 2, 1, 0, 9);
    }

    @Test
    void work_withoutDeadline_isNotStarvedByWorkWithOne() {
        ManualEngine engine =
                new ManualEngine(EngineSettings.DEFAULT.withMaxStep(Duration.ofNanos(1)), model);
        Client patient = engine.open("tiny", 1).give(1, 1, 1);
        Client urgent = engine.open("tiny", 2);
        for (int i = 0; i < 300; i++) {
            urgent.lease.give(
                    new Given(
                            0,
                            new Elements.Ids(new int[] {2}),
                            Given.Placement.LAST,
                            false,
                            10_000_000));
            engine.turns(1);
            engine.advanceMillis(10);
        }
        assertThat(patient.event(Report.Absorbed.class).position()).isEqualTo(3);
    }

    @Test
    void deadline_missed_isReportedByHowMuch() {
        ManualEngine engine = ManualEngine.of(model);
        Client client = engine.open("tiny", 1);
        client.lease.give(
                new Given(
                        0,
                        new Elements.Ids(new int[] {1}),
                        Given.Placement.LAST,
                        false,
                        3_000_000));
        engine.advanceMillis(5);
        engine.settle();
        assertThat(client.event(Report.Absorbed.class).latenessNanos()).isEqualTo(2_000_000);
    }

    @Test
    void prefill_besideDecode_isCutToTheBudget() {
        // The recorder's steps take 1 ms and 1 ms a row; a step may take 20 ms.
        recorder.costs = true;
        ManualEngine[] engine = new ManualEngine[1];
        recorder.clock = millis -> engine[0].advanceMillis(millis);
        engine[0] =
                new ManualEngine(EngineSettings.DEFAULT.withMaxStep(Duration.ofMillis(20)), model);
        Client decoding = engine[0].open("tiny", 1).give(1);
        decoding.generate(1, 200, Sampling.GREEDY);
        engine[0].turns(60);
        Client prefilling = engine[0].open("tiny", 2);
        int[] ids = new int[600];
        prefilling.give(ids);
        int from = recorder.rows.size();
        engine[0].settle();
        List<Integer> mixed =
                recorder.rows.subList(from, recorder.rows.size()).stream()
                        .filter(rows -> rows > 1)
                        .toList();
        // Once learned, chunks fill the budget and never exceed it by much.
        List<Integer> learned = mixed.subList(mixed.size() / 2, mixed.size() - 1);
        assertThat(learned).allMatch(rows -> rows >= 15 && rows <= 21);
        assertThat(decoding.ids()).hasSize(200);
        assertThat(prefilling.event(Report.Absorbed.class).position()).isEqualTo(600);
    }

    @ParameterizedTest
    @CsvSource({"6, 8, 8", "3, 1, 5"})
    void decode_mayTakeTwiceTheBudget(int maxStepMillis, int least, int most) {
        // As above: a step of all eight takes 9 ms.
        recorder.costs = true;
        ManualEngine[] engine = new ManualEngine[1];
        recorder.clock = millis -> engine[0].advanceMillis(millis);
        engine[0] =
                new ManualEngine(
                        EngineSettings.DEFAULT.withMaxStep(Duration.ofMillis(maxStepMillis)),
                        model);
        Client[] decoding = new Client[8];
        for (int i = 0; i < decoding.length; i++) {
            decoding[i] = engine[0].open("tiny", i).give(1);
            decoding[i].generate(1, 200, Sampling.GREEDY);
        }
        engine[0].turns(300);
        List<Integer> learned = recorder.rows.subList(100, 150);
        assertThat(learned).allMatch(rows -> rows >= least && rows <= most);
        engine[0].settle();
        for (Client client : decoding) {
            assertThat(client.ids()).hasSize(200);
        }
    }

    @Test
    void step_failing_failsItsSessionsAlone() {
        recorder.poisoned = true;
        ManualEngine engine = ManualEngine.of(model);
        Client good = engine.open("tiny", 1).give(1).generate(1, 10, Sampling.GREEDY);
        engine.settle();
        Client bad = engine.open("tiny", 2).give(POISON);
        engine.turns(4);
        Client after = engine.open("tiny", 3).give(3).generate(1, 10, Sampling.GREEDY);
        good.generate(2, 5, Sampling.GREEDY);
        engine.settle();
        assertThat(bad.event(Report.Failed.class).cause())
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("poison");
        assertThat(good.ids()).hasSize(15);
        assertThat(after.ids()).hasSize(10);
    }

    @Test
    void step_refused_failsItsSessionsAlone() {
        recorder.refusing = true;
        ManualEngine engine = ManualEngine.of(model);
        Client bad = engine.open("tiny", 2).give(POISON);
        engine.turns(4);
        Client good = engine.open("tiny", 1).give(1).generate(1, 10, Sampling.GREEDY);
        engine.settle();
        assertThat(bad.event(Report.Failed.class).cause()).hasMessageContaining("refused");
        assertThat(good.ids()).hasSize(10);
        for (int i = 0; i < 7; i++) {
            engine.open("tiny", i);
        }
        engine.settle();
    }

    @Test
    void close_withSessionsOpen_tellsThem() {
        ManualEngine engine = ManualEngine.of(model);
        Client client = engine.open("tiny", 1).give(1);
        engine.settle();
        engine.close();
        assertThat(client.event(Report.Failed.class).cause()).hasMessageContaining("closed");
    }

    /** An executable that notes its steps, takes a stated time for each, and fails on one id. */
    private static final class Recorder implements Executable {
        private Executable actual;
        private final List<Integer> firstIds = new ArrayList<>();
        private final List<Integer> rows = new ArrayList<>();
        private boolean costs;
        private boolean poisoned;
        private boolean refusing;
        private java.util.function.LongConsumer clock = _ -> {};

        Executable over(Executable executable) {
            actual = executable;
            return this;
        }

        List<Integer> firstIds() {
            return firstIds;
        }

        @Override
        public Step newStep() {
            return actual.newStep();
        }

        @Override
        public void submit(Step step) {
            rows.add(step.rows());
            for (int row = 0; row < step.rows(); row++) {
                if (step.id(row) == POISON && refusing) {
                    throw new BackendException("refused");
                }
                if (step.id(row) == POISON && poisoned) {
                    step.begin();
                    step.fail(new BackendException("poison"));
                    return;
                }
            }
            if (step.rows() > 0) {
                firstIds.add(step.id(0));
            }
            actual.submit(step);
            if (costs) {
                clock.accept(1L + step.rows());
            }
        }

        @Override
        public StateArena arena() {
            return actual.arena();
        }

        @Override
        public String numericsId() {
            return actual.numericsId();
        }

        @Override
        public MemoryPlan memory() {
            return actual.memory();
        }

        @Override
        public void close() {
            actual.close();
        }
    }
}
