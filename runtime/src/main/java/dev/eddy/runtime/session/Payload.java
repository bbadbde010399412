package dev.eddy.runtime.session;

/** What an input brings. */
public sealed interface Payload {
    /** Text for the model's tokenizer; special tokens in it are plain text. */
    record Text(String text) implements Payload {}

    /** Element ids, each below the model's vocabulary. */
    record Ids(int[] ids) implements Payload {}

    /** Bytes, for a model of bytes. */
    record Data(byte[] bytes) implements Payload {}

    /** Float frames one after another, a multiple of {@code width} values, all finite. */
    record Frames(int width, float[] values) implements Payload {}
}
