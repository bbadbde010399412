package dev.eddy.runtime.tokenizer;

/** A decoder for tokenizers whose every id stands for some bytes of UTF-8. */
final class BytesDecoder implements Decoder {
    private final Tokenizer tokenizer;
    private final Utf8Stream utf8;

    BytesDecoder(Tokenizer tokenizer, byte[] partial) {
        this.tokenizer = tokenizer;
        this.utf8 = new Utf8Stream(partial);
    }

    @Override
    public String accept(int id) {
        byte[] bytes = tokenizer.bytesOf(id);
        StringBuilder text = new StringBuilder(bytes.length);
        utf8.append(bytes, 0, bytes.length, text);
        return text.toString();
    }

    @Override
    public String flush() {
        StringBuilder text = new StringBuilder(1);
        utf8.flush(text);
        return text.toString();
    }

    @Override
    public byte[] partial() {
        return utf8.pending();
    }
}
