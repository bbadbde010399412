package dev.eddy.runtime.engine;

import dev.eddy.kernels.backend.Pages;

/**
 * Which sessions a model has memory for: exact arithmetic, so that nobody who was admitted ever
 * lacks room. Where states have one size, a session has a slot or a place in host memory. Where
 * they grow, host memory is reserved for each at its declared maximum, so that it can always leave
 * its slot; while it has one, the device's pages are too.
 */
final class Admission {
    private final EngineModel model;
    private long sessions;
    private long reserved;

    Admission(EngineModel model) {
        this.model = model;
    }

    /** True if there is room for another session up to that position. */
    boolean hasRoom(long limit) {
        return model.grows()
                ? reserved + model.stateBytes(limit) <= model.hostBytes()
                : sessions < model.capacity();
    }

    void enter(long limit) {
        sessions++;
        reserved += bytes(limit);
    }

    void leave(long limit) {
        sessions--;
        reserved -= bytes(limit);
    }

    private long bytes(long limit) {
        return model.grows() ? model.stateBytes(limit) : 0;
    }

    /** Pages that a session takes of the device while it is resident. */
    long pages(long limit) {
        return model.grows() ? Pages.count(limit) : 0;
    }

    /** Why there is no room, and what would help. */
    Report.Refused refusal(long limit) {
        String begin = "model " + model.name() + " has no room for another session: " + sessions;
        if (!model.grows()) {
            return new Report.Refused(
                    begin
                            + " are open, "
                            + model.options().slots()
                            + " slots and host memory for "
                            + model.hostStates()
                            + " states of "
                            + model.stateBytes(0)
                            + " bytes hold "
                            + model.capacity()
                            + "; try again later, or give the server more slots or host memory",
                    sessions,
                    model.capacity());
        }
        return new Report.Refused(
                begin
                        + " are open and "
                        + reserved
                        + " of "
                        + model.hostBytes()
                        + " bytes reserved for what they may grow to; one up to position "
                        + limit
                        + " takes "
                        + model.stateBytes(limit)
                        + ": try again later, declare a smaller max_position, or give the server"
                        + " more host memory",
                reserved,
                model.hostBytes());
    }
}
