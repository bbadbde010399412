package dev.eddy.kernels.backend;

/** A device that has not the memory that was asked for; it works on with what it has. */
public final class DeviceMemoryException extends BackendException {
    public DeviceMemoryException(String message) {
        super(message);
    }
}
