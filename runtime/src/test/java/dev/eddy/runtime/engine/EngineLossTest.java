package dev.eddy.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.BackendException;
import dev.eddy.kernels.backend.DeviceLostException;
import dev.eddy.kernels.backend.Sampling;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What becomes of an engine's sessions when its device is lost, fails, or is drained. */
class EngineLossTest {
    private static final Sampling WARM = Sampling.builder().temperature(1).build();
    private static final EngineSettings QUICK =
            EngineSettings.DEFAULT.withSharing(Duration.ofMillis(2), Duration.ofMillis(5));

    private static EngineModel model(int slots, long steps) {
        return TinyModels.model(
                "tiny",
                TinyModels.program(),
                slots,
                32,
                10,
                executable -> new FragileExecutable(executable, "", steps));
    }

    @Test
    void device_lost_sendsAwayStatesInHostMemoryAndFailsTheOthers() {
        Snapshot saved;
        try (ManualEngine engine = new ManualEngine(QUICK, model(1, 1))) {
            Client resting = engine.open("tiny", 1).give(1, 2, 3);
            engine.settle();
            engine.advanceMillis(10);
            Client running = engine.open("tiny", 2).give(4, 5);
            engine.settle();
            assertThat(running.event(Report.Failed.class).cause())
                    .isInstanceOf(DeviceLostException.class);
            Report.Left left = resting.event(Report.Left.class);
            assertThat(left.position()).isEqualTo(3);
            saved = left.snapshot();
            assertThat(saved).isNotNull();
            assertThat(engine.engine.state()).isEqualTo(Engine.State.LOST);

            // The state is whole: another device goes on from it.
            try (ManualEngine other = ManualEngine.of(model(1, Long.MAX_VALUE))) {
                Client again = other.open(new Opening("tiny", 1, 0, 0, 3, saved.state()));
                again.lease.limit(Long.MAX_VALUE);
                again.generate(1, 20, WARM);
                other.settle();
                Oracle oracle = new Oracle(1);
                oracle.give(new int[] {1, 2, 3});
                assertThat(again.idArray()).isEqualTo(oracle.generate(20, WARM));
            }
            saved.release();
        }
    }

    @Test
    void drain_thatIsResumed_failsAndLetsSessionsStay() {
        try (ManualEngine engine = ManualEngine.of(model(2, Long.MAX_VALUE))) {
            Client client = engine.open("tiny", 1).give(1, 2, 3);
            engine.settle();
            CompletionStage<Void> drained = engine.engine.drain();
            engine.settle();
            assertThat(client.events(Report.Vacate.class)).hasSize(1);
            engine.engine.resume();
            engine.settle();
            CompletableFuture<Void> future = drained.toCompletableFuture();
            assertThat(future).isCompletedExceptionally();
            assertThat(future.exceptionNow())
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("manual was resumed before it was empty");
            // A session that comes now is not sent away.
            Client late = engine.open("tiny", 2).give(1);
            engine.settle();
            assertThat(late.events(Report.Vacate.class)).isEmpty();
            assertThat(client.generate(1, 5, WARM)).isNotNull();
            engine.settle();
            assertThat(client.ids()).hasSize(5);
        }
    }

    @Test
    void copy_thatFails_failsItsSessionAlone() {
        FailingArena[] arena = new FailingArena[1];
        EngineModel model =
                TinyModels.model(
                        "tiny",
                        TinyModels.program(),
                        2,
                        32,
                        10,
                        executable -> arena[0] = new FailingArena(executable));
        try (ManualEngine engine = new ManualEngine(QUICK, model)) {
            Client other = engine.open("tiny", 1).give(1, 2, 3);
            engine.settle();
            arena[0].failing = true;
            Client client = engine.open("tiny", 2).give(4, 5);
            engine.settle();
            assertThat(client.event(Report.Failed.class).cause())
                    .isInstanceOf(BackendException.class)
                    .hasMessage("the test refuses");
            arena[0].failing = false;
            other.generate(1, 5, WARM);
            Client again = engine.open("tiny", 2).give(4, 5);
            engine.settle();
            assertThat(other.ids()).hasSize(5);
            assertThat(again.events(Report.Absorbed.class)).hasSize(1);
        }
    }

    /** An executable that cannot clear a slot when the test says so. */
    private static final class FailingArena extends FragileExecutable {
        boolean failing;

        FailingArena(dev.eddy.kernels.backend.Executable actual) {
            super(actual, "", Long.MAX_VALUE);
        }

        @Override
        public void clear(int slot) {
            if (failing) {
                throw new BackendException("the test refuses");
            }
            super.clear(slot);
        }
    }
}
