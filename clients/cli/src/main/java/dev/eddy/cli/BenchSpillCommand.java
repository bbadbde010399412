package dev.eddy.cli;

import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.MemoryPlan;
import dev.eddy.kernels.backend.Yardsticks;
import dev.eddy.kernels.program.Program;
import dev.eddy.runtime.app.DeviceSpec;
import dev.eddy.runtime.app.Settings;
import dev.eddy.runtime.model.Model;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code eddy bench spill}: how fast sessions' states leave a device and come back, what a disk
 * makes of them, and how many sessions there is room for.
 */
@Command(
        name = "spill",
        description =
                "How fast the states of --sessions sessions leave their slots for host memory and come back, how fast the"
                        + " store takes them and gives them back to slots, and how many fit: on the device, in host memory (eddy.device.host-memory) and"
                        + " in the store (eddy.session.store-memory). The store is in memory; no session is on disk yet, but"
                        + " the states are also written to a file, forced to the disk and read back.")
final class BenchSpillCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private BenchModel model = new BenchModel();

    @Option(
            names = "--sessions",
            paramLabel = "N",
            description = "Sessions whose states travel (default: ${DEFAULT-VALUE}).",
            defaultValue = "16")
    private int sessions = 16;

    @Option(
            names = "--disk",
            paramLabel = "DIR",
            description =
                    "Where the states are written to a file, which is deleted again (default: the system's temporary"
                            + " folder, ${DEFAULT-VALUE}).",
            defaultValue = "${sys:java.io.tmpdir}")
    private Path folder = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Mixin private ComputeOptions compute = new ComputeOptions();

    /** Threads that store states at a time: as many as copy a GPU's. */
    private final int threads = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 8);

    /** What was measured: bytes a second, seconds. */
    private record Rates(
            long stateBytes,
            double out,
            double in,
            double fromStore,
            double oneOut,
            double block,
            double store,
            double stores,
            StateDisk.Times disk) {}

    /**
     * How many sessions there is room for.
     *
     * @param slots on the device, beside weights and scratch; negative where it is not known
     */
    private record Room(long slots, long host, long store) {}

    @Override
    public Integer call() throws IOException {
        Checks.atLeast("--sessions", sessions, 1);
        PrintWriter out = spec.commandLine().getOut();
        StateDisk disk = new StateDisk(folder);
        Settings settings = Settings.load(Map.of());
        DeviceSpec device = compute.device();
        try (Model opened = model.open()) {
            Program program = opened.plan().program();
            int rows = Math.max(settings.device().rows(), sessions);
            DeviceReport report = null;
            Yardsticks.Bus bus = null;
            long free = -1;
            try (Yardsticks yardsticks =
                    device.backend().yardsticks(device.number()).orElse(null)) {
                if (yardsticks != null) {
                    report = DeviceReport.of(yardsticks);
                    bus = yardsticks.bus();
                    free = yardsticks.device().freeBytes();
                }
            }
            try (Executable executable = compute.compile(program, sessions, rows);
                    StateTransfers transfers = new StateTransfers(executable, program, sessions)) {
                print(
                        out,
                        report,
                        bus,
                        measure(transfers, disk),
                        room(executable, free, program, settings));
            }
        }
        return 0;
    }

    private Rates measure(StateTransfers transfers, StateDisk disk) throws IOException {
        try (Progress _ = new Progress("moving states")) {
            double all = (double) sessions * transfers.bytes();
            disk.checkRoom(sessions * transfers.bytes());
            Rates rates =
                    new Rates(
                            transfers.bytes(),
                            all / transfers.out(),
                            all / transfers.in(),
                            all / transfers.fromStore(),
                            transfers.oneOut(),
                            transfers.block(),
                            all / transfers.store(1),
                            all / transfers.store(threads),
                            transfers.disk(disk));
            transfers.check();
            return rates;
        }
    }

    /** Sessions that grow count with what is reserved for them. */
    private static Room room(Executable executable, long free, Program program, Settings settings) {
        MemoryPlan plan = executable.memory();
        long end = Math.min(program.limit(), settings.device().positions());
        long stateBytes = executable.arena().layout().bytes(program.grows() ? end : 0);
        long slot = plan.slot() + plan.pages() / plan.slots();
        long left = free - plan.weights() - plan.scratch();
        return new Room(
                free < 0 ? -1 : Math.max(0, left / slot),
                settings.device().hostBytes() / stateBytes,
                settings.storeBytes() / stateBytes);
    }

    private void print(
            PrintWriter out,
            @Nullable DeviceReport report,
            Yardsticks.@Nullable Bus bus,
            Rates rates,
            Room room) {
        if (json) {
            out.printf(
                    Locale.ROOT,
                    "{\"sessions\": %d, \"state_bytes\": %d, \"out_gb_per_second\": %.4f, \"in_gb_per_second\": %.4f,"
                            + " \"from_store_gb_per_second\": %.4f, \"one_out_ms\": %.4f, \"block_ms\": %.4f,"
                            + " \"store_gb_per_second\": %.4f, \"stores_gb_per_second\": %.4f,"
                            + " \"store_threads\": %d, \"disk\": %s, \"fit_device\": %s,"
                            + " \"fit_host_memory\": %d, \"fit_store\": %d%s%s}%n",
                    sessions,
                    rates.stateBytes(),
                    rates.out() / 1e9,
                    rates.in() / 1e9,
                    rates.fromStore() / 1e9,
                    1000 * rates.oneOut(),
                    1000 * rates.block(),
                    rates.store() / 1e9,
                    rates.stores() / 1e9,
                    threads,
                    rates.disk().json(),
                    room.slots() < 0 ? "null" : Long.toString(room.slots()),
                    room.host(),
                    room.store(),
                    bus == null
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    ", \"bus_to_gb_per_second\": %.4f, \"bus_from_gb_per_second\": %.4f",
                                    bus.to() / 1e9,
                                    bus.from() / 1e9),
                    report == null ? "" : ", " + report.json());
            out.flush();
            return;
        }
        if (report != null) {
            report.print(out);
        }
        out.printf(
                Locale.ROOT,
                "%d sessions of %,d bytes%n"
                        + "device -> host memory  %8.3f GB/s%s; one alone in %.3f ms, and %.3f ms until there is"
                        + " memory for it, the first time%n"
                        + "host memory -> device  %8.3f GB/s%s%n"
                        + "host memory -> store   %8.3f GB/s by one thread%s; the store is in memory%n"
                        + "store -> device        %8.3f GB/s%s%n"
                        + "%s",
                sessions,
                rates.stateBytes(),
                rates.out() / 1e9,
                bus == null ? "" : ofBus(rates.out(), bus.from()),
                1000 * rates.oneOut(),
                1000 * rates.block(),
                rates.in() / 1e9,
                bus == null ? "" : ofBus(rates.in(), bus.to()),
                rates.store() / 1e9,
                threads == 1
                        ? ""
                        : String.format(Locale.ROOT, ", %.3f by %d", rates.stores() / 1e9, threads),
                rates.fromStore() / 1e9,
                bus == null ? "" : ofBus(rates.fromStore(), bus.to()),
                rates.disk().text());
        out.printf(
                Locale.ROOT,
                "room for %s in slots of the device, %,d in host memory (eddy.device.host-memory), %,d in the store"
                        + " (eddy.session.store-memory)%n",
                room.slots() < 0
                        ? "an unknown number of sessions"
                        : String.format(Locale.ROOT, "%,d sessions", room.slots()),
                room.host(),
                room.store());
        out.flush();
    }

    private static String ofBus(double rate, double bus) {
        return String.format(
                Locale.ROOT, " (%.0f %% of the %.1f the bus gives)", 100 * rate / bus, bus / 1e9);
    }
}
