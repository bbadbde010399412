package dev.eddy.kernels.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every backend samples from given logits as the reference does, bit by bit. The program is a table
 * of logits: what an id embeds to is what is sampled from after it.
 */
class SamplingContractTest {
    /** How a row of logits is made. */
    enum Logits {
        PEAKED,
        FLAT,
        TIED,
        WITH_INFINITIES,
        WITH_NANS,
        ALL_MINUS_INFINITY
    }

    static Stream<Arguments> cases() {
        return Backends.all().stream()
                .filter(b -> !b.name().equals("reference") && b.unavailable().isEmpty())
                .flatMap(b ->
                        IntStream.of(1, 2, 17, 300, 1500, 4099, 5000, 65_536, 70_001)
                                .mapToObj(v -> Arguments.of(b.name(), v)));
    }

    @ParameterizedTest(name = "{0}: vocabulary {1}")
    @MethodSource("cases")
    void sampling_withAnySettings_equalsTheReferenceByBits(String backend, int vocabulary) {
        Random random = new Random(vocabulary);
        Program program = table(vocabulary, random);
        int rounds = vocabulary > 65_536 ? 3 : vocabulary > 5000 ? 8 : 60; // the reference sorts
        CompileOptions options = CompileOptions.of(WeightType.F32, 2, 3, 400);
        try (Executable expected = Backends.byName("reference").compile(program, options);
                Executable actual = Backends.byName(backend).compile(program, options)) {
            Step wanted = expected.newStep();
            Step step = actual.newStep();
            for (int round = 0; round < rounds; round++) {
                Sampling settings = settings(random, vocabulary);
                long seed = random.nextLong();
                int history = 1 + random.nextInt(300);
                int[] ids = random.ints(history, 0, Logits.values().length).toArray();
                run(expected, wanted, settings, seed, ids);
                run(actual, step, settings, seed, ids);
                String what = "round " + round + ", " + settings + ", row " + ids[history - 1];
                assertThat(results(step, 0, vocabulary))
                        .as(what)
                        .isEqualTo(results(wanted, 0, vocabulary));
            }
        }
    }

    /** Rows that are few enough to be shared by more threads, and many; aligned ones and others. */
    static Stream<Arguments> numbers() {
        return cases().map(c -> c.get()[0])
                .distinct()
                .flatMap(b ->
                        Stream.of(3, 60)
                                .flatMap(e ->
                                        Stream.of(20_000, 20_003).map(v -> Arguments.of(b, e, v))));
    }

    @ParameterizedTest(name = "{0}: {1} entries, vocabulary {2}")
    @MethodSource("numbers")
    void step_ofSeveralEntries_equalsTheReferenceByBits(
            String backend, int entries, int vocabulary) {
        Random random = new Random(entries);
        Program program = table(vocabulary, random);
        CompileOptions options = CompileOptions.of(WeightType.F32, 2, entries, 2 * entries);
        try (Executable expected = Backends.byName("reference").compile(program, options);
                Executable actual = Backends.byName(backend).compile(program, options)) {
            Step wanted = expected.newStep();
            Step step = actual.newStep();
            long seed = random.nextLong();
            run(expected, wanted, entries, vocabulary, new Random(seed));
            run(actual, step, entries, vocabulary, new Random(seed));
            for (int e = 0; e < entries; e++) {
                String what = "entry " + e + ", " + step.sampling(e);
                assertThat(results(step, e, vocabulary))
                        .as(what)
                        .isEqualTo(results(wanted, e, vocabulary));
                assertThat(Float.floatToIntBits(step.score(e, 1)))
                        .as(what)
                        .isEqualTo(Float.floatToIntBits(wanted.score(e, 1)));
            }
        }
    }

    /** Two elements an entry, with the second one's score. */
    private static void run(
            Executable executable, Step step, int entries, int vocabulary, Random random) {
        step.reset();
        for (int e = 0; e < entries; e++) {
            executable.arena().clear(e);
            step.entry(e, 0);
            step.elements(random.ints(2, 0, Logits.values().length).toArray(), 0, 2);
            step.score();
            step.sample(settings(random, vocabulary), random.nextLong(), e);
        }
        step.seal();
        executable.submit(step);
        step.await();
    }

    private static void run(
            Executable executable, Step step, Sampling settings, long seed, int[] ids) {
        executable.arena().clear(1);
        step.reset();
        step.entry(1, 0);
        step.elements(ids, 0, ids.length);
        step.sample(settings, seed, 3);
        step.seal();
        executable.submit(step);
        step.await();
    }

    private static List<Object> results(Step step, int e, int vocabulary) {
        List<Object> results = new ArrayList<>();
        results.add(step.sampledId(e));
        results.add(Float.floatToIntBits(step.sampledLogProb(e)));
        for (int i = 0; i < Math.min(step.sampling(e).topLogProbs(), vocabulary); i++) {
            results.add(step.topId(e, i));
            results.add(Float.floatToIntBits(step.topLogProb(e, i)));
        }
        return results;
    }

    private static Sampling settings(Random random, int vocabulary) {
        Sampling.Builder builder = Sampling.builder().topLogProbs(random.nextInt(21));
        if (random.nextInt(6) != 0) {
            builder.temperature(random.nextBoolean() ? 1f : 0.1f + 2 * random.nextFloat());
        }
        if (random.nextInt(3) == 0) {
            builder.topK(1 + random.nextInt(random.nextBoolean() ? 20 : 3000));
        }
        if (random.nextInt(3) == 0) {
            builder.topP(0.05f + 0.95f * random.nextFloat());
        }
        if (random.nextInt(3) == 0) {
            builder.minP(random.nextFloat() * random.nextFloat());
        }
        if (random.nextInt(3) == 0) {
            builder.repetitionPenalty(0.5f + random.nextFloat());
            builder.presencePenalty(random.nextFloat() - 0.5f);
            builder.frequencyPenalty(random.nextFloat() / 10);
            builder.penaltyWindow(random.nextInt(257));
        }
        if (random.nextInt(3) == 0) {
            int[] ids = random.ints(5, 0, vocabulary + 3).sorted().distinct().toArray();
            float[] values = new float[ids.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = 10 * random.nextFloat() - 5;
            }
            builder.logitBias(new Sampling.LogitBias(ids, values));
        }
        return builder.build();
    }

    private static Program table(int vocabulary, Random random) {
        int rows = Logits.values().length;
        float[] values = new float[rows * vocabulary];
        for (int i = 0; i < values.length; i++) {
            values[i] = logit(Logits.values()[i / vocabulary], random);
        }
        ProgramBuilder builder = new ProgramBuilder(new Program.Input.Ids(rows));
        Shape shape = Shape.of(rows, vocabulary);
        var table = builder.weight("table", shape, () -> Tensor.ofFloats("table", shape, values));
        return builder.finish(new Program.Output.Logits(builder.select(builder.embed(table))));
    }

    private static float logit(Logits kind, Random random) {
        float x = (float) random.nextGaussian();
        return switch (kind) {
            case PEAKED -> 5 * x;
            case FLAT -> x / 4;
            case TIED -> random.nextInt(7) == 0 ? -0f : random.nextInt(20);
            case WITH_INFINITIES -> random.nextInt(3) == 0 ? Float.NEGATIVE_INFINITY : x;
            case WITH_NANS -> random.nextInt(9) == 0 ? Float.NaN : x;
            case ALL_MINUS_INFINITY -> Float.NEGATIVE_INFINITY;
        };
    }
}
