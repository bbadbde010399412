package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.DeviceMemoryException;
import dev.eddy.kernels.cuda.driver.GpuContext;
import dev.eddy.kernels.cuda.driver.GpuEvent;
import dev.eddy.kernels.cuda.driver.GpuStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Memory of the device's pool, up to a bound, for states that are set aside. Thread-safe. */
final class Aside implements AutoCloseable {
    private final GpuContext context;
    private final long most;
    private final List<GpuEvent> all = new ArrayList<>();
    private final Deque<GpuEvent> events = new ArrayDeque<>();
    private final Deque<Place> leaving = new ArrayDeque<>();
    private long used;

    /** At most {@code most} bytes, or none where the device has no pool. */
    Aside(GpuContext context, long most) {
        this.context = context;
        this.most = context.usePool() ? most : 0;
    }

    /** Where a state is aside, and an event for whoever has it. */
    static final class Place {
        final GpuEvent event;
        private final long bytes;

        /** 0 once it is given back. */
        private long address;

        private Place(GpuEvent event, long bytes, long address) {
            this.event = event;
            this.bytes = bytes;
            this.address = address;
        }

        long address() {
            return address;
        }

        /** Sets a state aside, in the stream of the steps. */
        void fill(PagedState state, GpuStream steps) {
            state.ranges((device, at, size) -> steps.copy(address + at, device, size));
        }

        /** Brings a state that is aside to its slot, in the stream of the steps. */
        void empty(PagedState state, GpuStream steps) {
            state.ranges((device, at, size) -> steps.copy(device, address + at, size));
        }
    }

    /** Memory for the work of a stream from now on; null if there is no room. */
    synchronized @Nullable Place take(GpuStream first, long bytes) {
        while (!leaving.isEmpty() && leaving.element().event.isDone()) {
            leave(leaving.remove());
        }
        if (bytes > most - used) {
            return null;
        }
        GpuEvent event = events.isEmpty() ? event() : events.pop();
        try {
            Place place = new Place(event, bytes, first.allocate(bytes));
            used += bytes;
            return place;
        } catch (RuntimeException e) {
            events.push(event);
            if (e instanceof DeviceMemoryException) {
                return null; // it travels without
            }
            throw e;
        }
    }

    private GpuEvent event() {
        GpuEvent event = context.event();
        all.add(event);
        return event;
    }

    private void leave(Place place) {
        used -= place.bytes;
        events.push(place.event);
    }

    /** Gives memory back after the work added to a stream so far, which records its event. */
    synchronized void giveLater(Place place, GpuStream last) {
        free(place, last);
        last.record(place.event);
        leaving.add(place);
    }

    /**
     * Waits after a failure until nothing in these streams is on its way, and gives the memory back
     * if there is any and it was not given back yet.
     */
    void giveAfter(@Nullable Place place, Throwable failure, GpuStream... streams) {
        try {
            if (place != null) {
                place.event.synchronize();
            }
            for (GpuStream stream : streams) {
                stream.synchronize();
            }
            if (place != null) {
                give(place, streams[0]);
            }
        } catch (RuntimeException e) {
            failure.addSuppressed(e); // nobody uses it any more
        }
    }

    private synchronized void give(Place place, GpuStream stream) {
        free(place, stream);
        leave(place);
    }

    private static void free(Place place, GpuStream last) {
        long address = place.address;
        place.address = 0;
        if (address != 0) {
            last.free(address);
        }
    }

    /** Frees the events; all work must be over. */
    @Override
    public void close() {
        all.forEach(GpuEvent::close);
    }
}
