package dev.eddy.runtime.engine;

/** A run of elements in time order. */
public sealed interface Elements {
    /** No elements. */
    Elements NONE = new Ids(new int[0]);

    /** How many. */
    int count();

    /** Ids: tokens, bytes, bases. */
    record Ids(int[] values) implements Elements {
        @Override
        public int count() {
            return values.length;
        }
    }

    /** Frames of {@code width} floats, one after another. */
    record Frames(int width, float[] values) implements Elements {
        @Override
        public int count() {
            return values.length / width;
        }
    }
}
