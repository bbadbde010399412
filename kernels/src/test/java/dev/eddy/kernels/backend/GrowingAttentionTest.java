package dev.eddy.kernels.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Reach;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Attention whose keys and values grow, on every backend: pages, snapshots, limits. */
class GrowingAttentionTest {
    private static final int WIDTH = 8;
    private static final int HEADS = 2;
    private static final int VOCABULARY = 11;
    private static final int LIMIT = 700;
    private static final int LENGTH = 650;

    static Stream<String> backends() {
        return Backends.all().stream().filter(b -> b.unavailable().isEmpty()).map(Backend::name);
    }

    /** With heads of four columns and of one, for which a backend may have other ways. */
    static Stream<Arguments> backendsAndHeads() {
        return backends().flatMap(b -> Stream.of(Arguments.of(b, HEADS), Arguments.of(b, WIDTH)));
    }

    /** Attention over random embeddings. */
    private static Program program(int heads, Reach reach) {
        ProgramBuilder p = new ProgramBuilder(new Program.Input.Ids(VOCABULARY));
        Value x =
                p.embed(
                        p.weight(
                                "table",
                                Shape.of(VOCABULARY, 3 * WIDTH),
                                () -> table(VOCABULARY, 3 * WIDTH, 3)));
        Value[] qkv = p.split(x, WIDTH, WIDTH, WIDTH);
        Value y = p.attention("a", qkv[0], qkv[1], qkv[2], heads, heads, reach, 0.7f, 0);
        return p.finish(new Program.Output.Floats(p.select(y)));
    }

