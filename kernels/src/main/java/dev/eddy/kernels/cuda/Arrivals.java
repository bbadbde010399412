package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.BackendException;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.program.Program;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** The thread on which steps complete: it waits for each in turn and hands over its results. */
final class Arrivals implements AutoCloseable {
    private final StepOutput layout;
    private final int vocabulary;
    private final Place output;
    private final LinkedBlockingQueue<Object> expected = new LinkedBlockingQueue<>();
    private final Thread thread;

    /** Ends the thread. */
    private static final Object END = new Object();

    Arrivals(StepOutput layout, Program program, Place output) {
        this.layout = layout;
        this.output = output;
        vocabulary = program.input() instanceof Program.Input.Ids ids ? ids.vocabulary() : 0;
        thread = Thread.ofPlatform().daemon().name("eddy-cuda-steps").start(this::run);
    }

    /** A step whose results will be in its flight's buffers. */
    void expect(Flight flight) {
        expected.add(flight);
    }

    private void run() {
        try {
            while (expected.take() instanceof Flight flight) {
                land(flight);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void land(Flight flight) {
        Step step = flight.step();
        @Nullable RuntimeException failure = null;
        try {
            flight.arrived().synchronize();
            layout.read(flight.output(), step, vocabulary);
            if (wantsRows(step)) {
                flight.handOverRows(output);
            }
        } catch (RuntimeException e) {
            failure = e;
            settle(flight, e);
        }
        if (failure == null) {
            step.complete();
        } else {
            step.fail(failure);
        }
    }

    /**
     * Waits once more after a wait failed: the step's buffers are written anew once it has failed.
     */
    private static void settle(Flight flight, RuntimeException failure) {
        try {
            flight.arrived().synchronize();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private static boolean wantsRows(Step step) {
        for (int e = 0; e < step.entries(); e++) {
            if (step.wantsOutput(e)) {
                return step.selected() > 0;
            }
        }
        return false;
    }

    /** Waits for what is expected. */
    @Override
    public void close() {
        expected.add(END);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendException("interrupted while waiting for steps in flight", e);
        }
    }
}
