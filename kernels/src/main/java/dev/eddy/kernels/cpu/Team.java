package dev.eddy.kernels.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The compute threads of one executable: the submitting thread and helpers that claim chunks of the
 * same job. Without locks; nothing is allocated. Whoever waits spins for as long as a step's next
 * job may take to come, then gives its core to others: helpers park until they are woken, the
 * submitting thread yields and then sleeps in short turns, since a helper that was preempted cannot
 * end its chunk on a core that is spun on.
 *
 * <p>A ticket holds (epoch, chunks of the job, next chunk), so one atomic increment claims a chunk
 * of a job that cannot end before the chunk does; a helper that wakes late finds nothing left and
 * holds nobody up. Which thread computes a chunk never shows in a result.
 */
final class Team implements AutoCloseable {
    /** What the threads share out. */
    interface Job {
        /** Computes one chunk; chunks of a job are independent. */
        void run(int chunk, Worker worker);
    }

    /** Most chunks of one job. */
    static final int MAX_CHUNKS = 1 << 18;

    private static final int FIELD = 20;
    private static final long MASK = (1L << FIELD) - 1;

    /** About 30 to 50 microseconds on x86, longer than the gap between two jobs of a step. */
    private static final int SPINS = 1000;

    /** Times that the submitting thread yields before it sleeps. */
    private static final int YIELDS = 100;

    private static final long NAP_NANOS = 50_000;

    private final Worker[] workers;
    private final Helper[] helpers;
    private final AtomicLong ticket = new AtomicLong();
    private final AtomicInteger done = new AtomicInteger();
    private @Nullable Job job;
    private long epoch;
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;

    /** Starts a helper for each worker but the first, which is the caller's. */
    Team(Worker[] workers) {
        this.workers = workers;
        helpers = new Helper[workers.length - 1];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Helper(workers[i + 1]);
            helpers[i].start();
        }
    }

    /** Runs all chunks of a job; returns when they are done. One thread at a time may call it. */
    void run(Job job, int chunks) {
        if (chunks == 1 || helpers.length == 0) {
            for (int chunk = 0; chunk < chunks; chunk++) {
                job.run(chunk, workers[0]);
            }
            return;
        }
        this.job = job;
        done.set(0);
        epoch++;
        ticket.set(epoch << 2 * FIELD | (long) chunks << FIELD);
        for (int i = 0; i < helpers.length && i < chunks - 1; i++) {
            helpers[i].wake();
        }
        claim(workers[0]);
        for (int spins = 0; done.get() < chunks; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else if (spins < SPINS + YIELDS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(NAP_NANOS);
            }
        }
        rethrow();
    }

    /** Claims and runs chunks until none is left; the ticket that said so. */
    private long claim(Worker worker) {
        while (true) {
            long claimed = ticket.getAndIncrement();
            int chunk = (int) (claimed & MASK);
            if (chunk >= (claimed >>> FIELD & MASK)) {
                return claimed;
            }
            runOne(chunk, worker);
            done.getAndIncrement();
        }
    }

    private void runOne(int chunk, Worker worker) {
        Job current = job;
        try {
            if (current != null) {
                current.run(chunk, worker);
            }
        } catch (Throwable e) { // The caller must not wait for a chunk that died.
            failure = e;
        }
    }

    private void rethrow() {
        Throwable failed = failure;
        if (failed != null) {
            failure = null;
            throw new IllegalStateException("a compute thread failed: " + failed, failed);
        }
    }

    private static long epochOf(long ticket) {
        return ticket >>> 2 * FIELD;
    }

    /** Ends the helpers; waits for them. */
    @Override
    public void close() {
        closed = true;
        for (Helper helper : helpers) {
            LockSupport.unpark(helper);
        }
        boolean interrupted = false;
        for (Helper helper : helpers) {
            while (helper.isAlive()) {
                try {
                    helper.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Helper extends Thread {
        private final Worker worker;
        private volatile boolean parked;

        Helper(Worker worker) {
            super("eddy-cpu-" + worker.index());
            this.worker = worker;
            setDaemon(true);
        }

        @Override
        public void run() {
            long seen = 0;
            while (awaitAfter(seen)) {
                seen = epochOf(claim(worker));
            }
        }

        /** Waits until there is a job after the one seen; false once the team is closed. */
        private boolean awaitAfter(long seen) {
            for (int spins = 0; !closed; spins++) {
                if (epochOf(ticket.get()) != seen) {
                    return true;
                }
                if (spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    parked = true;
                    if (epochOf(ticket.get()) == seen && !closed) {
                        LockSupport.park(Team.this);
                    }
                    parked = false;
                }
            }
            return false;
        }

        void wake() {
            if (parked) {
                LockSupport.unpark(this);
            }
        }
    }
}
