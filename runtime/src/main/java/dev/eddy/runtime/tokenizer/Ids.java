package dev.eddy.runtime.tokenizer;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** A growing list of ids. */
final class Ids {
    private int[] values = new int[16];
    private int count;

    void add(int id) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = id;
    }

    void forEach(IntConsumer sink) {
        for (int i = 0; i < count; i++) {
            sink.accept(values[i]);
        }
    }

    int[] toArray() {
        return Arrays.copyOf(values, count);
    }
}
