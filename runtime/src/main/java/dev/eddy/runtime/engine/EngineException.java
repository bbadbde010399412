package dev.eddy.runtime.engine;

/** An engine that could not go on with a session, or is closed. */
public final class EngineException extends RuntimeException {
    public EngineException(String message) {
        super(message);
    }

    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
