package dev.eddy.runtime.checkpoint;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The numbers that JSON literals stand for. */
final class Numbers {
    /** Up to here every whole number is a double. */
    private static final double EXACT = 0x1p53;

    private Numbers() {}

    /**
     * The literal as a long, or nothing where it is no integer or too large; {@code 2.0} and {@code
     * 2e0} are 2.
     */
    static OptionalLong toLong(String literal) {
        try {
            return OptionalLong.of(Long.parseLong(literal));
        } catch (NumberFormatException notPlain) {
            OptionalDouble value = toDouble(literal);
            boolean whole =
                    value.isPresent()
                            && value.getAsDouble() == Math.rint(value.getAsDouble())
                            && Math.abs(value.getAsDouble()) <= EXACT;
            return whole ? OptionalLong.of((long) value.getAsDouble()) : OptionalLong.empty();
        }
    }

    /**
     * The literal as a double, NaN and the infinities included; nothing where decimal digits exceed
     * a double's range.
     */
    static OptionalDouble toDouble(String literal) {
        return switch (literal) {
            case "Infinity", "+Infinity", "INF", "+INF" ->
                    OptionalDouble.of(Double.POSITIVE_INFINITY);
            case "-Infinity", "-INF" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
            case "NaN" -> OptionalDouble.of(Double.NaN);
            default -> {
                double value = Double.parseDouble(literal);
                yield Double.isInfinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
            }
        };
    }

    /** One spelling for all literals of the same number. */
    static String canonical(String literal) {
        OptionalLong whole = toLong(literal);
        if (whole.isPresent()) {
            return Long.toString(whole.getAsLong());
        }
        OptionalDouble value = toDouble(literal);
        return value.isPresent() ? Double.toString(value.getAsDouble()) : literal;
    }
}
