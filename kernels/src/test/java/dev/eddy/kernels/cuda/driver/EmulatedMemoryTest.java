package dev.eddy.kernels.cuda.driver;

import static dev.eddy.kernels.cuda.driver.Trial.counting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.kernels.backend.DeviceLostException;
import dev.eddy.kernels.backend.DeviceMemoryException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the emulator finds wrong with the use of memory. */
final class EmulatedMemoryTest {
    @BeforeAll
    static void needsTheDriver() {
        EmulatedDriver.assumeBuilt();
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 1_000_000, -2000})
    void kernel_beyondItsMemory_losesTheDeviceAndIsNamed(int index) {
        try (Trial trial = new Trial().given(1)) {
            trial.launch("touch", 1, 0, index);
            assertThatThrownBy(trial.stream::synchronize)
                    .isInstanceOf(DeviceLostException.class)
                    .hasMessageContaining("kernel touch");
        }
    }

    @Test
    void kernel_writingIntoTheRestOfAnAllocationsPage_isNoticed() {
        try (Trial trial = new Trial().given(1);
                DeviceMemory odd = trial.context.allocate(100)) {
            trial.launch("touch", 1, 0, odd.address() + 100, trial.in.address(), 0);
            assertThatThrownBy(trial.stream::synchronize)
                    .isInstanceOf(DeviceLostException.class)
                    .hasMessageContaining("kernel touch wrote past the end of allocation");
        }
    }

    @Test
    void kernel_givenFreedMemory_losesTheDevice() {
        try (Trial trial = new Trial().given(1)) {
            DeviceMemory freed = trial.context.allocate(64);
            freed.close();
            trial.launch("touch", 1, 0, freed.address(), trial.in.address(), 0);
            assertThatThrownBy(trial.stream::synchronize)
                    .isInstanceOf(DeviceLostException.class)
                    .hasMessageContaining("touch of 0 bytes")
                    .hasMessageContaining("freed allocation");
        }
    }

    @Test
    void kernel_givenAnotherDevicesMemory_losesTheDevice() {
        try (Trial trial = new Trial().given(1);
                Trial other = new Trial(1).given(1)) {
            trial.launch("touch", 1, 0, other.out.address(), trial.in.address(), 0);
            assertThatThrownBy(trial.stream::synchronize)
                    .isInstanceOf(DeviceLostException.class)
                    .hasMessageContaining("memory of device 1 used on device 0");
            other.launch("touch", 1, 0, 0);
            assertThat(other.results(1)).containsExactly(1);
        }
    }

    @Test
    void copyOut_ofMemoryThatNobodyWrote_isReported() {
        try (Trial trial = new Trial()) {
            assertThatThrownBy(() -> trial.results(1))
                    .isInstanceOf(DeviceLostException.class)
                    .hasMessageContaining("copy out of memory that nobody wrote")
                    .hasMessageContaining("byte 0 of allocation");
        }
    }

    @Test
    void copyOut_ofWhatWasComputedFromUnwrittenMemory_isReported() {
        try (Trial trial = new Trial()) {
            trial.launch("touch", 1, 0, 0);
            assertThatThrownBy(() -> trial.results(1))
                    .isInstanceOf(DeviceLostException.class)
                    .hasMessageContaining("computed from such");
        }
    }

    @Test
    void copy_beyondAnAllocation_isRefused() {
        try (Trial trial = new Trial()) {
            assertThatThrownBy(() -> trial.stream.copyIn(trial.in.address() + 4, trial.hostIn()))
                    .isInstanceOf(GpuException.class)
                    .hasMessageContaining("CUDA_ERROR_INVALID_VALUE")
                    .hasMessageContaining("4096 bytes from byte 4 of allocation");
            assertThatThrownBy(() -> trial.stream.fill(trial.in.address() - 4, (byte) 0, 8))
                    .isInstanceOf(GpuException.class);
        }
    }

    @Test
    void allocate_moreThanTheDeviceHas_isATypedErrorAndNoMore() {
        try (Trial trial = new Trial().given(1)) {
            long free = trial.context.freeBytes();
            assertThatThrownBy(() -> trial.context.allocate(free + 1))
                    .isInstanceOf(DeviceMemoryException.class)
                    .hasMessageContaining("could not allocate " + (free + 1) + " bytes on device 0")
                    .hasMessageContaining("fewer slots");
            trial.launch("touch", 1, 0, 0);
            assertThat(trial.results(1)).containsExactly(1);
            assertThat(trial.context.freeBytes()).isEqualTo(free);
        }
    }

    @Test
    void pinnedApart_ofManySizes_takesCopiesWithoutTheHostAndGoesInAnyOrder() {
        try (Trial trial = new Trial().given(counting(4))) {
            PinnedMemory first = trial.context.pinnedApart(16);
            try (PinnedMemory second = trial.context.pinnedApart(5000)) {
                assertThat(first.segment().byteSize()).isEqualTo(16);
                assertThat(second.segment().byteSize()).isEqualTo(5000);
                MemorySegment from = first.segment();
                from.copyFrom(MemorySegment.ofArray(new int[] {5, 6, 7, 8}));
                EmulatedDriver.hold(0);
                trial.stream.copyIn(trial.in.address(), from);
                from.fill((byte) 1); // read when the copy is made, as of memory that is locked
                EmulatedDriver.go();
                trial.stream.copyOut(second.segment().asSlice(0, 16), trial.in.address());
                trial.stream.synchronize();
                assertThat(second.segment().asSlice(0, 16).toArray(ValueLayout.JAVA_INT))
                        .containsOnly(0x01010101);
                first.close();
                first.close();
                assertThat(from.scope().isAlive()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pinnedMemory_freedBeforeItsCopyIsDone_isReported(boolean apart) {
        EmulatedDriver.seed(1);
        try (Trial trial = new Trial().given(counting(1))) {
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < 20; i++) {
                                    try (PinnedMemory early =
                                            apart
                                                    ? trial.context.pinnedApart(64)
                                                    : trial.context.pinned(64)) {
                                        trial.stream.copyIn(trial.in.address(), early.segment());
                                    }
                                }
                            })
                    .isInstanceOf(DeviceLostException.class)
                    .hasMessageContaining("pinned memory was freed while a copy");
        }
    }
}
