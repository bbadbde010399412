package dev.eddy.kernels.cuda.driver;

import dev.eddy.kernels.backend.BackendException;
import dev.eddy.kernels.backend.DeviceLostException;
import dev.eddy.kernels.backend.DeviceMemoryException;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/** What a driver call returned, turned into an exception where it is no success. */
final class Status {
    private Status() {}

    /** Throws unless the call succeeded; {@code what} completes "could not ...". */
    static void check(int code, String what) {
        if (code != CUresult.CUDA_SUCCESS) {
            throw failure(code, what);
        }
    }

    /**
     * The same for a call that gives something back: what a lost device had is gone, so that its
     * failure is no news and must not hide what lost it.
     */
    static void checkRelease(int code, String what) {
        if (!isSticky(code)) {
            check(code, what);
        }
    }

    /** The exception that tells of a failed call. */
    static BackendException failure(int code, String what) {
        return failure(
                code, what, "fewer slots, rows or positions, or weights of fewer bits, take less");
    }

    /**
     * The exception that tells of a failed call.
     *
     * @param remedy what helps where there is no memory for it
     */
    static BackendException failure(int code, String what, String remedy) {
        String message = "could not " + what + ": " + describe(code);
        if (code == CUresult.CUDA_ERROR_OUT_OF_MEMORY) {
            return new DeviceMemoryException(message + "; " + remedy);
        }
        if (isSticky(code)) {
            return new DeviceLostException(
                    message + "; the device is lost to this process until it restarts");
        }
        return new GpuException(code, message);
    }

    /**
     * Whether the error leaves the context unusable, as the driver API's reference says of each of
     * these ("this leaves the process in an inconsistent state").
     */
    static boolean isSticky(int code) {
        return switch (code) {
            case CUresult.CUDA_ERROR_DEVICE_UNAVAILABLE,
                    CUresult.CUDA_ERROR_ECC_UNCORRECTABLE,
                    CUresult.CUDA_ERROR_CONTEXT_IS_DESTROYED,
                    CUresult.CUDA_ERROR_ILLEGAL_ADDRESS,
                    CUresult.CUDA_ERROR_LAUNCH_TIMEOUT,
                    CUresult.CUDA_ERROR_ASSERT,
                    CUresult.CUDA_ERROR_HARDWARE_STACK_ERROR,
                    CUresult.CUDA_ERROR_ILLEGAL_INSTRUCTION,
                    CUresult.CUDA_ERROR_MISALIGNED_ADDRESS,
                    CUresult.CUDA_ERROR_INVALID_ADDRESS_SPACE,
                    CUresult.CUDA_ERROR_INVALID_PC,
                    CUresult.CUDA_ERROR_LAUNCH_FAILED,
                    CUresult.CUDA_ERROR_UNKNOWN ->
                    true;
            default -> false;
        };
    }

    static String describe(int code) {
        String[] name = new String[1];
        String[] text = new String[1];
        JCudaDriver.cuGetErrorName(code, name);
        JCudaDriver.cuGetErrorString(code, text);
        return (name[0] == null ? "error" : name[0])
                + " ("
                + code
                + (text[0] == null ? ")" : ", " + text[0] + ")");
    }
}
