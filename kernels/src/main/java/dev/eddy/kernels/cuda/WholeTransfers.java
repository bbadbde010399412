package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.driver.GpuStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * States between slots and {@link LockedBlocks}: the device copies them by itself, whole. Used on
 * one thread.
 */
final class WholeTransfers {
    private final GpuStream steps;
    private final GpuStream leaving;
    private final GpuStream arriving;
    private final Aside aside;
    private final Executor receiver;

    /**
     * Copies in the streams of others.
     *
     * @param steps where the states change
     * @param receiver runs what waits for the device, in order
     */
    WholeTransfers(
            GpuStream steps,
            GpuStream leaving,
            GpuStream arriving,
            Aside aside,
            Executor receiver) {
        this.steps = steps;
        this.leaving = leaving;
        this.arriving = arriving;
        this.aside = aside;
        this.receiver = receiver;
    }

    /** As {@link Transfers#out}, into a block. */
    CompletableFuture<Void> out(PagedState state, LockedBlocks.Block block) {
        Aside.Place place = aside.take(state.bytes());
        GpuStream bus = place != null ? leaving : steps;
        try {
            if (place != null) {
                place.fill(state, steps);
                steps.record(place.event);
                leaving.await(place.event);
                leaving.copyOut(block.segment().asSlice(0, state.bytes()), place.address());
            } else {
                state.ranges((address, at, bytes) ->
                        steps.copyOut(block.segment().asSlice(at, bytes), address));
            }
            bus.record(block.over());
            if (place != null) {
                aside.giveLater(place, leaving);
            }
        } catch (RuntimeException e) {
            aside.giveAfter(place, e, steps, bus);
            throw e;
        }
        return expect(block, bus);
    }

    /** As {@link Transfers#in}, from a block. */
    CompletableFuture<Void> in(PagedState state, LockedBlocks.Block block) {
        Aside.Place place = aside.take(state.bytes());
        GpuStream bus = place != null ? arriving : steps;
        try {
            if (place != null) {
                arriving.copyIn(place.address(), block.segment().asSlice(0, state.bytes()));
            } else {
                state.ranges((address, at, bytes) ->
                        steps.copyIn(address, block.segment().asSlice(at, bytes)));
            }
            bus.record(block.over());
            if (place != null) {
                steps.await(block.over());
                place.empty(state, steps);
                aside.giveLater(place, steps);
            }
        } catch (RuntimeException e) {
            aside.giveAfter(place, e, steps, bus);
            throw e;
        }
        return expect(block, bus);
    }

    /** Completes when the device has done with a block. */
    private CompletableFuture<Void> expect(LockedBlocks.Block block, GpuStream bus) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        block.over().synchronize();
                    } catch (RuntimeException e) {
                        aside.giveAfter(null, e, bus);
                        throw e;
                    }
                },
                receiver);
    }
}
