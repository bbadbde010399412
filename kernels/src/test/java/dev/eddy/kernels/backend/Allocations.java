package dev.eddy.kernels.backend;

import com.sun.management.ThreadMXBean;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.tensor.DType;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Prints the bytes that a warm step of the cpu backend allocates, on all threads that run it, for
 * sample programs: decoding and absorbing, scoring and sampling. A main class, since what else ran
 * in a JVM decides how it compiles code.
 */
final class Allocations {
    /** Sessions that decode, of which one has absorbed much at once before. */
    private static final int SESSIONS = 5;

    private static final int PREFILL = 19;

    /** Steps of a window, after each of which the bytes are read. */
    private static final int STEPS = 20;

    /** Windows in a row without a byte that make a program warm. */
    private static final int QUIET = 3;

    /** Seconds after which a program counts as warm whatever it allocates. */
    private static final long PATIENCE = 60;

    private static final Sampling[] SAMPLING =
            IntStream.range(0, SESSIONS)
                    .mapToObj(i -> Driver.sampling(3 * i))
                    .toArray(Sampling[]::new);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocations() {}

    /** Arguments: types of weights and of state, a pattern of the samples' names. */
    public static void main(String[] arguments) {
        WeightType type = WeightType.valueOf(arguments[0]);
        DType state = DType.valueOf(arguments[1]);
        Pattern names = Pattern.compile(arguments[2]);
        programs()
                .forEach((name, program) -> {
                    if (names.matcher(name).find()) {
                        System.out.println(bytes(program, type, state) + " bytes: " + name);
                    }
                });
    }

    private static Map<String, Program> programs() {
        Map<String, Program> programs = new LinkedHashMap<>();
        Samples.operators().forEach((name, sample) -> programs.put(name, sample.of(37)));
        for (int kind = 0; kind < Samples.KINDS; kind++) {
            programs.put("model " + kind, Samples.model(kind, 50, 36, kind));
        }
        return programs;
    }

    /** Bytes of a step once the program is warm. */
    private static long bytes(Program program, WeightType type, DType state) {
        CompileOptions options =
                CompileOptions.of(type, 2, SESSIONS, SESSIONS + PREFILL).withState(state);
        Feed feed = new Feed(program, SESSIONS, PREFILL, 3);
        try (Executable executable = Backends.byName("cpu").compile(program, options)) {
            Step step = executable.newStep();
            boolean samples = program.input() instanceof Program.Input.Ids;
            long[] ids = threads();
            long end = System.nanoTime() + PATIENCE * 1_000_000_000L;
            long bytes = Long.MAX_VALUE;
            int quiet = 0;
            while (quiet < QUIET && System.nanoTime() < end) {
                long before = allocated(ids);
                for (int i = 0; i < STEPS; i++) {
                    run(executable, step, feed, samples);
                }
                bytes = Math.ceilDiv(allocated(ids) - before, STEPS);
                quiet = bytes == 0 ? quiet + 1 : 0;
            }
            return bytes;
        }
    }

    /** Two steps: one session absorbs much and the others one element, then all one. */
    private static void run(Executable executable, Step step, Feed feed, boolean samples) {
        for (int slot = 0; slot < SESSIONS; slot++) {
            executable.arena().clear(slot);
        }
        for (int turn = 0; turn < 2; turn++) {
            step.reset();
            for (int slot = 0; slot < SESSIONS; slot++) {
                int first = slot == 0 ? PREFILL : 1;
                step.entry(slot, turn * first);
                feed.append(step, slot, 0, turn == 0 ? first : 1);
                if (samples) {
                    step.score();
                    step.sample(SAMPLING[slot], slot, 1);
                }
            }
            step.seal();
            executable.submit(step);
            step.await();
        }
    }

    private static long[] threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t == Thread.currentThread() || t.getName().startsWith("eddy-cpu-"))
                .mapToLong(Thread::threadId)
                .toArray();
    }

    private static long allocated(long[] ids) {
        long sum = 0;
        for (long id : ids) {
            sum += THREADS.getThreadAllocatedBytes(id); // Asking for all at once takes an array.
        }
        return sum;
    }
}
