package dev.eddy.kernels.cuda.driver;

import jcuda.driver.CUfunction_attribute;
import jcuda.driver.JCudaDriver;

/** A kernel, which lives as long as its module. */
public final class GpuFunction {
    private final String name;
    private final Handles.Function function;
    private int allowedSharedBytes;

    GpuFunction(String name, Handles.Function function) {
        this.name = name;
        this.function = function;
    }

    public String name() {
        return name;
    }

    long address() {
        return function.address();
    }

    /**
     * Tells the driver of the most dynamic shared memory that blocks ask for. By default it is 48
     * KB less what the kernel's arrays take.
     */
    void allowShared(int bytes) {
        if (bytes > allowedSharedBytes) {
            Status.check(
                    JCudaDriver.cuFuncSetAttribute(
                            function,
                            CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES,
                            bytes),
                    "give the blocks of kernel " + name + " " + bytes + " bytes of shared memory");
            allowedSharedBytes = bytes;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
