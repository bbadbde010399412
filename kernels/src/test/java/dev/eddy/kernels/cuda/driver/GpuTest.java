package dev.eddy.kernels.cuda.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class GpuTest {
    private static final int COUNT = 1000;

    @BeforeAll
    static void needsTheDriver() {
        EmulatedDriver.assumeBuilt();
    }

    @Test
    void launch_ofAKernel_computesWhatItsSourceSays() {
        try (Arena arena = Arena.ofConfined();
                GpuContext context = Gpu.open(0);
                GpuStream stream = context.stream();
                GpuModule module = context.load(KernelImages.of("probe"));
                PinnedMemory host = context.pinned(3L * COUNT * Float.BYTES);
                DeviceMemory device = context.allocate(3L * COUNT * Float.BYTES)) {
            MemorySegment values = host.segment();
            IntStream.range(0, 2 * COUNT)
                    .forEach(i -> values.setAtIndex(ValueLayout.JAVA_FLOAT, i, i));
            long inputBytes = 2L * COUNT * Float.BYTES;
            stream.copyIn(device.address(), values.asSlice(0, inputBytes));
            stream.launch(
                    module.function("probe"),
                    8,
                    1,
                    1,
                    128,
                    0,
                    1,
                    true,
                    params(arena, device, COUNT));
            stream.copyOut(values.asSlice(inputBytes), device.address() + inputBytes);
            stream.synchronize();
            for (int i = 0; i < COUNT; i++) {
                assertThat(values.getAtIndex(ValueLayout.JAVA_FLOAT, 2 * COUNT + i))
                        .isEqualTo(i + (COUNT + i));
            }
        }
    }

    @Test
    void open_ofADeviceThatIsNotThere_namesThoseThatAre() {
        assertThatThrownBy(() -> Gpu.open(7))
                .isInstanceOf(GpuException.class)
                .hasMessage("there is no CUDA device 7; this machine has devices 0 to 1");
    }

    static MemorySegment params(Arena arena, DeviceMemory device, int count) {
        MemorySegment params = arena.allocate(32, 8);
        long bytes = (long) count * Float.BYTES;
        params.set(ValueLayout.JAVA_LONG, 0, device.address());
        params.set(ValueLayout.JAVA_LONG, 8, device.address() + bytes);
        params.set(ValueLayout.JAVA_LONG, 16, device.address() + 2 * bytes);
        params.set(ValueLayout.JAVA_INT, 24, count);
        return params;
    }
}
