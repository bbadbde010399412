package dev.eddy.runtime.session;

/** What a session tells itself. */
sealed interface InternalCommand extends SessionCommand {
    /** The engine has reported something: poll the lease. */
    record EngineReported() implements InternalCommand {}
}
