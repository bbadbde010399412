package dev.eddy.runtime.tokenizer;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/**
 * What turns text into a model's ids and back. Immutable and safe for use by several threads; the
 * {@link Encoder}s and {@link Decoder}s that it makes each belong to one session.
 *
 * <p>Text is plain: the spelling of a special token in it becomes ordinary ids, never the special
 * one.
 */
public interface Tokenizer extends AutoCloseable {
    /** What one symbol of the input is, by which a score is stated. */
    enum Unit {
        /** Text: bits per byte of UTF-8. */
        BYTE,
        /** Nucleotides: bits per base. */
        BASE
    }

    /**
     * One more than the largest id that this tokenizer knows; a model's vocabulary may be padded
     * beyond.
     */
    int size();

    /** What one symbol of the input is. */
    Unit unit();

    /** The ids that mean something to the engine rather than to the reader. */
    SpecialIds specials();

    /**
     * The id of one token by its exact spelling, special tokens included: what a chat template's
     * own words need.
     */
    OptionalInt idOf(String token);

    /**
     * The spelling of one id, special tokens included; empty where the tokenizer does not know it.
     *
     * @throws TokenizerException if {@code id} is negative
     */
    String tokenOf(int id);

    /**
     * The bytes of text that one id stands for in the midst of a text; none for special and unknown
     * ids.
     */
    byte[] bytesOf(int id);

    /** An encoder at the start of a message. */
    default Encoder encoder() {
        return encoder("");
    }

    /**
     * An encoder that goes on where another stopped.
     *
     * @param tail that other's {@link Encoder#tail()}
     * @throws TokenizerException if no encoder of this tokenizer can have had such a tail
     */
    Encoder encoder(String tail);

    /** The largest {@link Encoder#tail()}, in chars: what a session's state must have room for. */
    int tailLimit();

    /** A decoder in the midst of a text. */
    default Decoder decoder() {
        return decoder(new byte[0]);
    }

    /**
     * A decoder that goes on where another stopped.
     *
     * @param partial that other's {@link Decoder#partial()}
     * @throws TokenizerException if no decoder can have had such bytes
     */
    default Decoder decoder(byte[] partial) {
        return new BytesDecoder(this, partial);
    }

    /** The ids of a whole message. */
    default int[] encode(String message) {
        Ids ids = new Ids();
        Encoder encoder = encoder();
        IntConsumer sink = ids::add;
        encoder.accept(message, sink);
        encoder.flush(sink);
        return ids.toArray();
    }

    /**
     * The text of ids; what the first one's leading space means in a tokenizer that adds one is
     * left to the caller.
     */
    default String decode(int... ids) {
        Decoder decoder = decoder();
        StringBuilder text = new StringBuilder();
        Arrays.stream(ids).forEach(id -> text.append(decoder.accept(id)));
        return text.append(decoder.flush()).toString();
    }

    /** Releases native memory. Encoders of this tokenizer become unusable. */
    @Override
    void close();
}
