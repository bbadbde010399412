package dev.eddy.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.kernels.backend.BackendException;
import dev.eddy.kernels.backend.DeviceLostException;
import dev.eddy.kernels.backend.DeviceMemoryException;
import dev.eddy.kernels.backend.HostBlock;
import dev.eddy.kernels.backend.Pages;
import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.cuda.driver.DeviceMemory;
import dev.eddy.kernels.cuda.driver.EmulatedDriver;
import dev.eddy.kernels.cuda.driver.Gpu;
import dev.eddy.kernels.cuda.driver.GpuContext;
import dev.eddy.kernels.cuda.driver.GpuStream;
import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** States in pieces between the emulated device and the host's memory. */
@Timeout(60)
final class TransfersTest {
    private static final int OUT_OF_MEMORY = 2;
    private static final int LAUNCH_FAILED = 719;
    private static final int NOT_PERMITTED = 800;

    private static final int SLOTS = 6;

    /** No piece below divides it. */
    private static final int BYTES = 1000;

    private static final int PIECE = 96;
    private static final int PIECES = 11;

    private final Arena memory = Arena.ofShared();
    private final List<HostBlock> blocks = new ArrayList<>();
    private long streamsBefore;
    private GpuContext context;
    private GpuStream steps;
    private DeviceMemory slots;

    @BeforeEach
    void open() {
        EmulatedDriver.assumeBuilt();
        context = Gpu.open(0);
        steps = context.stream();
        slots = context.allocate(SLOTS * BYTES);
        steps.fill(slots.address(), (byte) 0, slots.bytes());
        streamsBefore = EmulatedDriver.calls("cuStreamCreate");
    }

    @AfterEach
    void close() {
        if (context != null) {
            EmulatedDriver.go();
            blocks.forEach(HostBlock::close); // they outlive their transfers
            slots.close();
            steps.close();
            context.close();
        }
        memory.close();
    }

    /** With room for so many states aside. */
    private Transfers transfers(int aside, int piece, int pinned) {
        return new Transfers(
                context, steps, new Transfers.Sizes((long) aside * BYTES, piece, pinned, 3));
    }

    private Transfers transfers(int aside) {
        return transfers(aside, PIECE, 20 * PIECE);
    }

    private PagedState slot(int slot, int bytes) {
        PagedState state = new PagedState(new StateLayout(List.of(), bytes, 0), 0);
        state.add(slots.address() + (long) slot * BYTES, bytes);
        return state;
    }

    private MemorySegment empty(int bytes) {
        return memory.allocate(bytes);
    }

    private MemorySegment random(int seed, int bytes) {
        byte[] values = new byte[bytes];
        new Random(seed).nextBytes(values);
        return memory.allocateFrom(ValueLayout.JAVA_BYTE, values);
    }

    /** A block of the transfers, which has these numbers. */
    private MemorySegment locked(Transfers transfers, MemorySegment numbers) {
        HostBlock block = transfers.block(numbers.byteSize());
        blocks.add(block);
        return block.segment().copyFrom(numbers);
    }

