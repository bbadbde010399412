package dev.eddy.kernels.cuda.driver;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * NVIDIA's library of matrix products, cuBLASLt 12 or 13, with which benchmarks compare ours. No
 * model computes with it. Used by one thread; names and values are those of cublasLt.h.
 */
public final class CublasLt implements AutoCloseable {
    /** Names the library's file; where it is empty it is looked for. */
    static final String FILE_PROPERTY = "eddy.cublaslt";

    private static final List<String> NAMES =
            List.of(
                    "libcublasLt.so.13",
                    "libcublasLt.so.12",
                    "/usr/local/cuda/lib64/libcublasLt.so.13",
                    "/usr/local/cuda/lib64/libcublasLt.so.12");

    private static final long WORKSPACE_BYTES = 32L << 20;

    private static final int CUBLAS_STATUS_NOT_SUPPORTED = 15;
    private static final int CUBLAS_COMPUTE_32F = 68;
    private static final int CUDA_R_32F = 0;
    private static final int CUDA_R_16BF = 14;
    private static final int CUBLAS_OP_T = 1;
    private static final int CUBLASLT_MATMUL_DESC_TRANSA = 3;
    private static final int CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES = 1;

    /** Of a {@code cublasLtMatmulHeuristicResult_t}, which begins with the algorithm. */
    private static final long RESULT_BYTES = 96;

    private static final long RESULT_STATE = 72;

