package dev.eddy.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.cuda.driver.EmulatedDriver;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Products that wait for the level that needs them, and run ahead of launches before theirs. */
class ProductLevelsTest {
    private static final int DEPTH = 48;
    private static final int WIDTH = 80;
    private static final int RANK = 16;

    private final Random random = new Random(7);
    private final ProgramBuilder builder = new ProgramBuilder(new Program.Input.Frames(DEPTH));

    /**
     * As in Mamba: half of a product is needed at once, by two small ones that follow one another,
     * the other half only after these.
     */
    private Program halves(int from) {
        Value x = builder.unary(UnaryFunction.TANH, builder.frames());
        Value both = builder.matmul(x, weight(from + WIDTH, DEPTH), weight(from + WIDTH));
        Value first = builder.columns(both, 0, from);
        Value gate = builder.unary(UnaryFunction.SILU, builder.columns(both, from, WIDTH));
        Value second = builder.multiply(first, weight(from)); // a launch by itself
        Value down = builder.matmul(second, weight(RANK, from));
        Value up = builder.matmul(down, weight(WIDTH, RANK));
        Value out = builder.multiply(up, gate);
        return finish(builder.matmul(out, weight(19, WIDTH)));
    }

    /** As in RWKV-7: whole products beside pairs of small ones. */
    private Program pairs(int width) {
        Value x = builder.unary(UnaryFunction.TANH, builder.frames());
        Value wide = builder.matmul(x, weight(width, DEPTH));
        Value down = builder.unary(UnaryFunction.TANH, builder.matmul(x, weight(RANK, DEPTH)));
        Value up = builder.matmul(down, weight(width, RANK));
        Value out = builder.multiply(wide, builder.unary(UnaryFunction.SIGMOID, up));
        return finish(builder.matmul(out, weight(19, width)));
    }

    /**
     * As in Mamba-2: a part of a product is read by a recurrence with a launch of its own, a gate
     * after it.
     */
    private Program recurrence() {
        Value x = builder.unary(UnaryFunction.TANH, builder.frames());
        Value both = builder.matmul(x, weight(2 * WIDTH, DEPTH), weight(2 * WIDTH));
        Value gate = builder.unary(UnaryFunction.SILU, builder.columns(both, 0, WIDTH));
        Value heads = builder.multiply(builder.columns(both, WIDTH, WIDTH), weight(WIDTH));
        Value decay = builder.columns(both, WIDTH, 1);
        Value read = builder.matrixScan("s", heads, heads, heads, decay, 1, 1);
        Value out = builder.multiply(builder.multiply(read, weight(WIDTH)), gate);
        return finish(builder.matmul(out, weight(19, WIDTH)));
    }

    @Test
    void columns_neededAfterALongOperator_followItInAStepOfOneRow() {
        CudaPlan.Route route = route(recurrence(), WeightType.BF16, StepKind.ONE);
        List<List<Schedule.Product>> launches = products(route);
        assertThat(launches.stream().map(List::size)).containsExactly(2, 1, 1);
        Schedule.Product gate = launches.get(1).getFirst();
        assertThat(gate.from()).isZero();
        assertThat(gate.after()).isNotNull();
        assertThat(gate.since()).isEqualTo(launches.get(0).getFirst().since());
        assertThat(route.schedule().signals(gate.since())).isTrue();
        assertThat(kinds(route))
                .containsSubsequence("Products", "RowOps", "Single", "Products", "RowOps");
    }

    @Test
    void columns_neededAfterALongOperator_areOneProductInAStepOfMore() {
        assertThat(
                        products(route(recurrence(), WeightType.BF16, StepKind.SINGLE)).stream()
                                .map(List::size))
                .containsExactly(1, 1);
    }

    @Test
    void routes_ofOneRowAndOfMore_areOneWithoutALongOperator() {
        CompileOptions options = CompileOptions.of(WeightType.BF16, 1, 1, 1);
        CudaPlan same = new CudaPlan(halves(WIDTH), options);
        assertThat(same.route(StepKind.ONE)).isSameAs(same.route(StepKind.SINGLE));
    }

    @Test
    void columns_neededAfterTwoMoreProducts_comeWithTheLastAndRunAheadFromTheFirst() {
        CudaPlan.Route route = route(halves(WIDTH), WeightType.BF16, StepKind.SINGLE);
        List<List<Schedule.Product>> launches = products(route);
        assertThat(launches.stream().map(List::size)).containsExactly(1, 1, 2, 1);
        Schedule.Product first = launches.get(0).getFirst();
        Schedule.Product gate = find(launches.get(2), product -> product.from() == WIDTH);
        assertThat(first.from()).isZero();
        assertThat(first.out().width()).isEqualTo(WIDTH);
        assertThat(gate.after()).isNotNull();
        assertThat(gate.since()).isEqualTo(first.since());
        assertThat(route.schedule().signals(first.since())).isTrue();
        assertThat(
                        launches.stream()
                                .flatMap(List::stream)
                                .filter(product -> product != gate)
                                .map(Schedule.Product::since)
                                .filter(route.schedule()::signals))
                .containsExactly(first.since());
    }

    @Test
    void product_neededAfterOneMore_comesWithItAndRunsAhead() {
        CudaPlan.Route route = route(pairs(WIDTH), WeightType.FP8, StepKind.SINGLE);
        List<List<Schedule.Product>> launches = products(route);
        assertThat(launches.stream().map(List::size)).containsExactly(1, 2, 1);
        Schedule.Product down = launches.get(0).getFirst();
        Schedule.Product wide = find(launches.get(1), p -> p.op().x().width() == DEPTH);
        assertThat(wide.since()).isEqualTo(down.since());
        assertThat(route.schedule().signals(down.since())).isTrue();
    }

