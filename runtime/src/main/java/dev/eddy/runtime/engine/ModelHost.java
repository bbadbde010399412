package dev.eddy.runtime.engine;

import dev.eddy.kernels.backend.DeviceLostException;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.program.Program;
import dev.eddy.runtime.metrics.Metric;
import dev.eddy.runtime.metrics.Metrics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One model on the engine's device: its sessions, its slots, and its steps in flight. Touched on
 * the engine's thread alone.
 */
final class ModelHost {
    /** One step runs, one more may be prepared behind it. */
    private static final int FLIGHTS = 2;

    /** Rows that fill a step's time before anything was measured. */
    private static final int FIRST_GUESS_ROWS = 32;

    private final EngineModel model;
    private final EngineSettings settings;
    private final Consumer<DeviceLostException> lost;
    private final AtomicInteger tenants = new AtomicInteger();
    private final Executable executable;
    private final Slots slots;
    private final HostMemory memory;
    private final CostModel costs;
    private final Planner planner;
    private final Filler filler;
    private final Scatter scatter;
    private final ArrayDeque<Flight> idleFlights = new ArrayDeque<>(FLIGHTS);
    private final ArrayDeque<Flight> inFlight = new ArrayDeque<>(FLIGHTS);
    private final Admission admission;
    private final Set<Tenant> open = new HashSet<>();
    private final ArrayDeque<EngineCommand.Open> openings = new ArrayDeque<>();
    private final List<Tenant> copies = new ArrayList<>();
    private final Metrics.Histogram batchEntries;
    private final Metrics.Histogram batchElements;
    private final Metrics.Histogram stepTime;
    private final Metrics.Gauge hostBytes;
    private long lastCompletion;

    /**
     * A model's host.
     *
     * @param later runs an action on the engine's thread, soon
     * @param wake called from other threads when a step completes, or there is memory for a state
     * @param lost told when the device is found to be lost, before any session is
     */
    ModelHost(
            String device,
            EngineModel model,
            EngineSettings settings,
            Consumer<Runnable> later,
            Runnable wake,
            Consumer<DeviceLostException> lost,
            Metrics metrics) {
        this.model = model;
        this.settings = settings;
        this.lost = lost;
        executable = model.executable();
        memory = HostMemory.of(model, wake);
        admission = new Admission(model);
        slots = new Slots(device, model, memory, admission, settings, later, metrics);
        costs = new CostModel(settings.maxStep().toNanos(), FIRST_GUESS_ROWS);
        planner = new Planner(model.options(), costs, settings);
        filler = new Filler(metrics.histogram(Metric.QUEUE_TIME, model.name()));
        scatter = new Scatter(model, metrics);
        for (int i = 0; i < FLIGHTS; i++) {
            idleFlights.add(new Flight(executable.newStep(), model.options().maxEntries(), wake));
        }
        batchEntries = metrics.histogram(Metric.BATCH_ENTRIES, model.name());
        batchElements = metrics.histogram(Metric.BATCH_ELEMENTS, model.name());
        stepTime = metrics.histogram(Metric.STEP_TIME, model.name());
        hostBytes = metrics.gauge(Metric.MEMORY, device, model.name(), "host");
        metrics.gauge(Metric.MEMORY, device, model.name(), "weights")
                .set(executable.memory().weights());
        metrics.gauge(Metric.MEMORY, device, model.name(), "arena")
                .set(executable.memory().slot() * executable.memory().slots());
        metrics.gauge(Metric.MEMORY, device, model.name(), "pages")
                .set(executable.memory().pages());
    }

    EngineModel model() {
        return model;
    }

    /** True if every element yields an output row, without sampling. */
    boolean hasRows() {
        return model.program().output() instanceof Program.Output.Floats;
    }

