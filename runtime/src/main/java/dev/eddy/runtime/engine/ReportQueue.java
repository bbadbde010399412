package dev.eddy.runtime.engine;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Hands one lease's reports from the engine's thread to whoever polls them, without locks.
 *
 * <p>{@code ready} holds the reports that nobody has polled yet, or says who is at work on them:
 * OPEN while the engine appends, WANTED if a poll came meanwhile and went away empty, so that the
 * engine must tell the listener again.
 */
final class ReportQueue {
    private static final Reports OPEN = new Reports();
    private static final Reports WANTED = new Reports();

    private final LeaseListener listener;
    private final AtomicReference<@Nullable Reports> ready = new AtomicReference<>();
    private final AtomicReference<@Nullable Reports> spare = new AtomicReference<>();

    ReportQueue(LeaseListener listener) {
        this.listener = listener;
    }

    /** On the engine's thread: reports to append to; {@link #publish} must follow. */
    Reports open() {
        Reports reports = ready.getAndSet(OPEN);
        if (reports == null) {
            reports = spare.getAndSet(null);
            if (reports == null) {
                reports = new Reports();
            }
        }
        return reports;
    }

    /**
     * On the engine's thread: makes appended reports visible, and tells the listener if they are
     * the first.
     */
    void publish(Reports reports, boolean first) {
        if (reports.size() == 0) {
            ready.set(null);
            spare.set(reports);
            return;
        }
        if (!ready.compareAndSet(OPEN, reports)) {
            ready.set(reports);
            listener.reported();
        } else if (first) {
            listener.reported();
        }
    }

    /** On the engine's thread: one report. */
    void report(Report report) {
        Reports reports = open();
        boolean first = reports.size() == 0;
        reports.add(report);
        publish(reports, first);
    }

    /** All reports so far, or null. */
    @Nullable Reports poll() {
        while (true) {
            Reports reports = ready.get();
            if (reports == null || reports == WANTED) {
                return null;
            }
            if (reports == OPEN) {
                if (ready.compareAndSet(OPEN, WANTED)) {
                    return null;
                }
            } else if (ready.compareAndSet(reports, null)) {
                return reports;
            }
        }
    }

    void recycle(Reports reports) {
        reports.clear();
        spare.set(reports);
    }
}
