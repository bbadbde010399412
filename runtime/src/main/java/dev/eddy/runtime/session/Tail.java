package dev.eddy.runtime.session;

import dev.eddy.runtime.engine.Elements;
import java.util.Arrays;

/**
 * The elements that a session has absorbed since its state was last copied: what a replay needs.
 */
final class Tail {
    private long start;
    private int count;
    private int width;
    private int[] ids = {};
    private float[] frames = {};

    /** Nothing absorbed, nothing copied. */
    Tail() {}

    /** Elements absorbed from position {@code start} on. */
    Tail(long start, Elements elements) {
        this.start = start;
        append(elements, 0, elements.count());
    }

    /** Elements absorbed before the first of them. */
    long start() {
        return start;
    }

    /** How many. */
    int count() {
        return count;
    }

    /** Elements absorbed after the last of them. */
    long end() {
        return start + count;
    }

    /** All of them. */
    Elements elements() {
        return width > 0
                ? new Elements.Frames(width, Arrays.copyOf(frames, count * width))
                : new Elements.Ids(Arrays.copyOf(ids, count));
    }

    void append(Elements elements, int from, int number) {
        switch (elements) {
            case Elements.Ids(int[] values) -> append(values, from, number);
            case Elements.Frames(int frameWidth, float[] values) -> {
                width = frameWidth;
                int size = (count + number) * width;
                if (size > frames.length) {
                    frames = Arrays.copyOf(frames, Math.max(size, frames.length * 2));
                }
                System.arraycopy(values, from * width, frames, count * width, number * width);
                count += number;
            }
        }
    }

    void append(int[] values, int from, int number) {
        if (count + number > ids.length) {
            ids = Arrays.copyOf(ids, Math.max(count + number, ids.length * 2));
        }
        System.arraycopy(values, from, ids, count, number);
        count += number;
    }

    /** Forgets the elements before {@code position}. */
    void trim(long position) {
        int drop = (int) Math.clamp(position - start, 0, count);
        if (width > 0) {
            frames = Arrays.copyOfRange(frames, drop * width, count * width);
        } else {
            ids = Arrays.copyOfRange(ids, drop, count);
        }
        start += drop;
        count -= drop;
    }
}
