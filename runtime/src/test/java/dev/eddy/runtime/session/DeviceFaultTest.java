package dev.eddy.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.program.Program;
import dev.eddy.runtime.engine.EmulatedDevices;
import dev.eddy.runtime.engine.Engine;
import dev.eddy.runtime.engine.EngineModel;
import dev.eddy.runtime.engine.TinyModels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The whole path from sessions to the CUDA driver, where in turn every call that it makes on a
 * device fails: no session is lost, and none says anything but what it would have said.
 */
class DeviceFaultTest {
    private static final int OUT_OF_MEMORY = 2;
    private static final int LAUNCH_FAILED = 719;
    private static final int NOT_PERMITTED = 800;

    private static final String TEXT = "a text";
    private static final int SESSIONS = 3;
    private static final int ELEMENTS = 4;
    private static final int SLOTS = 1;

    private static final Program PROGRAM = TinyModels.program();

    private static int[][] alone;

    @BeforeEach
    void needsTheDriver() {
        Assumptions.assumeTrue(EmulatedDevices.exist(), "no emulated CUDA driver was built");
        if (alone == null) {
            try (SessionFixture fixture = fixture(List.of(device("reference", 0)))) {
                alone = new int[SESSIONS][];
                for (int i = 0; i < SESSIONS; i++) {
                    StreamClient client = fixture.attachNew(i).text(TEXT);
                    client.end(client.generate(ELEMENTS));
                    alone[i] = client.ids();
                }
            }
        }
    }

    @AfterEach
    void recover() {
        EmulatedDevices.recover();
    }

    private static EngineModel other(String backend) {
        return device(backend, backend.equals("cuda") ? 1 : 0);
    }

    private static EngineModel device(String backend, int number) {
        Backend with = Backends.byName(backend);
        CompileOptions options = CompileOptions.of(WeightType.F32, 1, SLOTS, 16).withDevice(number);
        Executable executable = with.compile(PROGRAM, options);
        return new EngineModel(
                "tiny", PROGRAM, executable, options, 40 * executable.arena().layout().bytes());
    }

    private static SessionFixture fixture(List<EngineModel> devices) {
        // Sessions take turns in the slots all the time: states travel both ways.
        return new SessionFixture(
                devices,
                SessionSettings.DEFAULT,
                tokenizer -> tokenizer,
                Duration.ofMillis(1),
                Duration.ofMillis(1));
    }

    /** Talks with a failure on order; false if it did not come. */
    private static boolean talk(SessionFixture fixture, long nth, int code) {
        List<StreamClient> clients = new ArrayList<>();
        List<Long> turns = new ArrayList<>();
        EmulatedDevices.fail(0, nth, code);
        for (int i = 0; i < SESSIONS; i++) {
            StreamClient client = fixture.attachNew(i).text(TEXT);
            turns.add(client.generate(ELEMENTS));
            clients.add(client);
        }
        for (int i = 0; i < SESSIONS; i++) {
            StreamClient client = clients.get(i);
            String what = "session %d, call %d: %s";
            SessionReply.TurnEnded end = client.end(turns.get(i));
            String last = EmulatedDevices.lastText();
            assertThat(end.reason())
                    .as(what, i, nth, last + end)
                    .isEqualTo(TurnEndReason.MAX_ELEMENTS);
            assertThat(client.ids()).as(what, i, nth, last).isEqualTo(alone[i]);
            client.tell(new SessionCommand.Delete(fixture.sessions.system().ignoreRef()));
        }
        boolean came = EmulatedDevices.failureIsIn() == 0;
        EmulatedDevices.fail(0, 0, 0);
        return came;
    }

    @ParameterizedTest
    @CsvSource({"cuda, " + OUT_OF_MEMORY, "cpu, " + NOT_PERMITTED})
    void calls_failingOneByOne_loseNoSessionAndNoBit(String other, int code) {
        long nth = 0;
        try (SessionFixture fixture = fixture(List.of(device("cuda", 0), other(other)))) {
            while (talk(fixture, ++nth, code)) {
                assertThat(fixture.engine.state()).as("call %d", nth).isEqualTo(Engine.State.UP);
            }
        }
        assertThat(nth).as("calls that failed").isGreaterThan(25);
    }

    @ParameterizedTest
    @CsvSource({"cuda", "cpu"})
    void device_lostAtOneCallAfterTheOther_losesNoSessionAndNoBit(String other) {
        // Each engine loses the device once; they take turns with it, since it is revived.
        int most = 110;
        List<EngineModel> devices = new ArrayList<>(Collections.nCopies(most, device("cuda", 0)));
        devices.add(other(other));
        int nth = 0;
        try (SessionFixture fixture = fixture(devices)) {
            List<Engine> engines = fixture.engines.engines();
            engines.subList(0, most).forEach(engine -> fixture.engines.drain(engine.name()));
            boolean came = true;
            while (came) {
                Engine victim = engines.get(nth);
                fixture.engines.resume(victim.name());
                came = talk(fixture, ++nth, LAUNCH_FAILED);
                assertThat(victim.state() == Engine.State.LOST)
                        .as("call %d: %s", nth, EmulatedDevices.lastText())
                        .isEqualTo(came);
                EmulatedDevices.revive(0);
            }
        }
        assertThat(nth).as("calls that failed").isGreaterThan(25);
    }
}