    private final GpuContext context;
    private final CLibrary library;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 1f);
    private final MemorySegment zero = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 0f);
    private final long handle;
    private final DeviceMemory workspace;
    private boolean closed;

    /**
     * What came of looking for the library.
     *
     * @param library null where there is none
     * @param words its name, version and file; or what was tried, and where to get it
     */
    public record Search(@Nullable CublasLt library, String words) {}

    /** Looks for a library that runs on the device; the caller closes it before the device. */
    public static Search find(GpuContext context) {
        String named = System.getProperty(FILE_PROPERTY, "");
        List<String> tried = new ArrayList<>();
        for (String name : named.isEmpty() ? NAMES : List.of(named)) {
            try {
                CLibrary loaded = CLibrary.load(name);
                try {
                    CublasLt library = new CublasLt(context, loaded);
                    return new Search(library, library.words());
                } catch (GpuException e) {
                    tried.add(name + " (" + e.getMessage() + ")");
                }
            } catch (IllegalArgumentException e) {
                tried.add(name + " (cannot be loaded)");
            }
        }
        return new Search(
                null,
                "no cuBLASLt, tried "
                        + String.join(", ", tried)
                        + "; it comes with the CUDA toolkit and with Python's nvidia-cublas and nvidia-cublas-cu12"
                        + " (nvidia/*/lib/libcublasLt.so.*): EDDY_JAVA_OPTS=-D"
                        + FILE_PROPERTY
                        + "=FILE names it");
    }

    private CublasLt(GpuContext context, CLibrary library) {
        this.context = context;
        this.library = library;
        workspace = context.allocate(WORKSPACE_BYTES); // makes the device the thread's current one
        try {
            handle = create("start", "cublasLtCreate");
        } catch (RuntimeException e) {
            workspace.close();
            arena.close();
            throw e;
        }
    }

    private String words() {
        long version = (long) library.call("cublasLtGetVersion", ValueLayout.JAVA_LONG);
        return "cuBLASLt %d.%d.%d (%s)"
                .formatted(version / 10000, version / 100 % 100, version % 100, library.file());
    }

    /**
     * The library's first choice for out[rows, n] = x[rows, k] W[n, k]' of bfloat16 numbers summed
     * in float32, out in float32, all row-major; empty where it has none.
     */
    public Optional<Product> product(int n, int k, int rows) {
        context.makeCurrent();
        Product product = new Product(n, k, rows);
        try {
            if (product.choose()) {
                return Optional.of(product);
            }
        } catch (RuntimeException e) {
            product.close();
            throw e;
        }
        product.close();
        return Optional.empty();
    }

    /**
     * A product, as the library sees it: everything column-major, out' [n, rows] = W'' x', where W'
     * [k, n] is what is transposed.
     */
    public final class Product implements AutoCloseable {
        private final String shape;
        private final long operation;
        private final long weights;
        private final long x;
        private final long out;
        private final MemorySegment algorithm = arena.allocate(RESULT_BYTES, 8);

        private Product(int n, int k, int rows) {
            shape = "multiply [%d, %d] by [%d, %d]' with cuBLASLt".formatted(rows, k, n, k);
            operation = create(shape, "cublasLtMatmulDescCreate", CUBLAS_COMPUTE_32F, CUDA_R_32F);
            check(
                    shape,
                    "cublasLtMatmulDescSetAttribute",
                    operation,
                    CUBLASLT_MATMUL_DESC_TRANSA,
                    arena.allocateFrom(ValueLayout.JAVA_INT, CUBLAS_OP_T),
                    4L);
            weights = layout(CUDA_R_16BF, k, n);
            x = layout(CUDA_R_16BF, k, rows);
            out = layout(CUDA_R_32F, n, rows);
        }

        /** A column-major matrix whose columns follow each other. */
        private long layout(int type, long rows, long columns) {
            return create(shape, "cublasLtMatrixLayoutCreate", type, rows, columns, rows);
        }

        private boolean choose() {
            long preference = create(shape, "cublasLtMatmulPreferenceCreate");
            try {
                check(
                        shape,
                        "cublasLtMatmulPreferenceSetAttribute",
                        preference,
                        CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES,
                        arena.allocateFrom(ValueLayout.JAVA_LONG, WORKSPACE_BYTES),
                        8L);
                MemorySegment found = arena.allocate(ValueLayout.JAVA_INT);
                int code =
                        status(
                                "cublasLtMatmulAlgoGetHeuristic",
                                handle,
                                operation,
                                weights,
                                x,
                                out,
                                out,
                                preference,
                                1,
                                algorithm,
                                found);
                if (code == CUBLAS_STATUS_NOT_SUPPORTED) {
                    return false;
                }
                require(shape, "cublasLtMatmulAlgoGetHeuristic", code);
                return found.get(ValueLayout.JAVA_INT, 0) > 0
                        && algorithm.get(ValueLayout.JAVA_INT, RESULT_STATE) == 0;
            } finally {
                status("cublasLtMatmulPreferenceDestroy", preference);
            }
        }

        /** Adds it to a stream; weights, x and out lie at multiples of 256 bytes. */
        public void add(GpuStream stream, long weightsAt, long xAt, long outAt) {
            context.makeCurrent();
            check(
                    shape,
                    "cublasLtMatmul",
                    handle,
                    operation,
                    one,
                    weightsAt,
                    weights,
                    xAt,
                    x,
                    zero,
                    outAt,
                    out,
                    outAt,
                    out,
                    algorithm,
                    workspace.address(),
                    WORKSPACE_BYTES,
                    stream.handle().address());
        }

        @Override
        public void close() {
            for (long matrix : new long[] {weights, x, out}) {
                status("cublasLtMatrixLayoutDestroy", matrix);
            }
            status("cublasLtMatmulDescDestroy", operation);
        }
    }

    /** Calls a function whose first argument is where it puts a new handle. */
    private long create(String what, String function, Object... arguments) {
        MemorySegment created = arena.allocate(ValueLayout.JAVA_LONG);
        List<Object> all = new ArrayList<>(List.of(created));
        all.addAll(Arrays.asList(arguments));
        check(what, function, all.toArray());
        return created.get(ValueLayout.JAVA_LONG, 0);
    }

    private void check(String what, String function, Object... arguments) {
        require(what, function, status(function, arguments));
    }

    private static void require(String what, String function, int code) {
        if (code != 0) {
            throw new GpuException(
                    code,
                    "could not %s: %s answered %d (%s)"
                            .formatted(what, function, code, statusName(code)));
        }
    }

    private static String statusName(int code) {
        return switch (code) {
            case 1 -> "CUBLAS_STATUS_NOT_INITIALIZED";
            case 3 -> "CUBLAS_STATUS_ALLOC_FAILED";
            case 7 -> "CUBLAS_STATUS_INVALID_VALUE";
            case 8 -> "CUBLAS_STATUS_ARCH_MISMATCH";
            case 13 -> "CUBLAS_STATUS_EXECUTION_FAILED";
            case 14 -> "CUBLAS_STATUS_INTERNAL_ERROR";
            case CUBLAS_STATUS_NOT_SUPPORTED -> "CUBLAS_STATUS_NOT_SUPPORTED";
            default -> "an error";
        };
    }

    private int status(String function, Object... arguments) {
        return library.status(function, arguments);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            workspace.close();
            context.makeCurrent();
            status("cublasLtDestroy", handle);
            arena.close();
        }
    }
}