    private static void await(CompletableFuture<Void> arrived) {
        arrived.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static void assertEqual(MemorySegment actual, MemorySegment expected) {
        assertThat(actual.toArray(ValueLayout.JAVA_BYTE))
                .isEqualTo(expected.toArray(ValueLayout.JAVA_BYTE));
    }

    /** Lets every slot be filled from the host and taken out again. */
    private void roundTrip(Transfers transfers, int bytes) {
        List<CompletableFuture<Void>> arrivals = new ArrayList<>();
        List<MemorySegment> targets = new ArrayList<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            transfers.in(slot(slot, bytes), random(slot, bytes));
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            targets.add(empty(bytes));
            arrivals.add(transfers.out(slot(slot, bytes), targets.get(slot)));
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            await(arrivals.get(slot));
            assertEqual(targets.get(slot), random(slot, bytes));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1, 64",
        "63, 64",
        "64, 64",
        "65, 64",
        "128, 64",
        "1000, 1",
        "1000, 96",
        "1000, 999",
        "1000, 1000",
        "1000, 4096"
    })
    void states_inPiecesOfAnySize_comeBackAsTheyWere(int bytes, int piece) {
        for (int aside : new int[] {0, 2, SLOTS}) {
            // The caller has pieces for a part of a state, for one, for all.
            for (int pinned : new int[] {0, bytes + piece, 10 * bytes}) {
                try (Transfers transfers = transfers(aside, piece, pinned)) {
                    roundTrip(transfers, bytes);
                    roundTrip(transfers, bytes);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1000", "0, 1", "2, 1000", "2, 64", "6, 1000"})
    void states_inBlocks_comeBackAsTheyWereWithoutPieces(int aside, int bytes) {
        try (Transfers transfers = transfers(aside)) {
            List<MemorySegment> states = new ArrayList<>();
            for (int slot = 0; slot < SLOTS; slot++) {
                states.add(locked(transfers, random(slot, bytes)));
            }
            long made = EmulatedDriver.calls("cuMemHostAlloc");
            for (int again = 0; again < 3; again++) {
                List<CompletableFuture<Void>> on = new ArrayList<>();
                for (int slot = 0; slot < SLOTS; slot++) {
                    on.add(transfers.in(slot(slot, bytes), states.get(slot)));
                }
                on.forEach(TransfersTest::await);
                states.forEach(state -> state.fill((byte) 0));
                on.clear();
                for (int slot = 0; slot < SLOTS; slot++) {
                    on.add(transfers.out(slot(slot, bytes), states.get(slot)));
                }
                on.forEach(TransfersTest::await);
                for (int slot = 0; slot < SLOTS; slot++) {
                    assertEqual(states.get(slot), random(slot, bytes));
                }
            }
            assertThat(EmulatedDriver.calls("cuMemHostAlloc")).isEqualTo(made);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, -1", "0, 0", "6, -1", "6, 0", "6, 1", "6, 2"})
    void blocks_whileAStreamIsHeld_keepTheirOrderAndNobodyWaiting(int aside, int stream) {
        try (Transfers transfers = transfers(aside)) {
            MemorySegment source = locked(transfers, random(1, BYTES));
            MemorySegment target = locked(transfers, empty(BYTES));
            // All of them, that of the steps, of states that leave, of states that arrive.
            EmulatedDriver.hold(stream < 0 ? 0 : streamsBefore + stream);
            CompletableFuture<Void> read = transfers.in(slot(3, BYTES), source);
            CompletableFuture<Void> written = transfers.out(slot(3, BYTES), target);
            assertThat(written).isNotDone();
            EmulatedDriver.go();
            await(read);
            source.fill((byte) 0xff);
            await(written);
            assertEqual(target, random(1, BYTES));
        }
    }

    @Test
    void blocks_thatOutliveTheDevicesOwner_keepTheirNumbers() {
        MemorySegment state;
        try (Transfers transfers = transfers(1)) {
            transfers.in(slot(2, BYTES), random(5, BYTES));
            state = locked(transfers, empty(BYTES));
            await(transfers.out(slot(2, BYTES), state));
        }
        slots.close();
        steps.close();
        context.close();
        assertEqual(state, random(5, BYTES));
        blocks.getLast().close();
        assertThat(state.scope().isAlive()).isFalse();
        blocks.clear();
        open();
    }

    @Test
    void blocks_whereNoMoreIsLocked_areOrdinaryMemory() {
        try (Transfers transfers = transfers(1)) {
            EmulatedDriver.fail("cuMemHostRegister_v2", 1, OUT_OF_MEMORY);
            MemorySegment state = locked(transfers, random(3, BYTES));
            assertThat(transfers.in(slot(0, BYTES), state)).isCompleted(); // in pieces
            state.fill((byte) 0);
            await(transfers.out(slot(0, BYTES), state));
            assertEqual(state, random(3, BYTES));
            long freed = EmulatedDriver.calls("cuMemHostUnregister");
            blocks.removeLast().close();
            assertThat(EmulatedDriver.calls("cuMemHostUnregister")).isEqualTo(freed);
            assertThat(state.scope().isAlive()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, SLOTS})
    void states_thatGrow_comeBackFromTheirPages(int aside) {
        StateLayout.Field history =
                new StateLayout.Field("history", DType.F32, Shape.of(1), 0, true);
        StateLayout layout = new StateLayout(List.of(history), 64, Float.BYTES);
        PagedState paged = new PagedState(layout, 300);
        paged.add(slots.address() + 5000, 64);
        paged.add(slots.address() + 3001, Pages.POSITIONS * Float.BYTES);
        paged.add(slots.address() + 1000, Pages.POSITIONS * Float.BYTES);
        int bytes = (int) layout.bytes(300);
        for (int pinned : new int[] {0, 100 * PIECE}) {
            try (Transfers transfers = transfers(aside, PIECE, pinned)) {
                transfers.in(paged, random(1, bytes));
                MemorySegment target = empty(bytes);
                await(transfers.out(paged, target));
                assertEqual(target, random(1, bytes));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, SLOTS})
    void in_onceItReturns_hasCopiedTheSource(int aside) {
        try (Transfers transfers = transfers(aside)) {
            MemorySegment source = random(1, BYTES);
            EmulatedDriver.hold(0);
            transfers.in(slot(0, BYTES), source);
            source.fill((byte) 0xff);
            EmulatedDriver.go();
            MemorySegment target = empty(BYTES);
            await(transfers.out(slot(0, BYTES), target));
            assertEqual(target, random(1, BYTES));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, SLOTS})
    void transfers_ofAThreadsOwnMemory_areOverWhenTheyReturn(int aside) {
        try (Transfers transfers = transfers(aside, PIECE, 0);
                Arena own = Arena.ofConfined()) {
            MemorySegment state = own.allocate(BYTES).copyFrom(random(1, BYTES));
            transfers.in(slot(0, BYTES), state);
            state.fill((byte) 0);
            assertThat(transfers.out(slot(0, BYTES), state)).isCompleted();
            assertEqual(state, random(1, BYTES));
        }
    }

    @Test
    void in_whileStatesThatLeaveWaitForAStep_isNotHeldBack() {
        try (Transfers transfers = transfers(SLOTS - 1)) {
            roundTrip(transfers, BYTES);
            EmulatedDriver.hold(streamsBefore); // the stream of the steps
            List<CompletableFuture<Void>> leaving = new ArrayList<>();
            List<MemorySegment> targets = new ArrayList<>();
            for (int slot = 0; slot < SLOTS - 1; slot++) {
                targets.add(empty(BYTES));
                leaving.add(transfers.out(slot(slot, BYTES), targets.get(slot)));
            }
            transfers.in(slot(0, BYTES), random(77, BYTES));
            assertThat(leaving).noneMatch(CompletableFuture::isDone);
            EmulatedDriver.go();
            for (int slot = 0; slot < SLOTS - 1; slot++) {
                await(leaving.get(slot));
                assertEqual(targets.get(slot), random(slot, BYTES)); // as it was before
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, SLOTS})
    void close_whileStatesAreOnTheirWay_waitsForThem(int aside) throws Exception {
        List<CompletableFuture<Void>> leaving = new ArrayList<>();
        List<MemorySegment> targets = new ArrayList<>();
        Transfers transfers = transfers(aside, PIECE, 20 * BYTES);
        roundTrip(transfers, BYTES);
        EmulatedDriver.hold(0);
        for (int slot = 0; slot < SLOTS; slot++) {
            targets.add(empty(BYTES));
            leaving.add(transfers.out(slot(slot, BYTES), targets.get(slot)));
        }
        CompletableFuture<Void> closed = CompletableFuture.runAsync(transfers::close);
        assertThat(leaving).noneMatch(CompletableFuture::isDone);
        assertThat(closed).isNotDone();
        EmulatedDriver.go();
        closed.get(30, TimeUnit.SECONDS);
        for (int slot = 0; slot < SLOTS; slot++) {
            assertThat(leaving.get(slot)).isCompleted();
            assertEqual(targets.get(slot), random(slot, BYTES));
        }
    }

    /** What a state's way takes. */
    private static List<String> calls() {
        return List.of(
                "cuMemcpyDtoHAsync_v2",
                "cuMemcpyHtoDAsync_v2",
                "cuMemcpyDtoDAsync_v2",
                "cuEventRecord",
                "cuEventSynchronize",
                "cuEventQuery",
                "cuEventCreate",
                "cuStreamWaitEvent",
                "cuMemHostAlloc",
                "cuMemHostRegister_v2");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void transfers_afterAnyCallFailed_failOnceAndGoOn(String call) {
        for (int aside : new int[] {0, SLOTS}) {
            for (int nth = 1; nth <= PIECES + 2; nth++) {
                // As few pieces as can be: one that was not given back would be missed.
                try (Transfers transfers = transfers(aside, PIECE, 0)) {
                    boolean warm = nth % 2 == 0;
                    if (warm) {
                        roundTrip(transfers, BYTES);
                    }
                    EmulatedDriver.fail(call, nth, NOT_PERMITTED);
                    failing(transfers, random(5, BYTES), empty(BYTES));
                    EmulatedDriver.fail(call, 0, 0);
                    for (int again = 0; again < 4; again++) {
                        roundTrip(transfers, BYTES);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void blocks_afterAnyCallFailed_failOnceAndGoOn(String call) {
        for (int aside : new int[] {0, 1}) {
            for (int nth = 1; nth <= 6; nth++) {
                try (Transfers transfers = transfers(aside, PIECE, 0)) {
                    MemorySegment source = locked(transfers, random(5, BYTES));
                    MemorySegment target = locked(transfers, empty(BYTES));
                    EmulatedDriver.fail(call, nth, NOT_PERMITTED);
                    failing(transfers, source, target);
                    EmulatedDriver.fail(call, 0, 0);
                    for (int again = 0; again < 4; again++) {
                        await(transfers.in(slot(1, BYTES), source));
                        await(transfers.out(slot(1, BYTES), target));
                        assertEqual(target, random(5, BYTES));
                    }
                }
            }
        }
    }

    /** Lets a state in and out, of which either may fail; nothing is written after that. */
    private void failing(Transfers transfers, MemorySegment source, MemorySegment target) {
        try {
            await(transfers.in(slot(0, BYTES), source));
        } catch (BackendException e) {
            assertThat(e).hasMessageContaining("could not");
        } catch (CompletionException e) {
            assertThat(e).hasCauseInstanceOf(BackendException.class);
        }
        try {
            await(transfers.out(slot(0, BYTES), target));
        } catch (BackendException e) {
            assertThat(e).hasMessageContaining("could not");
        } catch (CompletionException e) {
            assertThat(e).hasCauseInstanceOf(BackendException.class);
        }
        target.fill((byte) 1);
        steps.synchronize();
        assertThat(target.toArray(ValueLayout.JAVA_BYTE)).containsOnly(1);
    }

    @Test
    void transfers_withoutPinnedMemory_sayThatThereIsNone() {
        try (Transfers transfers = transfers(SLOTS)) {
            EmulatedDriver.fail("cuMemHostAlloc", 2, OUT_OF_MEMORY);
            assertThatThrownBy(() -> transfers.in(slot(0, BYTES), random(1, BYTES)))
                    .isInstanceOf(DeviceMemoryException.class)
                    .hasMessageContaining("bytes of host memory: ")
                    .hasMessageContaining("; let what else runs on this machine take less");
            EmulatedDriver.fail("cuMemHostAlloc", 2, OUT_OF_MEMORY);
            assertThatThrownBy(() -> await(transfers.out(slot(0, BYTES), empty(BYTES))))
                    .hasCauseInstanceOf(DeviceMemoryException.class);
            roundTrip(transfers, BYTES);
        }
    }

    @ParameterizedTest
    @CsvSource({"cuEventSynchronize, 0", "cuEventSynchronize, 6", "cuEventRecord, 0"})
    void blocks_ofADeviceThatIsLost_failAndKeepTheirMemory(String call, int aside) {
        try (Transfers transfers = transfers(aside)) {
            MemorySegment state = locked(transfers, random(1, BYTES));
            await(transfers.in(slot(0, BYTES), state));
            EmulatedDriver.fail(call, 1, LAUNCH_FAILED);
            assertThatThrownBy(() -> await(transfers.out(slot(0, BYTES), state)))
                    .satisfiesAnyOf(
                            e -> assertThat(e).isInstanceOf(DeviceLostException.class),
                            e -> assertThat(e).hasCauseInstanceOf(DeviceLostException.class));
            assertThatThrownBy(() -> transfers.in(slot(0, BYTES), state))
                    .isInstanceOf(DeviceLostException.class);
            assertThat(state.scope().isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cuMemcpyDtoHAsync_v2, 0", "cuMemcpyDtoHAsync_v2, 6", "cuEventSynchronize, 0",
        "cuEventSynchronize, 6", "cuEventRecord, 0", "cuEventRecord, 6"
    })
    void out_ofADeviceThatIsLostInTheMiddle_failsAndCloses(String call, int aside) {
        try (Transfers transfers = transfers(aside)) {
            roundTrip(transfers, BYTES);
            EmulatedDriver.fail(
                    call, aside == 0 || !call.endsWith("Record") ? 5 : 1, LAUNCH_FAILED);
            assertThatThrownBy(() -> await(transfers.out(slot(0, BYTES), empty(BYTES))))
                    .satisfiesAnyOf(
                            e -> assertThat(e).isInstanceOf(DeviceLostException.class),
                            e -> assertThat(e).hasCauseInstanceOf(DeviceLostException.class));
            assertThatThrownBy(() -> transfers.in(slot(0, BYTES), random(1, BYTES)))
                    .isInstanceOf(DeviceLostException.class);
        }
    }
}
