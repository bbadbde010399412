package dev.eddy.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.util.BitSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pieces of every known pattern end wherever {@link SafeSplits} says so, for all characters
 * that it names.
 */
final class SafeSplitsTest {
    /**
     * A word-level vocabulary of one gives one id for each piece, whose span shows where the piece
     * begins.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void at_everyCharacterRelation_isAPiecesEnd(int pattern) {
        String regex = SplitRules.GPT_FAMILY.stream().sorted().toList().get(pattern);
        SafeSplits splits;
        try (JsonTokenizer eddy = TokenizerFiles.eddy(TokenizerFiles.split(regex))) {
            splits = eddy.splits();
        }
        assertThat(splits.beforeSpace()).isTrue();
        assertThat(splits.afterLetter())
                .hasSize(SafeSplits.PUNCTUATION.length() + SafeSplits.SPACES.length());
        StringBuilder text = new StringBuilder();
        for (char c = 1; c < Character.MAX_VALUE; c++) {
            if (!Character.isSurrogate(c)) {
                text.append(c).append(' ').append(c).append(c % 7 == 0 ? 'z' : '.');
            }
        }
        String followers = SafeSplits.PUNCTUATION + SafeSplits.SPACES;
        for (int i = 1; i < 0xd800; i += i < 0x3000 ? 1 : 61) {
            char c = (char) i;
            if (splits.at(new String(new char[] {c, '.'}), 1)) {
                for (int j = 0; j < followers.length(); j++) {
                    text.append(c).append(followers.charAt(j)).append(j % 2 == 0 ? "" : "'s");
                }
            }
        }
        BitSet starts = new BitSet();
        try (HuggingFaceTokenizer djl = TokenizerFiles.djl(TokenizerFiles.pieces(regex))) {
            for (CharSpan span : djl.encode(text.toString(), false, false).getCharTokenSpans()) {
                starts.set(span.getStart());
            }
        }
        int places = 0;
        for (int p = splits.next(text, 0); p >= 0; p = splits.next(text, p)) {
            assertThat(starts.get(p))
                    .as(
                            "a piece begins between U+%04x and U+%04x",
                            (int) text.charAt(p - 1), (int) text.charAt(p))
                    .isTrue();
            places++;
        }
        assertThat(places).isGreaterThan(80_000);
    }
}
