package dev.eddy.cli;

import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.backend.Yardsticks;
import dev.eddy.kernels.backend.Yardsticks.LibraryTime;
import dev.eddy.kernels.backend.Yardsticks.Product;
import dev.eddy.kernels.backend.Yardsticks.ProductTime;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Program;
import dev.eddy.runtime.app.DeviceSpec;
import dev.eddy.runtime.model.arch.Models;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code eddy bench products}: a model's matrix products by themselves, beside those of the
 * device's vendor.
 */
@Command(
        name = "products",
        description =
                "Times a GPU's matrix products with bfloat16 weights at a model's shapes, each launch with weights"
                        + " that no cache holds, beside those of its vendor's library (cuBLASLt) where that is there:"
                        + " EDDY_JAVA_OPTS=-Deddy.cublaslt=FILE names one. The bandwidth of the GPU's memory is"
                        + " measured first.")
final class BenchProductsCommand implements Callable<Integer> {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,7})x(\\d{1,7})");

    /** Far more than two orders of a sum differ by, of its largest result. */
    private static final double CLOSE = 1e-3;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--backend",
            paramLabel = "B",
            description = "The GPU, a name that eddy devices lists (default: ${DEFAULT-VALUE}).",
            defaultValue = "cuda")
    private String backend = "cuda";

    @ArgGroup(multiplicity = "1")
    private Shapes shapes = new Shapes();

    @Mixin private WindowOption window = new WindowOption();

    @Option(
            names = "--rows",
            paramLabel = "N,N,...",
            hideParamSyntax = true,
            split = ",",
            description = "Rows to measure with (default: 1,8,64,320,1024).")
    private int[] rows = {1, 8, 64, 320, 1024};

    @Option(names = "--json", description = "One JSON object a line: the device, then each time.")
    private boolean json;

    /** Where the shapes come from. */
    private static final class Shapes {
        @Option(
                names = "--model",
                paramLabel = "M",
                description = "The model whose products to time; its config.json is enough.")
        private @Nullable String model;

        @Option(
                names = "--shapes",
                paramLabel = "NxK,...",
                hideParamSyntax = true,
                split = ",",
                description = "Shapes of weights, outputs x depth, as 10240x2560,2560x10240.")
        private String[] listed = {};
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (int count : rows) {
            Checks.atLeast("--rows", count, 1);
        }
        Map<Product, Integer> products = products();
        DeviceSpec device = ComputeOptions.device(backend);
        try (Yardsticks yardsticks =
                device.backend()
                        .yardsticks(device.number())
                        .orElseThrow(() ->
                                new InvalidRequestException(
                                        "--backend %s is no GPU; bench products measures cuda's"
                                                .formatted(backend)))) {
            head(out, DeviceReport.of(yardsticks), yardsticks.library());
            products.forEach((product, count) -> {
                try (Progress _ = new Progress(name(product))) {
                    for (ProductTime time : yardsticks.times(product, rows)) {
                        print(out, product, count, time);
                    }
                }
            });
        }
        return 0;
    }

    /** Shapes, and how often a step has each. */
    private Map<Product, Integer> products() {
        Map<Product, Integer> products = new LinkedHashMap<>();
        if (shapes.model != null) {
            Program program = Models.plan(shapes.model, window.positions()).program();
            for (Op op : program.ops()) {
                if (op instanceof Op.MatMul matmul) {
                    products.merge(
                            new Product(
                                    matmul.weight().shape().size(0),
                                    matmul.weight().shape().size(1)),
                            1,
                            Integer::sum);
                }
            }
        }
        for (String listed : shapes.listed) {
            Matcher shape = SHAPE.matcher(listed);
            if (!shape.matches()) {
                throw new IllegalArgumentException(
                        "--shapes: '%s' is no shape; write outputs x depth, as 10240x2560"
                                .formatted(listed));
            }
            products.merge(
                    new Product(Integer.parseInt(shape.group(1)), Integer.parseInt(shape.group(2))),
                    1,
                    Integer::sum);
        }
        if (products.isEmpty()) {
            throw new IllegalArgumentException("--model " + shapes.model + " has no product");
        }
        return products;
    }

    private static String name(Product product) {
        return product.outputs() + " x " + product.depth();
    }

    private void head(PrintWriter out, DeviceReport report, Yardsticks.Library library) {
        if (json) {
            out.printf(
                    "{%s, \"library\": %s, \"library_found\": %b}%n",
                    report.json(), DeviceReport.quoted(library.words()), library.found());
        } else {
            report.print(out);
            out.println("beside: " + library.words());
            out.printf(
                    "%8s %8s %7s %6s %10s %8s %8s %10s %8s %8s %9s%n",
                    "outputs",
                    "depth",
                    "a step",
                    "rows",
                    "us",
                    "GB/s",
                    "TFLOP/s",
                    "its us",
                    "GB/s",
                    "TFLOP/s",
                    "its/ours");
        }
        out.flush();
    }

    private void print(PrintWriter out, Product product, int count, ProductTime time) {
        LibraryTime library = time.library();
        if (json) {
            out.printf(
                    Locale.ROOT,
                    "{\"outputs\": %d, \"depth\": %d, \"in_step\": %d, \"rows\": %d, %s, \"library\": %s}%n",
                    product.outputs(),
                    product.depth(),
                    count,
                    time.rows(),
                    rates(product, time.rows(), time.micros()),
                    library == null
                            ? "null"
                            : String.format(
                                    Locale.ROOT,
                                    "{%s, \"ratio\": %.4f, \"difference\": %.2e}",
                                    rates(product, time.rows(), library.micros()),
                                    library.micros() / time.micros(),
                                    library.difference()));
        } else {
            out.printf(
                    Locale.ROOT,
                    "%8d %8d %7d %6d %s",
                    product.outputs(),
                    product.depth(),
                    count,
                    time.rows(),
                    columns(product, time.rows(), time.micros()));
            if (library == null) {
                out.printf(" %10s%n", "none");
            } else {
                out.printf(
                        Locale.ROOT,
                        " %s %9.2f%s%n",
                        columns(product, time.rows(), library.micros()),
                        library.micros() / time.micros(),
                        library.difference() < CLOSE
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        " its results differ from ours by %.1e of the largest",
                                        library.difference()));
            }
        }
        out.flush();
    }

    private static String rates(Product product, int rows, double micros) {
        return timed(
                "\"us\": %.3f, \"gb_per_second\": %.3f, \"tflop_per_second\": %.3f",
                product, rows, micros);
    }

    private static String columns(Product product, int rows, double micros) {
        return timed("%10.2f %8.1f %8.2f", product, rows, micros);
    }

    /** Microseconds, GB/s and TFLOP/s of a launch. */
    private static String timed(String format, Product product, int rows, double micros) {
        return String.format(
                Locale.ROOT,
                format,
                micros,
                product.bytes(rows) / micros / 1e3,
                product.operations(rows) / micros / 1e6);
    }
}
