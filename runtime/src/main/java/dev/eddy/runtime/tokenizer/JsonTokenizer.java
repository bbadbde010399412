package dev.eddy.runtime.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A tokenizer that the tokenizers library runs from a tokenizer.json, through DJL. Text is cut
 * where that provably changes nothing ({@link SafeSplits}), else by force at a limit, so that any
 * chunks give the same ids.
 */
final class JsonTokenizer implements Tokenizer {
    /** Longest piece, in chars, that is waited for where safe places are known. */
    static final int PIECE_LIMIT = 4096;

    /** Longest piece where none are known: the whole message, as a rule. */
    static final int HOLD_LIMIT = 16_384;

    private static final byte[] NOTHING = {};

    static {
        // DJL would otherwise report to its makers on Amazon's machines, and fetch other builds
        // where it sees a GPU.
        for (String property : new String[] {"ai.djl.offline", "OPT_OUT_TRACKING"}) {
            if (System.getProperty(property) == null) {
                System.setProperty(property, "true");
            }
        }
    }

    private final String source;
    private final HuggingFaceTokenizer opening;
    private final HuggingFaceTokenizer continuing;
    private final SafeSplits splits;
    private final int limit;
    private final Map<String, Integer> ids;
    private final String[] tokens;
    private final byte[][] bytes;
    private final SpecialIds specials;

    /**
     * @param specials given the tokens' ids, once these are known
     */
    JsonTokenizer(TokenizerJson json, SpecialIds specials) {
        this.source = json.source();
        this.ids = Map.copyOf(json.ids());
        this.specials = specials;
        int size = ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
        this.tokens = new String[size];
        this.bytes = new byte[size][];
        Spellings spellings = Spellings.of(source, json.root().path("decoder"));
        ids.forEach((token, id) -> {
            tokens[id] = token;
            bytes[id] = json.specials().contains(token) ? NOTHING : spellings.bytes(token);
        });
        ObjectNode plain = json.plain(nonce());
        this.splits = SplitRules.of(plain);
        this.limit = splits.equals(SafeSplits.NONE) ? HOLD_LIMIT : PIECE_LIMIT;
        this.opening = load(source, plain);
        this.continuing = Prefixes.present(plain) ? load(source, Prefixes.removed(plain)) : opening;
    }

    /**
     * What no text holds, since nobody knows it: without that, its spelling in a text would be a
     * special token.
     */
    private static String nonce() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return "\ue000" + HexFormat.of().formatHex(random);
    }

    private static HuggingFaceTokenizer load(String source, ObjectNode json) {
        try {
            return HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json.toString().getBytes(StandardCharsets.UTF_8)),
                    Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false"));
        } catch (IOException | RuntimeException e) {
            throw new TokenizerException(
                    source + ": the tokenizers library refuses it: " + e.getMessage(), e);
        }
    }

    /** Where text may be cut. */
    SafeSplits splits() {
        return splits;
    }

    @Override
    public int size() {
        return tokens.length;
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
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    @Override
    public String tokenOf(int id) {
        String token = isKnown(id) ? tokens[id] : null;
        return token == null ? "" : token;
    }

    @Override
    public byte[] bytesOf(int id) {
        byte[] known = isKnown(id) ? bytes[id] : null;
        return known == null ? NOTHING : known.clone();
    }

    private boolean isKnown(int id) {
        if (id < 0) {
            throw new TokenizerException("id " + id + ": expected 0 or more");
        }
        return id < tokens.length;
    }

    @Override
    public Encoder encoder(String tail) {
        return new SegmentingEncoder(splits, limit, this::encode, tail);
    }

    @Override
    public int tailLimit() {
        return SegmentingEncoder.tailLimit(limit);
    }

    private void encode(String piece, boolean first, Ids out) {
        long[] encoded;
        try {
            encoded = (first ? opening : continuing).encode(piece, false, false).getIds();
        } catch (RuntimeException e) {
            throw new TokenizerException(
                    source
                            + ": text of "
                            + piece.length()
                            + " chars cannot be expressed in this vocabulary: "
                            + e.getMessage(),
                    e);
        }
        for (long id : encoded) {
            out.add((int) id);
        }
    }

    @Override
    public void close() {
        opening.close();
        if (continuing != opening) {
            continuing.close();
        }
    }
}
