package dev.eddy.runtime.engine;

/** Hears, on the engine's thread, that a lease has reports to poll; must do no more than tell. */
public interface LeaseListener {
    /** Called once for any number of reports until they are polled. */
    void reported();
}
