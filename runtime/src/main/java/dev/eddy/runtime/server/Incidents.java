package dev.eddy.runtime.server;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;

/** Defects: logged once with their stack trace under a number that the client is told. */
final class Incidents {
    private Incidents() {}

    /** The problem that an exception tells of; one that no client can have caused is logged. */
    static Problem problem(Throwable thrown, Logger log) {
        Problem known = Problem.known(thrown);
        if (known != null) {
            return known;
        }
        String incident = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        log.atError()
                .addKeyValue("incident", incident)
                .setCause(thrown)
                .log("a call failed by a defect");
        return Problem.internal(incident);
    }
}
