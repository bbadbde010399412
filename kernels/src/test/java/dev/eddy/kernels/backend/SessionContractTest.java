package dev.eddy.kernels.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.tensor.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every backend must do with a session's slot: decode, halt, move, fork, begin anew. */
class SessionContractTest {
    private static final int[] PROMPT = {3, 1, 4, 1, 5, 9, 2, 6};

    static Stream<Arguments> cases() {
        return Backends.all().stream()
                .filter(b -> b.unavailable().isEmpty())
                .flatMap(b ->
                        Stream.of(WeightType.F32, WeightType.BF16)
                                .flatMap(type ->
                                        LongStream.rangeClosed(1, 9)
                                                .boxed()
                                                .map(seed -> Arguments.of(b.name(), type, seed))));
    }

    private static Executable compile(String backend, WeightType type, Program program) {
        return Backends.byName(backend).compile(program, options(type));
    }

    private static CompileOptions options(WeightType type) {
        DType state = type == WeightType.BF16 ? DType.BF16 : DType.F32;
        return CompileOptions.of(type, 2, 4, 16).withState(state);
    }

    /** Where sessions of a backend go on with the same bits. */
    private static Executable peer(String backend, WeightType type, Program program) {
        return Drivers.peer(Backends.byName(backend), program, options(type))
                .compile(program, options(type));
    }

    private static Sampling settings(int... stops) {
        return Sampling.builder().temperature(1f).frequencyPenalty(0.1f).stopIds(stops).build();
    }

    /** Absorbs the prompt, then decodes; the ids, with where an entry was masked as -1. */
    private static List<Integer> decode(Executable executable, int slot, int count, int... stops) {
        Step step = executable.newStep();
        step.reset();
        step.entry(slot, 0);
        step.elements(PROMPT, 0, PROMPT.length);
        step.sample(settings(stops), 42, 0);
        List<Integer> ids = new ArrayList<>(List.of(run(executable, step)));
        ids.addAll(go(executable, slot, PROMPT.length, count - 1, stops));
        return ids;
    }

    private static List<Integer> go(
            Executable executable, int slot, int from, int count, int... stops) {
        Step step = executable.newStep();
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            step.reset();
            step.entry(slot, from + i);
            step.pending();
            step.sample(settings(stops), 42, 0);
            ids.add(run(executable, step));
        }
        return ids;
    }

    private static int run(Executable executable, Step step) {
        step.seal();
        executable.submit(step);
        step.await();
        return step.sampledId(0);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void decode_ofPendingIds_equalsTheReference(String backend, WeightType type, long seed) {
        Program program = Samples.model(seed);
        try (Executable expected = peer(backend, type, program);
                Executable actual = compile(backend, type, program)) {
            assertThat(decode(actual, 2, 30)).isEqualTo(decode(expected, 0, 30));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void decode_pastAStopId_isMaskedAndWritesNothing(String backend, WeightType type, long seed) {
        Program program = Samples.model(seed);
        try (Executable executable = compile(backend, type, program)) {
            List<Integer> free = decode(executable, 0, 12);
            int stop = free.get(5);
            int at = free.indexOf(stop);
            List<Integer> halted = decode(executable, 1, at + 1, stop);
            assertThat(halted).isEqualTo(free.subList(0, at + 1));
            byte[] before = state(executable, 1, at);
            assertThat(go(executable, 1, PROMPT.length + at, 2, stop)).containsOnly(Step.NONE);
            assertThat(state(executable, 1, at)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void state_movedToTheReferenceAndBack_goesOnWithTheSameBits(
            String backend, WeightType type, long seed) {
        Program program = Samples.model(seed);
        try (Executable one = compile(backend, type, program);
                Executable other = peer(backend, type, program)) {
            List<Integer> whole = decode(one, 0, 20);
            List<Integer> parts = new ArrayList<>(decode(one, 1, 6));
            load(other, 3, state(one, 1, 5));
            parts.addAll(go(other, 3, PROMPT.length + 5, 7));
            load(one, 2, state(other, 3, 12));
            parts.addAll(go(one, 2, PROMPT.length + 12, 7));
            assertThat(parts).isEqualTo(whole);
            assertThat(state(one, 2, 19)).isEqualTo(state(one, 0, 19));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void state_inABlockOfTheHost_goesOnInAnotherSlot(String backend, WeightType type, long seed) {
        Program program = Samples.model(seed);
        HostBlock block;
        byte[] saved;
        try (Executable executable = compile(backend, type, program)) {
            StateArena arena = executable.arena();
            List<Integer> whole = decode(executable, 0, 20);
            List<Integer> parts = new ArrayList<>(decode(executable, 1, 6));
            int position = PROMPT.length + 5;
            block = arena.hostBlock(arena.layout().bytes(position));
            arena.save(1, block.segment()).toCompletableFuture().join();
            go(executable, 1, position, 3);
            CompletableFuture<Void> loaded = arena.load(2, block.segment()).toCompletableFuture();
            parts.addAll(go(executable, 2, position, 14));
            loaded.join();
            assertThat(parts).isEqualTo(whole);
            assertThat(state(executable, 2, 19)).isEqualTo(state(executable, 0, 19));
            arena.load(3, block.segment()).toCompletableFuture().join();
            saved = state(executable, 3, 5);
        }
        try (block) { // which outlives the executable
            assertThat(block.segment().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(saved);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void copy_ofASlot_goesOnAloneAndLeavesTheOther(String backend, WeightType type, long seed) {
        Program program = Samples.model(seed);
        try (Executable executable = compile(backend, type, program)) {
            decode(executable, 0, 5);
            executable.arena().copy(0, 1);
            byte[] before = state(executable, 0, 4);
            assertThat(state(executable, 1, 4)).isEqualTo(before);
            List<Integer> forked = go(executable, 1, PROMPT.length + 4, 9);
            assertThat(state(executable, 0, 4)).isEqualTo(before);
            assertThat(go(executable, 0, PROMPT.length + 4, 9)).isEqualTo(forked);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void clear_ofAUsedSlot_makesItNew(String backend, WeightType type, long seed) {
        Program program = Samples.model(seed);
        try (Executable executable = compile(backend, type, program)) {
            byte[] fresh = stateAt(executable, 3, 0);
            List<Integer> first = decode(executable, 3, 8);
            assertThat(state(executable, 3, 7)).isNotEqualTo(fresh);
            executable.arena().clear(3);
            assertThat(stateAt(executable, 3, 0)).isEqualTo(fresh);
            assertThat(decode(executable, 3, 8)).isEqualTo(first);
        }
    }

    /** A slot's state after {@code decoded} ids beyond the prompt. */
    private static byte[] state(Executable executable, int slot, int decoded) {
        return stateAt(executable, slot, PROMPT.length + decoded);
    }

    private static byte[] stateAt(Executable executable, int slot, int position) {
        byte[] bytes = new byte[Math.toIntExact(executable.arena().layout().bytes(position))];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment target = arena.allocate(bytes.length, 64);
            executable.arena().save(slot, target).toCompletableFuture().join();
            MemorySegment.ofArray(bytes).copyFrom(target);
        }
        return bytes;
    }

    private static void load(Executable executable, int slot, byte[] bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment source = arena.allocate(bytes.length, 64);
            source.copyFrom(MemorySegment.ofArray(bytes));
            executable.arena().load(slot, source).toCompletableFuture().join();
        }
    }
}
