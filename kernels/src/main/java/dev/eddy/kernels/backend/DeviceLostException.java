package dev.eddy.kernels.backend;

/**
 * A device that answers no more until its process restarts: whatever lay in its memory is gone, and
 * every later call on it fails alike. Sessions come back from host memory or disk on another
 * device.
 */
public final class DeviceLostException extends BackendException {
    public DeviceLostException(String message) {
        super(message);
    }
}
