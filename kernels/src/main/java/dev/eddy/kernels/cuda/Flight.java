package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.cuda.driver.GpuContext;
import dev.eddy.kernels.cuda.driver.GpuEvent;
import dev.eddy.kernels.cuda.driver.GpuStream;
import dev.eddy.kernels.cuda.driver.PinnedMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step's buffers in pinned memory, and the event that says that its results are in them. */
final class Flight implements AutoCloseable {
    private final GpuContext context;
    private final Step step;
    private final PinnedMemory input;
    private final PinnedMemory output;
    private final GpuEvent arrived;
    private final List<PinnedMemory> outgrown = new ArrayList<>();
    private @Nullable PinnedMemory rows;

    Flight(GpuContext context, Step step, StepInput in, StepOutput out) {
        this.context = context;
        this.step = step;
        input = context.pinned(in.bytes());
        output = context.pinned(out.bytes());
        arrived = context.event();
    }

    Step step() {
        return step;
    }

    MemorySegment input() {
        return input.segment();
    }

    MemorySegment output() {
        return output.segment();
    }

    GpuEvent arrived() {
        return arrived;
    }

    /** Adds the copy of the selected rows of a value; null for none. */
    void copyRows(GpuStream stream, @Nullable Place place) {
        if (place == null) {
            return;
        }
        long bytes = 4L * (step.selected() - 1L) * place.stride() + 4L * place.width();
        PinnedMemory held = rows;
        if (held == null || held.segment().byteSize() < bytes) {
            if (held != null) {
                outgrown.add(held); // freeing it would wait for all that is in flight
            }
            held =
                    context.pinned(
                            held == null ? bytes : Math.max(bytes, 2 * held.segment().byteSize()));
            rows = held;
        }
        stream.copyOut(held.segment().asSlice(0, bytes), place.address());
    }

    /** Hands the step the rows that were copied, one directly after the other. */
    void handOverRows(Place place) {
        PinnedMemory held = rows;
        if (held == null) {
            throw new IllegalStateException("no rows were copied");
        }
        MemorySegment all = held.segment();
        long row = 4L * place.width();
        for (int i = 1; i < step.selected() && place.stride() != place.width(); i++) {
            MemorySegment.copy(
                    all,
                    ValueLayout.JAVA_FLOAT,
                    4L * i * place.stride(),
                    all,
                    ValueLayout.JAVA_FLOAT,
                    i * row,
                    place.width());
        }
        step.outputRows(all.asSlice(0, row * step.selected()).asReadOnly());
    }

    @Override
    public void close() {
        arrived.close();
        output.close();
        input.close();
        outgrown.forEach(PinnedMemory::close);
        if (rows != null) {
            rows.close();
        }
    }
}
