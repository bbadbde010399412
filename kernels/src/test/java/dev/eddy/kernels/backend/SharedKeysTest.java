package dev.eddy.kernels.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Reach;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.tensor.Shape;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Attention of many heads that share their keys, on every backend: a backend may take several of
 * them together, and does so by the number of sessions in a step.
 */
class SharedKeysTest {
    private static final int VOCABULARY = 13;
    private static final int GROUPS = 5;
    private static final int HEADS = 6 * GROUPS;
    private static final int SESSIONS = 14;
    private static final int LONGEST = 300;

    static Stream<Arguments> backendsAndWidths() {
        return Backends.all().stream()
                .filter(b -> b.unavailable().isEmpty())
                .map(Backend::name)
                .flatMap(b -> Stream.of(Arguments.of(b, 8, 12), Arguments.of(b, 5, 7)));
    }

    private static Program program(int key, int value) {
        ProgramBuilder p = new ProgramBuilder(new Program.Input.Ids(VOCABULARY));
        int width = HEADS * key + GROUPS * key + GROUPS * value;
        Value x =
                p.embed(
                        p.weight(
                                "table",
                                Shape.of(VOCABULARY, width),
                                () -> GrowingAttentionTest.table(VOCABULARY, width, width)));
        Value[] qkv = p.split(x, HEADS * key, GROUPS * key, GROUPS * value);
        Reach reach = new Reach.All(LONGEST + SESSIONS);
        Value y = p.attention("a", qkv[0], qkv[1], qkv[2], HEADS, GROUPS, reach, 0.7f, 0);
        return p.finish(new Program.Output.Floats(p.select(y)));
    }

    /** How many elements a session has had at first; a block of keys is 256. */
    private static int length(int session) {
        return session == 0 ? LONGEST : session == 4 ? 256 : session == 9 ? 255 : 1 + 2 * session;
    }

    private static void begin(Executable executable) {
        Step step = executable.newStep();
        for (int session = 0; session < SESSIONS; session++) {
            int[] ids =
                    new SplittableRandom(session).ints(length(session), 0, VOCABULARY).toArray();
            step.reset();
            step.entry(session, 0);
            step.elements(ids, 0, ids.length);
            step.seal();
            executable.submit(step);
            step.await();
        }
    }

    /** The outputs of one element of each of some sessions, which had so many steps before. */
    private static float[] next(Executable executable, int sessions, int before) {
        Step step = executable.newStep();
        step.reset();
        for (int session = 0; session < sessions; session++) {
            step.entry(session, length(session) + before);
            step.element(session % VOCABULARY);
            step.output();
        }
        step.seal();
        executable.submit(step);
        step.await();
        return step.outputRows().toArray(ValueLayout.JAVA_FLOAT);
    }

    @ParameterizedTest
    @MethodSource("backendsAndWidths")
    void outputs_ofAnyNumberOfSessions_areTheReferences(String backend, int key, int value) {
        Program program = program(key, value);
        CompileOptions options =
                CompileOptions.of(WeightType.F32, SESSIONS, SESSIONS, LONGEST)
                        .withPositions(SESSIONS * 512L);
        try (Executable expected = Backends.byName("reference").compile(program, options);
                Executable actual = Backends.byName(backend).compile(program, options)) {
            begin(expected);
            begin(actual);
            int[] counts = {SESSIONS, 11, 5, 3, 1};
            for (int before = 0; before < counts.length; before++) {
                assertThat(next(actual, counts[before], before))
                        .isEqualTo(next(expected, counts[before], before));
            }
        }
    }
}
