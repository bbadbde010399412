package dev.eddy.runtime.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.function.IntConsumer;

/**
 * The tokenizer of the RWKV World models: at every place the longest token of the vocabulary, over
 * bytes. Which token that is depends on what follows until no longer token can match, so at most
 * one byte less than the longest token waits.
 */
final class WorldTokenizer implements Tokenizer {
    private static final byte[] NOTHING = {};

    private final byte[][] bytes;
    private final ByteTrie trie;
    private final int longest;
    private final SpecialIds specials;

    /**
     * A vocabulary in which every byte is a token, so that every text can be expressed.
     *
     * @param source the file, for error messages
     * @param vocabulary each id's bytes
     */
    WorldTokenizer(String source, SortedMap<Integer, byte[]> vocabulary, SpecialIds specials) {
        this.specials = specials;
        int last = vocabulary.isEmpty() ? 0 : vocabulary.lastKey();
        int limit = TokenizerJson.mostIds(vocabulary.size());
        if (last > limit) {
            throw new TokenizerException(
                    source
                            + ": id "
                            + last
                            + ": expected at most "
                            + limit
                            + " with "
                            + vocabulary.size()
                            + " tokens");
        }
        this.bytes = new byte[vocabulary.isEmpty() ? 0 : last + 1][];
        this.trie = new ByteTrie(vocabulary.values().stream().mapToInt(b -> b.length).sum());
        int most = 0;
        for (Map.Entry<Integer, byte[]> token : vocabulary.entrySet()) {
            bytes[token.getKey()] = token.getValue();
            most = Math.max(most, token.getValue().length);
            if (!trie.put(token.getValue(), token.getKey())) {
                throw new TokenizerException(
                        source
                                + ": id "
                                + token.getKey()
                                + ": expected bytes of its own, found "
                                + "those of another token");
            }
        }
        this.longest = most;
        for (int b = 0; b < 256; b++) {
            if (trie.longest(new byte[] {(byte) b}, 0, 1) == 0) {
                throw new TokenizerException(
                        String.format(
                                "%s: expected a token for each of the 256 bytes, found none for"
                                        + " 0x%02x",
                                source, b));
            }
        }
    }

    @Override
    public int size() {
        return bytes.length;
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
        byte[] spelled = token.getBytes(StandardCharsets.UTF_8);
        boolean whole =
                spelled.length > 0 && trie.longest(spelled, 0, spelled.length) == spelled.length;
        return whole ? OptionalInt.of(trie.id(spelled, 0, spelled.length)) : OptionalInt.empty();
    }

    @Override
    public String tokenOf(int id) {
        return new String(bytesOf(id), StandardCharsets.UTF_8);
    }

    @Override
    public byte[] bytesOf(int id) {
        if (id < 0) {
            throw new TokenizerException("id " + id + ": expected 0 or more");
        }
        byte[] known = id < bytes.length ? bytes[id] : null;
        return known == null ? NOTHING : known.clone();
    }

    @Override
    public Encoder encoder(String tail) {
        return new WorldEncoder(tail);
    }

    @Override
    public int tailLimit() {
        return TextAssembler.STATE_LIMIT + 1 + 2 * longest;
    }

    @Override
    public void close() {
        // nothing to release
    }

    /** Keeps the bytes for which the longest token is not certain yet. */
    private final class WorldEncoder implements Encoder {
        private final TextAssembler assembler = new TextAssembler();
        private byte[] pending;

        WorldEncoder(String tail) {
            int colon = tail.indexOf(':');
            if (tail.isEmpty()) {
                pending = NOTHING;
                return;
            }
            if (colon < 0 || tail.length() > tailLimit()) {
                throw new TokenizerException(
                        "encoder tail of "
                                + tail.length()
                                + " chars: expected at most "
                                + tailLimit()
                                + ", with what is incomplete before a colon");
            }
            assembler.restore(tail.substring(0, colon));
            pending = parse(tail.substring(colon + 1));
        }

        private static byte[] parse(String digits) {
            try {
                return HexFormat.of().parseHex(digits);
            } catch (IllegalArgumentException e) {
                throw new TokenizerException(
                        "encoder tail: \"" + digits + "\" is no hexadecimal digits", e);
            }
        }

        @Override
        public void accept(CharSequence chunk, IntConsumer ids) {
            StringBuilder text = new StringBuilder(chunk.length());
            assembler.append(chunk, text);
            settle(text, false, ids);
        }

        @Override
        public void accept(byte[] chunk, int offset, int count, IntConsumer ids) {
            StringBuilder text = new StringBuilder(count);
            assembler.append(chunk, offset, count, text);
            settle(text, false, ids);
        }

        @Override
        public void flush(IntConsumer ids) {
            StringBuilder text = new StringBuilder(1);
            assembler.flush(text);
            settle(text, true, ids);
        }

        @Override
        public String tail() {
            String incomplete = assembler.state();
            return incomplete.isEmpty() && pending.length == 0
                    ? ""
                    : incomplete + ":" + HexFormat.of().formatHex(pending);
        }

        private void settle(StringBuilder text, boolean end, IntConsumer ids) {
            byte[] added = text.toString().getBytes(StandardCharsets.UTF_8);
            byte[] all = Arrays.copyOf(pending, pending.length + added.length);
            System.arraycopy(added, 0, all, pending.length, added.length);
            int at = 0;
            while (at < all.length && (end || !trie.mayGoOn(all, at, all.length))) {
                int length = trie.longest(all, at, all.length);
                ids.accept(trie.id(all, at, length));
                at += length;
            }
            pending = Arrays.copyOfRange(all, at, all.length);
        }
    }
}