    @Test
    void product_ofFewerOutputsThanColumns_waitsForNobody() {
        assertThat(
                        products(route(pairs(DEPTH - 1), WeightType.BF16, StepKind.SINGLE)).stream()
                                .map(List::size))
                .containsExactly(2, 1, 1);
    }

    @Test
    void columns_thatBeginWithinATile_stayOneProduct() {
        assertThat(
                        products(route(halves(WIDTH - 1), WeightType.BF16, StepKind.SINGLE))
                                .stream()
                                .map(List::size))
                .containsExactly(1, 1, 1, 1);
    }

    @Test
    void schedule_ofManyElementsOrOfFloats_isAsSoonAsPossible() {
        Program program = halves(WIDTH);
        assertThat(
                        products(route(program, WeightType.BF16, StepKind.SEVERAL)).stream()
                                .map(List::size))
                .containsExactly(1, 1, 1, 1);
        assertThat(
                        products(route(program, WeightType.F32, StepKind.SINGLE)).stream()
                                .map(List::size))
                .containsExactly(1, 1, 1, 1);
    }

    /** What a product writes while earlier launches run is nobody's meanwhile. */
    @ParameterizedTest
    @EnumSource(
            value = WeightType.class,
            names = {"BF16", "INT8"})
    void results_ofProductsThatRunAhead_haveAPlaceOfTheirOwnFromThenOn(WeightType type) {
        CudaPlan.Route route = route(halves(WIDTH), type, StepKind.SINGLE);
        Schedule schedule = route.schedule();
        int ahead = 0;
        for (int i = 0; i < schedule.launches().size(); i++) {
            if (schedule.launches().get(i) instanceof Schedule.Launch.Products(var _, var of)) {
                for (Schedule.Product product : of) {
                    for (int other = product.since(); other < i; other++) {
                        ahead++;
                        for (Value value : plainValues(schedule, other)) {
                            assertThat(overlap(route.scratch(), product.out(), value))
                                    .as("%s and %s of launch %d", product.out(), value, other)
                                    .isFalse();
                        }
                    }
                }
            }
        }
        assertThat(ahead).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(
            value = WeightType.class,
            names = {"BF16", "INT8", "FP8"})
    void row_ofAProductThatRunsAhead_hasTheSameBitsAsAmongMany(WeightType type) {
        assertSameBitsAsAmongMany(halves(WIDTH), type);
    }

    @ParameterizedTest
    @EnumSource(
            value = WeightType.class,
            names = {"BF16", "INT8", "FP8"})
    void row_ofAProductThatFollowsALongOperator_hasTheSameBitsAsAmongMany(WeightType type) {
        assertSameBitsAsAmongMany(recurrence(), type);
    }

    private static void assertSameBitsAsAmongMany(Program program, WeightType type) {
        EmulatedDriver.assumeBuilt();
        float[] frames = ProductsTest.frames(7, DEPTH);
        float[] one = ProductsTest.run(new CudaBackend(), program, frames, DEPTH, 1, type);
        float[] all = ProductsTest.run(new CudaBackend(), program, frames, DEPTH, 7, type);
        assertThat(one).isEqualTo(all);
        assertThat(one).isNotEqualTo(new float[one.length]);
    }

    private static boolean overlap(Scratch scratch, Value a, Value b) {
        long from = scratch.offset(a);
        long other = scratch.offset(b);
        return from < other + 4L * b.width() && other < from + 4L * a.width();
    }

    /** What a launch reads or writes that is no product's operand, which is rounded. */
    private static List<Value> plainValues(Schedule schedule, int launch) {
        List<Value> values = new ArrayList<>();
        switch (schedule.launches().get(launch)) {
            case Schedule.Launch.RowOps(var _, var steps) -> {
                for (Schedule.Step step : steps) {
                    if (step instanceof Schedule.Step.Apply(Op op)) {
                        values.add(op.out());
                        values.addAll(op.inputs());
                    }
                }
            }
            case Schedule.Launch.Products(var _, var products) ->
                    products.stream()
                            .map(Schedule.Product::out)
                            .filter(value -> schedule.views().of(value) == null)
                            .forEach(values::add);
            default -> throw new AssertionError("no such launch here");
        }
        values.removeIf(value -> schedule.views().of(value) != null);
        return values;
    }

    private static Schedule.Product find(
            List<Schedule.Product> of, Predicate<Schedule.Product> which) {
        return of.stream().filter(which).findFirst().orElseThrow();
    }

    private static CudaPlan.Route route(Program program, WeightType type, StepKind kind) {
        return new CudaPlan(program, CompileOptions.of(type, 1, 1, 1)).route(kind);
    }

    private static List<List<Schedule.Product>> products(CudaPlan.Route route) {
        return route.schedule().launches().stream()
                .filter(launch -> launch instanceof Schedule.Launch.Products)
                .map(launch -> ((Schedule.Launch.Products) launch).products())
                .toList();
    }

    private static List<String> kinds(CudaPlan.Route route) {
        return route.schedule().launches().stream()
                .map(launch -> launch.getClass().getSimpleName())
                .toList();
    }

    private Program finish(Value value) {
        return builder.finish(new Program.Output.Floats(builder.select(value)));
    }

    private Weight weight(long... shape) {
        return ProductsTest.weight(builder, random, UnaryOperator.<Tensor>identity(), shape);
    }
}