    /**
     * Refuses elements that the program cannot absorb; from any thread.
     *
     * @throws InvalidRequestException naming the first that does not fit
     */
    void check(Elements elements) {
        switch (model.program().input()) {
            case Program.Input.Ids input -> {
                if (!(elements instanceof Elements.Ids ids)) {
                    throw new InvalidRequestException(model.name() + " absorbs ids, not frames");
                }
                for (int id : ids.values()) {
                    if (id < 0 || id >= input.vocabulary()) {
                        throw new InvalidRequestException(
                                "id "
                                        + id
                                        + " is not below the vocabulary of "
                                        + input.vocabulary());
                    }
                }
            }
            case Program.Input.Frames input -> {
                if (!(elements instanceof Elements.Frames frames)
                        || frames.width() != input.width()
                        || frames.values().length % input.width() != 0) {
                    throw new InvalidRequestException(
                            model.name() + " absorbs frames of " + input.width() + " floats");
                }
            }
        }
        if (elements.count() == 0) {
            throw new InvalidRequestException("no elements to absorb");
        }
    }

    // ---- sessions come and go

    /** A session that is to be opened; from any thread. */
    Tenant tenant(Opening opening, LeaseListener listener) {
        Tenant tenant = new Tenant(this, opening, listener);
        tenants.incrementAndGet();
        return tenant;
    }

    /** Slots beyond the sessions that are open or opening; from any thread. */
    long freeSlots() {
        return (long) slots.count() - tenants.get();
    }

    /** True if no session is open or opening. */
    boolean isEmpty() {
        return tenants.get() == 0;
    }

    private void ended(Tenant tenant) {
        tenant.phase = Tenant.Phase.ENDED;
        tenants.decrementAndGet();
    }

    /** Admits a session, refuses it, or lets it wait until idle ones have made room. */
    void open(EngineCommand.Open opening, long now) {
        if (openings.isEmpty() && admission.hasRoom(opening.tenant().limit)) {
            admit(opening.tenant(), now);
        } else if (press(now)) {
            openings.add(opening);
        } else {
            refuse(opening.tenant());
        }
    }

    /** Asks everyone to leave with their states. */
    void vacate() {
        openings.forEach(opening -> opening.tenant().reports.report(new Report.Vacate()));
        open.forEach(tenant -> tenant.reports.report(new Report.Vacate()));
    }

    /**
     * Lets everyone go because the device is lost: those whose state is in host memory with it, the
     * others to be brought back from their logs.
     */
    void evacuate(DeviceLostException cause) {
        openings.forEach(opening -> fail(opening.tenant(), cause));
        openings.clear();
        copies.clear();
        for (Tenant tenant : List.copyOf(open)) {
            boolean whole =
                    tenant.slot < 0
                            && tenant.hostState != null
                            && !tenant.foreign
                            && !tenant.leavingSlot
                            && tenant.inFlight == 0;
            if (!whole || !slots.copy(tenant, true, snapshot -> left(tenant, snapshot))) {
                fail(tenant, cause);
            }
        }
    }

    private void admit(Tenant tenant, long now) {
        open.add(tenant);
        admission.enter(tenant.limit);
        tenant.phase = Tenant.Phase.OPEN;
        tenant.reports.report(new Report.Opened());
        wake(tenant, now);
    }

    private void refuse(Tenant tenant) {
        refuse(tenant, admission.refusal(tenant.limit));
    }

    void refuse(Tenant tenant, Report.Refused refusal) {
        ended(tenant);
        tenant.reports.report(refusal);
    }

    /** Asks the session that has been idle for longest to leave; false if none is. */
    private boolean press(long now) {
        Tenant idlest = null;
        for (Tenant tenant : open) {
            if (tenant.phase == Tenant.Phase.OPEN
                    && !tenant.pressed
                    && tenant.look(now) == Due.NOTHING
                    && tenant.inFlight == 0
                    && now - tenant.idleSince >= settings.idleGrace().toNanos()
                    && (idlest == null || tenant.idleSince < idlest.idleSince)) {
                idlest = tenant;
            }
        }
        if (idlest == null) {
            return false;
        }
        idlest.pressed = true;
        idlest.reports.report(new Report.Pressed());
        return true;
    }

