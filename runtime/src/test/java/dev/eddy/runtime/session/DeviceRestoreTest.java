package dev.eddy.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.program.Program;
import dev.eddy.runtime.engine.EmulatedDevices;
import dev.eddy.runtime.engine.Engine;
import dev.eddy.runtime.engine.EngineModel;
import dev.eddy.runtime.engine.FragileExecutable;
import dev.eddy.runtime.engine.TinyModels;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sessions whose states are on a CUDA device alone, with copies in the store that are older, when
 * the device is lost: they go on elsewhere from the copy and the log's tail, not from their start.
 */
class DeviceRestoreTest {
    private static final int LAUNCH_FAILED = 719;

    private static final String TEXT = "a text";
    private static final int FIRST = 60;
    private static final int COUNT = 90;
    private static final int SAVE_EVERY = 16;

    /** Of the driver, in the middle of a turn of {@link #COUNT} elements. */
    private static final int CALLS = 150;

    private static final Program PROGRAM = TinyModels.program();

    @BeforeEach
    void needsTheDriver() {
        Assumptions.assumeTrue(EmulatedDevices.exist(), "no emulated CUDA driver was built");
    }

    @AfterEach
    void recover() {
        EmulatedDevices.recover();
    }

    /** An executable that counts what comes to it. */
    private static final class Counting extends FragileExecutable {
        final AtomicInteger loads = new AtomicInteger();
        final AtomicInteger elements = new AtomicInteger();

        Counting(Executable actual) {
            super(actual, "", Long.MAX_VALUE);
        }

        @Override
        public void submit(Step step) {
            elements.addAndGet(step.rows());
            super.submit(step);
        }

        @Override
        public CompletionStage<Void> load(int slot, MemorySegment source) {
            loads.incrementAndGet();
            return super.load(slot, source);
        }
    }

    private static Counting executable(String backend, int number) {
        return new Counting(Backends.byName(backend).compile(PROGRAM, options(number)));
    }

    private static CompileOptions options(int number) {
        return CompileOptions.of(WeightType.F32, 1, 2, 16).withDevice(number);
    }

    private static EngineModel device(Executable executable, int number) {
        long hostBytes = 40 * executable.arena().layout().bytes();
        return new EngineModel("tiny", PROGRAM, executable, options(number), hostBytes);
    }

    /** Nobody is asked to leave a slot; copies go to the store every 16 elements. */
    private static SessionFixture fixture(List<EngineModel> devices) {
        SessionSettings d = SessionSettings.DEFAULT;
        SessionSettings settings =
                new SessionSettings(
                        d.unacknowledgedLimit(),
                        d.inputLimit(),
                        d.maxInput(),
                        SAVE_EVERY / 2,
                        SAVE_EVERY / 2,
                        d.logInterval(),
                        d.snapshotEvery(),
                        SAVE_EVERY,
                        d.replayLimit(),
                        d.restAfter(),
                        d.passivateAfter(),
                        d.rebase(),
                        d.keep());
        Duration longer = Duration.ofMinutes(1);
        return new SessionFixture(devices, settings, tokenizer -> tokenizer, longer, longer);
    }

    /** What a session says in two turns where nothing is lost. */
    private static int[] alone(long seed) {
        try (SessionFixture fixture = fixture(List.of(device(executable("reference", 0), 0)))) {
            StreamClient client = fixture.attachNew(seed).text(TEXT);
            client.end(client.generate(FIRST));
            client.end(client.generate(COUNT));
            return client.ids();
        }
    }

    @ParameterizedTest
    @CsvSource({"cuda, 1", "cpu, 0"})
    void sessions_ofALostDevice_goOnFromTheirCopiesAndLogsWithTheirBits(String other, int number) {
        Counting lost = executable("cuda", 0);
        Counting left = executable(other, number);
        try (SessionFixture fixture = fixture(List.of(device(lost, 0), device(left, number)))) {
            String second = fixture.engines.engines().getLast().name();
            fixture.engines.drain(second); // both come to the device that will be lost
            StreamClient idle = fixture.attachNew(1).text(TEXT);
            StreamClient running = fixture.attachNew(2).text(TEXT);
            idle.end(idle.generate(FIRST));
            running.end(running.generate(FIRST));
            assertThat(fixture.store.usedBytes()).as("copies in the store").isPositive();
            assertThat(left.elements).as("elements on the other device").hasValue(0);

            fixture.engines.resume(second);
            EmulatedDevices.fail(0, CALLS, LAUNCH_FAILED);
            assertThat(running.end(running.generate(COUNT)).reason())
                    .isEqualTo(TurnEndReason.MAX_ELEMENTS);
            assertThat(lost.loads).as("states that came back from host memory").hasValue(0);
            assertThat(fixture.engine.state()).isEqualTo(Engine.State.LOST);
            assertThat(running.ids()).isEqualTo(alone(2));
            int replayed = left.elements.get();
            assertThat(left.loads).as("copies that were taken").hasValueGreaterThan(0);
            // From its start it would be all of them; since the copy at most some windows more.
            assertThat(replayed).isLessThan(TEXT.length() + FIRST + COUNT - SAVE_EVERY);

            idle.end(idle.generate(COUNT));
            assertThat(idle.ids()).isEqualTo(alone(1));
            assertThat(left.loads).as("copies that were taken").hasValue(2);
            assertThat(left.elements.get() - replayed)
                    .isBetween(COUNT, TEXT.length() + FIRST + COUNT - SAVE_EVERY);
        }
    }
}