    /** Rows of random numbers between -2 and 2. */
    static Tensor table(int rows, int width, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[rows * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextDouble() * 4 - 2);
        }
        return Tensor.ofFloats("table", Shape.of(rows, width), values);
    }

    private static int[] ids() {
        return new SplittableRandom(5).ints(LENGTH, 0, VOCABULARY).toArray();
    }

    private static Executable compile(String backend, Reach reach, int slots, long positions) {
        return compile(backend, HEADS, reach, slots, positions, LENGTH + 1);
    }

    private static Executable compile(
            String backend, int heads, Reach reach, int slots, long positions, int rows) {
        return Backends.byName(backend)
                .compile(
                        program(heads, reach),
                        CompileOptions.of(WeightType.F32, 1, slots, rows).withPositions(positions));
    }

    /** Feeds ids to a slot in chunks; the outputs of all. */
    private static float[] feed(Executable executable, int slot, int from, int[] ids, int chunk) {
        float[] out = new float[ids.length * WIDTH];
        Step step = executable.newStep();
        for (int at = 0; at < ids.length; at += chunk) {
            int count = Math.min(chunk, ids.length - at);
            step.reset();
            step.entry(slot, from + at);
            step.elements(ids, at, count);
            step.output();
            step.seal();
            executable.submit(step);
            step.await();
            float[] rows = step.outputRows().toArray(ValueLayout.JAVA_FLOAT);
            System.arraycopy(rows, 0, out, at * WIDTH, count * WIDTH);
        }
        return out;
    }

    @ParameterizedTest
    @MethodSource("backendsAndHeads")
    void outputs_whateverTheChunkAndNeighbours_areEqualAndThoseOfAWideWindow(
            String backend, int heads) {
        int[] ids = ids();
        try (Executable ring = compile("reference", heads, new Reach.Window(LENGTH), 1, 1, LENGTH);
                Executable paged =
                        compile(backend, heads, new Reach.All(LIMIT), 3, 3 * 768, LENGTH)) {
            float[] expected = feed(ring, 0, 0, ids, LENGTH);
            feed(paged, 1, 0, Arrays.copyOf(ids, 300), 300);
            assertThat(feed(paged, 0, 0, ids, LENGTH)).isEqualTo(expected);
            assertThat(feed(paged, 2, 0, ids, 100)).isEqualTo(expected);
            paged.arena().clear(1);
            assertThat(feed(paged, 1, 0, ids, 1)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("backendsAndHeads")
    void outputs_ofAWindowThatTurnsWithinBlocks_areTheReferences(String backend, int heads) {
        int[] ids = ids();
        Reach window = new Reach.Window(297);
        try (Executable expected = compile("reference", heads, window, 1, 1, LENGTH);
                Executable actual = compile(backend, heads, window, 3, 1, LENGTH)) {
            float[] outputs = feed(expected, 0, 0, ids, LENGTH);
            assertThat(feed(actual, 0, 0, ids, LENGTH)).isEqualTo(outputs);
            assertThat(feed(actual, 1, 0, ids, 1)).isEqualTo(outputs);
            assertThat(feed(actual, 2, 0, ids, 61)).isEqualTo(outputs);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void outputs_ofElementsAlone_areThoseOfAChunkBeyondManyBlocksOfKeys(String backend) {
        int length = 5 * 256 + 3; // a cluster takes four blocks of keys at a time
        int[] ids = new SplittableRandom(6).ints(length, 0, VOCABULARY).toArray();
        int[] tail = Arrays.copyOfRange(ids, length - 6, length);
        Reach all = new Reach.All(length);
        try (Executable expected = compile("reference", HEADS, all, 1, 6 * 256, length);
                Executable actual = compile(backend, HEADS, all, 1, 6 * 256, length)) {
            float[] outputs = feed(expected, 0, 0, ids, length);
            feed(actual, 0, 0, Arrays.copyOf(ids, length - tail.length), length);
            assertThat(feed(actual, 0, length - tail.length, tail, 1))
                    .isEqualTo(
                            Arrays.copyOfRange(
                                    outputs, (length - tail.length) * WIDTH, length * WIDTH));
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void save_atAPosition_takesItsBytesAndRestoresElsewhere(String backend) {
        int[] ids = ids();
        int[] head = Arrays.copyOf(ids, 300);
        int[] tail = Arrays.copyOfRange(ids, 300, LENGTH);
        try (Executable executable = compile(backend, new Reach.All(LIMIT), 3, 9 * 256);
                Arena memory = Arena.ofConfined()) {
            StateLayout layout = executable.arena().layout();
            assertThat(layout.growth()).isEqualTo(2L * WIDTH * Float.BYTES);
            assertThat(layout.bytes(300)).isEqualTo(layout.bytes() + 300 * layout.growth());
            feed(executable, 0, 0, head, 300);
            MemorySegment state = memory.allocate(layout.bytes(300), 8);
            executable.arena().save(0, state).toCompletableFuture().join();
            executable.arena().copy(0, 2);
            float[] expected = feed(executable, 0, 300, tail, tail.length);
            executable.arena().load(1, state).toCompletableFuture().join();
            assertThat(feed(executable, 1, 300, tail, 9)).isEqualTo(expected);
            assertThat(feed(executable, 2, 300, tail, 64)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void load_ofASizeThatNoPositionHas_isRefused(String backend) {
        try (Executable executable = compile(backend, new Reach.All(LIMIT), 1, LIMIT);
                Arena memory = Arena.ofConfined()) {
            MemorySegment odd = memory.allocate(executable.arena().layout().bytes(3) + 4, 8);
            assertThatThrownBy(() -> executable.arena().load(0, odd))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("for each position");
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void submit_beyondTheLimit_isRefusedAndTheSessionGoesOn(String backend) {
        int[] ids = ids();
        try (Executable executable = compile(backend, new Reach.All(LENGTH), 1, 2 * LIMIT)) {
            feed(executable, 0, 0, Arrays.copyOf(ids, 640), 640);
            assertThatThrownBy(() -> feed(executable, 0, 640, new int[11], 11))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("11 elements at position 640")
                    .hasMessageContaining("end at position 650");
            feed(executable, 0, 640, new int[10], 10);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void submit_withoutFreePages_isRefusedAndTheSessionGoesOnOnceThereAre(String backend) {
        int[] ids = ids();
        try (Executable executable = compile(backend, new Reach.All(LIMIT), 2, 768)) {
            feed(executable, 0, 0, Arrays.copyOf(ids, 256), 256);
            feed(executable, 1, 0, Arrays.copyOf(ids, 300), 300);
            assertThatThrownBy(() -> feed(executable, 0, 256, new int[1], 1))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("0 of 3 are free");
            executable.arena().clear(1);
            float[] after = feed(executable, 0, 256, Arrays.copyOfRange(ids, 256, 300), 44);
            try (Executable alone = compile(backend, new Reach.All(LIMIT), 1, LIMIT)) {
                float[] expected = feed(alone, 0, 0, Arrays.copyOf(ids, 300), 300);
                assertThat(after).isEqualTo(Arrays.copyOfRange(expected, 256 * WIDTH, 300 * WIDTH));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void plan_ofAGrowingProgram_countsItsPagesPadded(String backend) {
        CompileOptions options = CompileOptions.of(WeightType.F32, 1, 2, 8).withPositions(257);
        assertThat(
                        Backends.byName(backend)
                                .plan(program(HEADS, new Reach.All(LIMIT)), options)
                                .pages())
                .isGreaterThanOrEqualTo(512L * 2 * WIDTH * Float.BYTES);
        assertThat(
                        Backends.byName(backend)
                                .plan(program(HEADS, new Reach.Window(9)), options)
                                .pages())
                .isZero();
        assertThat(program(HEADS, new Reach.All(LIMIT)).limit()).isEqualTo(LIMIT);
        assertThat(program(HEADS, new Reach.Window(9)).limit()).isEqualTo(Program.ENDLESS);
    }
}
