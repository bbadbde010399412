package dev.eddy.runtime.engine;

import dev.eddy.kernels.backend.DeviceLostException;
import dev.eddy.runtime.metrics.Metrics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's work, one bounded turn at a time: drain commands, read the results of steps that are
 * done, arrange who has a slot, submit the next step. It never waits; whoever runs it does.
 */
final class EngineLoop {
    private static final Logger log = LoggerFactory.getLogger(EngineLoop.class);

    /** Steps in flight on the device: the one that runs and the one behind it. */
    private static final int MAX_FLIGHTS = 2;

    private static final int MAX_COMMANDS = 4096;

    private final CommandQueue queue;
    private final LongSupplier clock;
    private final Map<String, ModelHost> byName = new HashMap<>();
    private final ModelHost[] hosts;
    private final ArrayDeque<Runnable> actions = new ArrayDeque<>();
    private final List<CompletableFuture<Void>> drains = new ArrayList<>();
    private final String device;
    private final Runnable lost;
    private @Nullable DeviceLostException loss;
    private volatile @Nullable Thread owner;

    /**
     * A loop over {@code models}.
     *
     * @param clock nanoseconds, from any origin but 0
     * @param wake called from other threads when a step completes
     * @param lost called once the device is known to be lost, before any session is told
     */
    EngineLoop(
            String device,
            List<EngineModel> models,
            EngineSettings settings,
            CommandQueue queue,
            LongSupplier clock,
            Runnable wake,
            Runnable lost,
            Metrics metrics) {
        this.device = device;
        this.lost = lost;
        this.queue = queue;
        this.clock = clock;
        hosts = new ModelHost[models.size()];
        for (int i = 0; i < hosts.length; i++) {
            EngineModel model = models.get(i);
            ModelHost host =
                    new ModelHost(
                            device,
                            model,
                            settings,
                            action -> later(action, wake),
                            wake,
                            this::lose,
                            metrics);
            hosts[i] = host;
            if (byName.put(model.name(), host) != null) {
                throw new IllegalArgumentException("two models are called " + model.name());
            }
        }
    }

    /** The host of a model, or null. */
    @Nullable ModelHost host(String model) {
        return byName.get(model);
    }

    private void later(Runnable action, Runnable wake) {
        if (Thread.currentThread() == owner) {
            actions.add(action);
        } else {
            queue.put(new EngineCommand.Finish(action));
            wake.run();
        }
    }

    /** One turn; how much was done, 0 if there was nothing to do. */
    int doWork() {
        owner = Thread.currentThread();
        int work = drain();
        long now = clock.getAsLong();
        for (ModelHost host : hosts) {
            work += host.complete(now);
            work += host.arrange(now);
        }
        settleDrains();
        return work + submit(now);
    }

    private void settleDrains() {
        if (drains.isEmpty()) {
            return;
        }
        for (ModelHost host : hosts) {
            if (!host.isEmpty()) {
                return;
            }
        }
        drains.forEach(done -> done.complete(null));
        drains.clear();
    }

    /** Lets everyone go, once, when the device is known to be lost. */
    private void lose(DeviceLostException cause) {
        if (loss != null) {
            return;
        }
        loss = cause;
        lost.run();
        log.atError()
                .addKeyValue("device", device)
                .setCause(cause)
                .log("the device is lost; its sessions go on elsewhere");
        actions.add(() -> {
            for (ModelHost host : hosts) {
                host.evacuate(cause);
            }
        });
    }

    private int drain() {
        int count = 0;
        Runnable action = actions.poll();
        while (action != null) {
            action.run();
            count++;
            action = actions.poll();
        }
        while (count < MAX_COMMANDS) {
            EngineCommand command = queue.poll();
            if (command == null) {
                break;
            }
            execute(command);
            count++;
        }
        return count;
    }

    private void execute(EngineCommand command) {
        long now = clock.getAsLong();
        switch (command) {
            case EngineCommand.Open open -> {
                DeviceLostException cause = loss;
                if (cause == null) {
                    open.tenant().host.open(open, now);
                    if (!drains.isEmpty()) {
                        open.tenant().reports.report(new Report.Vacate());
                    }
                } else {
                    open.tenant().host.fail(open.tenant(), cause);
                }
            }
            case EngineCommand.Refuse(Tenant tenant, String message) ->
                    tenant.host.refuse(tenant, new Report.Refused(message, 0, 0));
            case EngineCommand.Drain drain -> {
                drains.add(drain.done());
                for (ModelHost host : hosts) {
                    host.vacate();
                }
            }
            case EngineCommand.Resume() -> {
                var resumed = new EngineException(device + " was resumed before it was empty");
                drains.forEach(done -> done.completeExceptionally(resumed));
                drains.clear();
            }
            case EngineCommand.Give give -> {
                give.tenant().give(new Work.Absorbing(give.given(), give.at()));
                give.tenant().host.wake(give.tenant(), now);
            }
            case EngineCommand.Generate generate -> {
                generate.tenant().generate(new Work.Sampling(generate.turn(), generate.at()));
                generate.tenant().host.wake(generate.tenant(), now);
            }
            case EngineCommand.Cancel cancel -> {
                cancel.tenant().cancel(cancel.turn());
                cancel.tenant().host.wake(cancel.tenant(), now);
            }
            case EngineCommand.Limit limit -> {
                limit.tenant().credit = limit.outputs();
                limit.tenant().host.wake(limit.tenant(), now);
            }
            case EngineCommand.Save save -> save.tenant().host.save(save.tenant());
            case EngineCommand.Leave leave ->
                    leave.tenant().host.leave(leave.tenant(), leave.withState());
            case EngineCommand.Finish finish -> finish.action().run();
        }
    }

    /** Submits the step that is due first, if the device has room for one. */
    private int submit(long now) {
        int flights = 0;
        for (ModelHost host : hosts) {
            flights += host.flights();
        }
        if (flights >= MAX_FLIGHTS) {
            return 0;
        }
        ModelHost first = null;
        long earliest = Long.MAX_VALUE;
        for (ModelHost host : hosts) {
            long deadline = host.plan(now);
            if (deadline < earliest) {
                first = host;
                earliest = deadline;
            }
        }
        if (first == null) {
            return 0;
        }
        first.submit(now);
        return 1;
    }

    /** True if there is something to look after that no command or completion will announce. */
    boolean isAnyoneWaiting() {
        for (ModelHost host : hosts) {
            if (host.isAnyoneWaiting()) {
                return true;
            }
        }
        return false;
    }

    /** True if nothing was said since the last turn. */
    boolean isQuiet() {
        return queue.isEmpty() && actions.isEmpty();
    }

    /** Ends every lease after a defect, so that no session hangs: each goes on from its log. */
    void recover(RuntimeException cause) {
        if (cause instanceof DeviceLostException gone) {
            lose(gone);
            return;
        }
        log.error("the engine failed; every session on it is restored from its log", cause);
        for (ModelHost host : hosts) {
            host.failAll(new EngineException("the engine failed: " + cause, cause));
        }
    }

    void close() {
        drain();
        for (ModelHost host : hosts) {
            host.close();
        }
    }
}