    /** Puts a session in line for a slot if it has work, and ends turns that are over. */
    void wake(Tenant tenant, long now) {
        if (tenant.phase != Tenant.Phase.OPEN) {
            return;
        }
        Reports out = tenant.reports.open();
        boolean first = out.size() == 0;
        tenant.settle(out);
        tenant.reports.publish(out, first);
        if (tenant.look(now) != Due.NOTHING) {
            tenant.pressed = false;
            slots.watch(tenant);
            slots.await(tenant);
        }
    }

    /** Copies a session's state out as soon as nothing of it is in flight. */
    void save(Tenant tenant) {
        if (tenant.phase == Tenant.Phase.OPEN && !tenant.saveWanted) {
            tenant.saveWanted = true;
            copies.add(tenant);
        }
    }

    /** Ends a lease as soon as nothing of it is in flight. */
    void leave(Tenant tenant, boolean withState) {
        switch (tenant.phase) {
            case OPENING -> {
                openings.removeIf(opening -> opening.tenant() == tenant);
                ended(tenant);
                tenant.reports.report(new Report.Left(tenant.position, null));
            }
            case OPEN -> {
                tenant.phase = Tenant.Phase.LEAVING;
                tenant.leaveWithState = withState;
                tenant.drop();
                if (!tenant.saveWanted) {
                    copies.add(tenant);
                }
            }
            case LEAVING, ENDED -> {}
        }
    }

    /** Ends a lease because its state is lost. */
    void fail(Tenant tenant, RuntimeException cause) {
        if (cause instanceof DeviceLostException gone) {
            lost.accept(gone);
        }
        if (tenant.phase != Tenant.Phase.ENDED) {
            end(tenant);
            tenant.reports.report(new Report.Failed(cause));
        }
    }

    private void end(Tenant tenant) {
        ended(tenant);
        tenant.drop();
        if (open.remove(tenant)) {
            admission.leave(tenant.limit);
        }
        slots.release(tenant);
    }

    /** Ends all leases. */
    void failAll(RuntimeException cause) {
        openings.forEach(opening -> fail(opening.tenant(), cause));
        openings.clear();
        List.copyOf(open).forEach(tenant -> fail(tenant, cause));
    }

    // ---- one turn of the engine's loop

    /** Reads the results of steps that are done. */
    int complete(long now) {
        int done = 0;
        Flight flight = inFlight.peek();
        while (flight != null && flight.isDone()) {
            inFlight.remove();
            done++;
            finish(flight, now);
            flight = inFlight.peek();
        }
        return done;
    }

    private void finish(Flight flight, long now) {
        Step step = flight.step;
        long took = now - Math.max(flight.submittedAt, lastCompletion);
        lastCompletion = now;
        costs.observe(step.rows(), step.selected(), took);
        stepTime.record(Math.max(0, took));
        batchEntries.record(step.entries());
        batchElements.record(step.rows());
        RuntimeException failure = step.failure();
        for (int e = 0; e < step.entries(); e++) {
            Tenant tenant = flight.tenants[e];
            if (tenant == null) {
                continue;
            }
            tenant.inFlight--;
            if (tenant.phase == Tenant.Phase.ENDED) {
                slots.release(tenant);
            } else if (failure != null) {
                fail(tenant, failure);
            } else {
                scatter.entry(flight, e, tenant, now);
                slots.watch(tenant);
            }
        }
        flight.submitted = false;
        idleFlights.add(flight);
    }

    /** Admits, copies and seats sessions as far as that is possible now. */
    int arrange(long now) {
        int done = 0;
        while (!openings.isEmpty() && admission.hasRoom(openings.element().tenant().limit)) {
            admit(openings.remove().tenant(), now);
            done++;
        }
        while (!openings.isEmpty()
                && now - openings.element().at() >= settings.openWait().toNanos()) {
            refuse(openings.remove().tenant());
            done++;
        }
        for (int i = copies.size() - 1; i >= 0; i--) {
            Tenant tenant = copies.get(i);
            if (tenant.inFlight == 0 && copyOut(tenant, now)) {
                copies.remove(i);
                done++;
            }
        }
        if (!idleFlights.isEmpty()) {
            // Else states that leave and arrive would wait for two steps instead of one, and who
            // arrives could not be in the next one any sooner.
            done += slots.seat(now);
        }
        if (done > 0) {
            hostBytes.set(memory.usedBytes());
        }
        return done;
    }

