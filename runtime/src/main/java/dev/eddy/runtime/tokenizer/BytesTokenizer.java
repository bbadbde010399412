package dev.eddy.runtime.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/**
 * The tokenizer without a vocabulary: one byte, one id from 0 to 255. Bytes that are no text pass
 * unchanged.
 */
final class BytesTokenizer implements Tokenizer {
    private static final int SIZE = 256;
    private static final byte[] NOTHING = {};

    private final SpecialIds specials;

    BytesTokenizer(SpecialIds specials) {
        this.specials = specials;
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public Unit unit() {
        return Unit.BYTE;
    }

    @Override
    public SpecialIds specials() {
        return specials;
    }

    @Override
    public OptionalInt idOf(String token) {
        byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
        return bytes.length == 1 ? OptionalInt.of(bytes[0] & 0xff) : OptionalInt.empty();
    }

    @Override
    public String tokenOf(int id) {
        byte[] bytes = bytesOf(id);
        return bytes.length == 1 && bytes[0] > ' '
                ? String.valueOf((char) bytes[0])
                : String.format("0x%02x", id);
    }

    @Override
    public byte[] bytesOf(int id) {
        if (id < 0) {
            throw new TokenizerException("id " + id + ": expected 0 or more");
        }
        return id < SIZE ? new byte[] {(byte) id} : NOTHING;
    }

    @Override
    public Encoder encoder(String tail) {
        return new BytesEncoder(tail);
    }

    @Override
    public int tailLimit() {
        return BytesEncoder.TAIL_LIMIT;
    }

    @Override
    public void close() {
        // nothing to release
    }

    /** Settles everything but the first half of a surrogate pair. */
    private static final class BytesEncoder implements Encoder {
        static final int TAIL_LIMIT = 5;

        private final TextAssembler assembler = new TextAssembler();

        BytesEncoder(String tail) {
            assembler.restore(tail);
        }

        @Override
        public void accept(CharSequence chunk, IntConsumer ids) {
            StringBuilder text = new StringBuilder(chunk.length());
            assembler.append(chunk, text);
            emit(text, ids);
        }

        @Override
        public void accept(byte[] chunk, int offset, int count, IntConsumer ids) {
            if (count > 0) {
                flush(ids);
            }
            for (int i = 0; i < count; i++) {
                ids.accept(chunk[offset + i] & 0xff);
            }
        }

        @Override
        public void flush(IntConsumer ids) {
            StringBuilder text = new StringBuilder(1);
            assembler.flush(text);
            emit(text, ids);
        }

        @Override
        public String tail() {
            return assembler.state();
        }

        private static void emit(StringBuilder text, IntConsumer ids) {
            for (byte b : text.toString().getBytes(StandardCharsets.UTF_8)) {
                ids.accept(b & 0xff);
            }
        }
    }
}
