package dev.eddy.kernels.cuda.driver;

import dev.eddy.kernels.backend.BackendException;

/**
 * A driver call that failed, with its CUresult. What asks for more memory than there is throws
 * {@link dev.eddy.kernels.backend.DeviceMemoryException} instead, and what leaves the context
 * unusable {@link dev.eddy.kernels.backend.DeviceLostException}.
 */
public final class GpuException extends BackendException {
    private final int code;

    GpuException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** The CUresult; 0 where no call was made. */
    public int code() {
        return code;
    }
}
