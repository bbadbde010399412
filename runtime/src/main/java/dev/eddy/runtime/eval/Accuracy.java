package dev.eddy.runtime.eval;

/**
 * How many of some questions were answered rightly.
 *
 * @param correct rightly
 * @param asked all
 */
public record Accuracy(long correct, long asked) {
    /** Of no questions. */
    public static final Accuracy NONE = new Accuracy(0, 0);

    /** The share that was answered rightly, 0 to 1; NaN where nothing was asked. */
    public double share() {
        return (double) correct / asked;
    }

    Accuracy and(boolean right) {
        return new Accuracy(correct + (right ? 1 : 0), asked + 1);
    }

    Accuracy and(Accuracy other) {
        return new Accuracy(correct + other.correct, asked + other.asked);
    }
}
