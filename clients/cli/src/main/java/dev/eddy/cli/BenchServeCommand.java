package dev.eddy.cli;

import dev.eddy.client.EddyClient;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code eddy bench serve}: sessions that decode together, through client, gRPC, server, session
 * actors and engine. What {@code eddy bench decode} gives more is what these cost.
 */
@Command(
        name = "serve",
        description =
                "Tokens a second of sessions that decode together through gRPC, client included.")
final class BenchServeCommand implements Callable<Integer> {
    @Mixin private ServedOptions options = new ServedOptions();

    @Option(
            names = "--sessions",
            paramLabel = "N,N,...",
            hideParamSyntax = true,
            split = ",",
            description = "Concurrent sessions to measure with (default: 1,4,16,64).")
    private int[] sessions = {1, 4, 16, 64};

    @Option(
            names = "--slots",
            paramLabel = "N",
            description =
                    "Sessions that the server started here keeps on the device at a time; of more, the others' states"
                            + " rest in host memory, and they take turns (default: all of them).")
    private @Nullable Integer slots;

    @Option(
            names = "--tokens",
            paramLabel = "N",
            description = "Tokens measured a session (default: ${DEFAULT-VALUE}).",
            defaultValue = "128")
    private int tokens = 128;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "0 is greedy (default: ${DEFAULT-VALUE}).",
            defaultValue = "0")
    private float temperature;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description =
                    "How long the sessions decode before anything is counted; a server of few tokens a second takes"
                            + " half a minute until all its code is compiled (default: ${DEFAULT-VALUE}).",
            defaultValue = "5")
    private int warmUp = 5;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Checks.atLeast("--tokens", tokens, 1);
        Checks.atLeast("--warm-up", warmUp, 0);
        for (int count : sessions) {
            Checks.atLeast("--sessions", count, 1);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (slots != null) {
            Checks.atLeast("--slots", slots, 1);
            if (!options.isEmbedded()) {
                throw new IllegalArgumentException(
                        "--slots is for a server that is started here; with --server, its eddy.device.slots counts");
            }
        }
        int resident = slots != null ? slots : Arrays.stream(sessions).max().orElseThrow();
        try (Connection connection = options.connect(resident, DecodingSessions.WARM)) {
            if (!options.json()) {
                out.printf(
                        "%8s %12s %8s %6s %12s %12s %14s%n",
                        "sessions",
                        "tokens/s",
                        "threads",
                        "dtype",
                        "gap ms p50",
                        "p99",
                        "CPU us/token");
            }
            for (int count : sessions) {
                measure(connection.client(), count, out);
            }
        }
        return 0;
    }

    private void measure(EddyClient client, int count, PrintWriter out)
            throws InterruptedException {
        var gauge = new OutputGauge();
        try (Progress progress = new Progress(count + " sessions");
                var decoding = new DecodingSessions(client, options.servedName(), temperature)) {
            decoding.start(count, gauge);
            Thread.sleep(Duration.ofSeconds(warmUp));
            long cpu = processCpuNanos();
            gauge.start((long) count * tokens);
            while (!gauge.isDone()) {
                progress.update(gauge.share());
                Thread.sleep(10);
            }
            cpu = processCpuNanos() - cpu;
            decoding.stop();
            print(out, count, gauge, cpu);
        }
    }

    private void print(PrintWriter out, int count, OutputGauge gauge, long cpuNanos) {
        String format =
                options.json()
                        ? "{\"sessions\": %d, \"tokens_per_second\": %.3f, \"threads\": %d, \"dtype\": \"%s\","
                                + " \"step_ms_p50\": %.4f, \"step_ms_p99\": %.4f, \"cpu_us_per_token\": %s}%n"
                        : "%8d %12.1f %8d %6s %12.3f %12.3f %14s%n";
        String cpu =
                options.isEmbedded()
                        ? String.format(Locale.ROOT, "%.2f", cpuNanos / 1e3 / gauge.elements())
                        : options.json() ? "null" : "-";
        out.printf(
                Locale.ROOT,
                format,
                count,
                gauge.elements() / gauge.seconds(),
                options.compute().threads(),
                options.compute().dtype().name().toLowerCase(Locale.ROOT),
                gauge.gapMillis(0.5),
                gauge.gapMillis(0.99),
                cpu);
        out.flush();
    }

    private static long processCpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }
}
