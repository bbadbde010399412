package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.driver.DeviceMemory;
import dev.eddy.kernels.cuda.driver.GpuContext;
import dev.eddy.kernels.cuda.driver.GpuEvent;
import dev.eddy.kernels.cuda.driver.GpuStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Memory of the device for states that are set aside. What a stream has done with is given to
 * others only when the host has seen that: memory of the device's own pool made a copy over the bus
 * wait for the steps that were under way. Thread-safe.
 */
final class Aside implements AutoCloseable {
    private final GpuContext context;
    private final @Nullable DeviceMemory memory;
    private final List<GpuEvent> all = new ArrayList<>();
    private final Deque<GpuEvent> events = new ArrayDeque<>();

    /** By address, those that leave among them. */
    private final TreeMap<Long, Place> places = new TreeMap<>();

    private final List<Place> leaving = new ArrayList<>();

    /** Room for so many bytes. */
    Aside(GpuContext context, long bytes) {
        this.context = context;
        memory = bytes > 0 ? context.allocate(bytes) : null;
    }

    /** Where a state is aside, and an event for whoever has it. */
    static final class Place {
        final GpuEvent event;
        private final long address;
        private final long bytes;

        private Place(GpuEvent event, long address, long bytes) {
            this.event = event;
            this.address = address;
            this.bytes = bytes;
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

    /** A place that no stream uses; null if there is no room. */
    synchronized @Nullable Place take(long bytes) {
        for (Iterator<Place> it = leaving.iterator(); it.hasNext(); ) {
            Place place = it.next();
            if (place.event.isDone()) {
                it.remove();
                leave(place);
            }
        }
        long address = find(bytes);
        if (address == 0) {
            return null;
        }
        Place place = new Place(events.isEmpty() ? event() : events.pop(), address, bytes);
        places.put(address, place);
        return place;
    }

    /** The first gap of so many bytes, or 0. */
    private long find(long bytes) {
        if (memory == null) {
            return 0;
        }
        long free = memory.address();
        for (Place place : places.values()) {
            if (place.address - free >= bytes) {
                return free;
            }
            free = place.address + place.bytes;
        }
        return memory.address() + memory.bytes() - free >= bytes ? free : 0;
    }

    private GpuEvent event() {
        GpuEvent event = context.event();
        all.add(event);
        return event;
    }

    private void leave(Place place) {
        if (places.remove(place.address, place)) {
            events.push(place.event);
        }
    }

    /** Gives a place back after the work added to a stream so far, which records its event. */
    synchronized void giveLater(Place place, GpuStream last) {
        last.record(place.event);
        leaving.add(place);
    }

    /**
     * Waits after a failure until nothing in these streams is on its way, and gives the place back
     * if there is any.
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
                synchronized (this) {
                    leave(place);
                }
            }
        } catch (RuntimeException e) {
            failure.addSuppressed(e); // nobody uses it any more
        }
    }

    /** Frees memory and events; all work must be over. */
    @Override
    public void close() {
        all.forEach(GpuEvent::close);
        if (memory != null) {
            memory.close();
        }
    }
}
