package dev.eddy.kernels.backend;

/** A backend that could not do what was asked: out of memory, a lost device, an absent driver. */
public class BackendException extends RuntimeException {
    public BackendException(String message) {
        super(message);
    }

    public BackendException(String message, Throwable cause) {
        super(message, cause);
    }
}