    private boolean copyOut(Tenant tenant, long now) {
        switch (tenant.phase) {
            case OPEN -> {
                return slots.copy(
                        tenant,
                        false,
                        snapshot -> {
                            tenant.saveWanted = false;
                            tenant.reports.report(new Report.Saved(snapshot));
                            wake(tenant, now);
                        });
            }
            case LEAVING -> {
                return tenant.leaveWithState
                        ? slots.copy(tenant, true, snapshot -> left(tenant, snapshot))
                        : left(tenant, null);
            }
            case OPENING, ENDED -> {
                return true;
            }
        }
        throw new AssertionError(tenant.phase);
    }

    private boolean left(Tenant tenant, @Nullable Snapshot snapshot) {
        if (tenant.phase != Tenant.Phase.ENDED) {
            end(tenant);
            tenant.reports.report(new Report.Left(tenant.position, snapshot));
        }
        return true;
    }

    /**
     * Looks for entries for a step; the earliest deadline among them, or {@link Long#MAX_VALUE} if
     * there is nothing to submit.
     */
    long plan(long now) {
        planner.clear();
        Flight behind = inFlight.peek();
        if (idleFlights.isEmpty() || behind != null && behind.hasRows) {
            return Long.MAX_VALUE;
        }
        long patience = settings.patience().toNanos();
        for (int slot = slots.nextWatched(0); slot >= 0; slot = slots.nextWatched(slot + 1)) {
            Tenant tenant = slots.resident(slot);
            if (tenant == null) {
                throw new IllegalStateException("slot " + slot + " is watched and empty");
            }
            tenant.yielding &= slots.isAnyoneWaiting();
            Due due = tenant.look(now);
            if (due != Due.NOTHING) {
                planner.add(tenant, due, tenant.deadline(due, patience));
            } else if (!tenant.yielding) {
                // Whatever gives it something to do watches it again; time alone does not.
                slots.unwatch(slot);
            }
        }
        return planner.isEmpty() ? Long.MAX_VALUE : planner.earliest();
    }

    /** Submits what {@link #plan} found. */
    void submit(long now) {
        planner.choose();
        Flight flight = idleFlights.remove();
        flight.step.reset();
        flight.submittedAt = now;
        try {
            filler.fill(flight, planner, now);
            flight.step.seal();
            flight.submitted = true;
            inFlight.add(flight);
            executable.submit(flight.step);
        } catch (RuntimeException e) {
            inFlight.remove(flight);
            abandon(flight, e);
        }
    }

    /** Fails the sessions of a step that was not taken. */
    private void abandon(Flight flight, RuntimeException cause) {
        for (int e = 0; e < flight.step.entries(); e++) {
            Tenant tenant = flight.tenants[e];
            if (tenant != null) {
                tenant.inFlight--;
                fail(tenant, cause);
                slots.release(tenant);
            }
        }
        flight.submitted = false;
        idleFlights.add(flight);
    }

    int flights() {
        return inFlight.size();
    }

    /** True if time alone may let someone in. */
    boolean isAnyoneWaiting() {
        return slots.isAnyoneWaiting() || !openings.isEmpty() || !copies.isEmpty();
    }

    /** Waits for steps in flight, ends all leases and frees the device. */
    void close() {
        for (Flight flight : inFlight) {
            try {
                flight.step.await();
            } catch (RuntimeException e) {
                // Its sessions end all the same.
            }
        }
        failAll(new EngineException("the engine was closed"));
        memory.stop();
        try {
            executable.close();
        } catch (DeviceLostException e) {
            // There is nothing left to free.
        }
        memory.trim();
    }
}
