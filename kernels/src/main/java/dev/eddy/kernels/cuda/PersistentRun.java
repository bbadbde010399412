package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.driver.GpuStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run of launches as one, by a kernel whose blocks stay on their multiprocessors
 * (persistent.cuh): steps of up to eight rows wait for launches to end and begin as long as for
 * memory otherwise.
 */
final class PersistentRun implements Work {
    private static final String FILE = "persistent";

    /** persistent.cuh: teams of a block, warps of a team, instructions that a block holds. */
    private static final int TEAMS = 2;

    private static final int TEAM_WARPS = 4;
    private static final int INSTRUCTION_SLOTS = 8;
    private static final int THREADS = 32 * (TEAMS * TEAM_WARPS + 1);

    /** Bytes from one counter to the next. */
    private static final int FLAG = 32;

    /** Warps that have rings, and bytes of a ring that has room for eight rows. */
    private static final int WARPS = TEAMS * TEAM_WARPS;

    private static final int LEAST_RING = 3 * (8 * 512 + 8 * 256);

    /** Bytes of a team's two places for sums. */
    private static final int SUMS = 2 * 4 * 8 * 20 * 4;

    /** Bytes of shared memory that barriers take, at most. */
    private static final int BARRIERS = 2 << 10;

    /** Parts of a team at most, each with the threads of a delta rule's head. */
    private static final int HALVES = 2;

    /** Bytes that each part may have for a unit's rows; of larger units the first team has all. */
    private static final int NARROW = 4 << 10;

    private final List<Instruction> instructions;
    private final Work.Kernel work;
    private final long stamps;

    private PersistentRun(List<Instruction> instructions, Work.Kernel work, long stamps) {
        this.instructions = instructions;
        this.work = work;
        this.stamps = stamps;
    }

    /** Bytes that the runs of so many launches take beside values, at most. */
    static long mostBytes(int launches) {
        return (long) launches * (Instruction.BYTES + 3 * FLAG);
    }

    /** Launches of a step of up to eight rows, in which kernels of runs take the place of these. */
    static List<Work> join(List<Work> works, Layout layout, Kernels kernels, Placer lists) {
        if (!kernels.havePersistent()) {
            return works;
        }
        List<Work> joined = new ArrayList<>();
        int from = 0;
        while (from < works.size()) {
            List<Instruction> run = run(works.subList(from, works.size()));
            Optional<Work> work = new Maker(layout, kernels, lists, run).run();
            List<Work> apart = works.subList(from, from + Math.max(run.size(), 1));
            work.ifPresentOrElse(joined::add, () -> joined.addAll(apart));
            from += apart.size();
        }
        return joined;
    }

    private static List<Instruction> run(List<Work> works) {
        List<Instruction> run = new ArrayList<>();
        for (Work work : works) {
            Instruction instruction = work.instruction();
            if (instruction == null || !instruction.fits()) {
                break;
            }
            run.add(instruction);
        }
        return run;
    }

    @Override
    public Work.@Nullable Kernel kernel(Bucket bucket) {
        return work.kernel(bucket);
    }

    /** What its launches took when it ran last: a line a kind, in clocks of a multiprocessor. */
    String table(GpuStream stream) {
        int count = instructions.size();
        MemorySegment clocks = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG, count + 1L);
        stream.copyOut(clocks, stamps);
        stream.synchronize();
        Map<String, LongSummaryStatistics> kinds = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            long took =
                    clocks.getAtIndex(ValueLayout.JAVA_LONG, i + 1L)
                            - clocks.getAtIndex(ValueLayout.JAVA_LONG, i);
            kinds.computeIfAbsent(instructions.get(i).label(), _ -> new LongSummaryStatistics())
                    .accept(took);
        }
        StringBuilder table = new StringBuilder("   times  clocks  of its launches\n");
        kinds.forEach((label, took) ->
                table.append(
                        String.format(
                                Locale.ROOT,
                                "%8d %7.0f  %s%n",
                                took.getCount(),
                                took.getAverage(),
                                label)));
        return table.toString();
    }

    /** Makes a run, if there is a kernel for it that finds room. */
    private record Maker(
            Layout layout, Kernels kernels, Placer lists, List<Instruction> instructions) {
        Optional<Work> run() {
            if (instructions.size() < PersistentKernels.LEAST) {
                return Optional.empty();
            }
            int ring = (bytes() - fixedBytes()) / WARPS / 16 * 16;
            if (ring < LEAST_RING) {
                return Optional.empty();
            }
            List<String> sources =
                    instructions.stream()
                            .map(Instruction::source)
                            .filter(Objects::nonNull)
                            .toList();
            return PersistentKernels.with(sources)
                    .map(kernel -> {
                        long stamps = zeros(8 * (instructions.size() + 1));
                        return new PersistentRun(instructions, work(kernel, stamps, ring), stamps);
                    });
        }

        private Work.Kernel work(PersistentKernels.Kernel kernel, long stamps, int ring) {
            Params params =
                    layout.batch()
                            .address(lists.place(List.of(table(kernel))))
                            .address(zeros(FLAG * (instructions.size() + 1)))
                            .address(stamps)
                            .integer(instructions.size())
                            .integer(ring)
                            .integer(narrow())
                            .integer(scratch())
                            .integer(0);
            Work.Grid grid = new Work.Grid(kernels.multiprocessors(), THREADS);
            return new Work.Kernel(
                    kernels.of(FILE, kernel.name()),
                    fixedBytes() + WARPS * ring,
                    1,
                    true,
                    params.segment(),
                    _ -> grid);
        }

        /** Shared memory that a block may have. */
        private int bytes() {
            return kernels.sharedBytesPerBlock() - BARRIERS;
        }

        private int fixedBytes() {
            return INSTRUCTION_SLOTS * Instruction.BYTES + TEAMS * SUMS + scratch();
        }

        /** Bytes for a unit's rows where several parts of a block have one. */
        private int narrow() {
            return instructions.stream()
                    .mapToInt(Instruction::sharedBytes)
                    .filter(bytes -> bytes <= NARROW)
                    .max()
                    .orElse(0);
        }

        /** Bytes for rows: of all parts, or of one that has wider ones. */
        private int scratch() {
            int widest = instructions.stream().mapToInt(Instruction::sharedBytes).max().orElse(0);
            return Math.max(widest, TEAMS * HALVES * narrow());
        }

        private MemorySegment table(PersistentKernels.Kernel kernel) {
            MemorySegment table =
                    Arena.ofAuto().allocate((long) instructions.size() * Instruction.BYTES, 16);
            int units = 0;
            for (int i = 0; i < instructions.size(); i++) {
                Instruction instruction = instructions.get(i);
                int parts = parts(instruction);
                instruction.write(
                        table.asSlice((long) i * Instruction.BYTES, Instruction.BYTES),
                        instruction.source() == null
                                ? -1
                                : kernel.rows().indexOf(instruction.source()),
                        parts,
                        units % (parts * kernels.multiprocessors()));
                units += instruction.units(); // so that all multiprocessors have as much to read
            }
            return table;
        }

        /** Parts of a block that each have a unit at a time. */
        private static int parts(Instruction instruction) {
            return instruction.sharedBytes() > NARROW
                    ? 1
                    : TEAMS * TEAM_WARPS * 32 / instruction.threads();
        }

        private long zeros(int bytes) {
            return lists.place(List.of(Arena.ofAuto().allocate(bytes, 16)));
        }
    }
}
