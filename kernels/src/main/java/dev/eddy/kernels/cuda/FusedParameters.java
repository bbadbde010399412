package dev.eddy.kernels.cuda;

import dev.eddy.kernels.program.State;
import dev.eddy.kernels.program.Value;
import java.util.ArrayList;
import java.util.List;

/** What kernels of {@link FusedRows} take as parameters, each at its index. */
final class FusedParameters {
    /** A number that a kernel is given. */
    sealed interface Number {
        record Fixed(int value) implements Number {}

        /** Where a value lies in shared memory: floats from its start. */
        record PlaceOf(Value value) implements Number {}

        /** Where a norm's shifts and factors lie. */
        record SumsAt(FusedPhase.Sums sums) implements Number {}
    }

    /** Where a value goes for other launches. */
    record Result(Value value, boolean kept, boolean rounded) {}

    /** Bytes of a {@code FusedParams}'s parts, with what aligns them, and of all at most. */
    private static final int BATCH = 128;

    private static final int READ = 16;
    private static final int RESULT = 24;
    private static final int MOST_BYTES = 4000;

    private final List<FusedPhase.Read> reads = new ArrayList<>();
    private final List<Result> results = new ArrayList<>();
    private final List<State> states = new ArrayList<>();
    private final List<Float> scalars = new ArrayList<>();
    private final List<Number> numbers = new ArrayList<>();

    List<FusedPhase.Read> reads() {
        return reads;
    }

    List<Result> results() {
        return results;
    }

    List<State> states() {
        return states;
    }

    List<Float> scalars() {
        return scalars;
    }

    List<Number> numbers() {
        return numbers;
    }

    /** Whether all find room: a kernel may have 4 KB of them on every card. */
    boolean fit() {
        return BATCH
                        + READ * reads.size()
                        + RESULT * results.size()
                        + 8 * states.size()
                        + 4 * (scalars.size() + numbers.size())
                <= MOST_BYTES;
    }

    /** The same for equal reads. */
    int index(FusedPhase.Read read) {
        if (!reads.contains(read)) {
            reads.add(read);
        }
        return reads.indexOf(read);
    }

    int result(Result result) {
        results.add(result);
        return results.size() - 1;
    }

    /** The same for equal states. */
    int state(State state) {
        if (!states.contains(state)) {
            states.add(state);
        }
        return states.indexOf(state);
    }

    int scalar(float value) {
        scalars.add(value);
        return scalars.size() - 1;
    }

    /**
     * The same for equal places; fixed numbers may be equal by chance, and differ in another size.
     */
    int number(Number number) {
        if (number instanceof Number.Fixed || !numbers.contains(number)) {
            numbers.add(number);
            return numbers.size() - 1;
        }
        return numbers.indexOf(number);
    }
}
