package dev.eddy.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns of real tokenizers pass; those that backtrack much do not. */
final class RegexGuardTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                        + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*"
                        + "|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+",
                "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+"
                        + "| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "[\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff]+",
                "[0-9][0-9][0-9]",
                "\\p{N}{1,3}",
                "\\w+|[^\\w\\s]+",
                "[a-z&&[^b]]+",
                "(?:ab|c){2}x*",
                "\\x{4e00}+"
            })
    void isLinear_usualPatterns_pass(String regex) {
        assertThat(RegexGuard.isLinear(regex)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+$",
                "(a|aa)+$",
                "(a*)*",
                "a*a*b",
                "\\s*\\s*\\s*x",
                "(?:a+b?)*c",
                "(a)\\1",
                "(?<n>a)\\k<n>",
                "(?<=a+)b",
                "((((((((((a))))))))))",
                "a**",
                "a{1,}{2,}",
                "(",
                ")",
                "[",
                "[a",
                "\\",
                "*a",
                "a{",
                "(?i)a",
                "a{2,100}b+c*d",
                "(?=a*)b",
                "x{99999999999}"
            })
    void isLinear_backtrackingOrBroken_doesNot(String regex) {
        assertThat(RegexGuard.isLinear(regex)).isFalse();
    }
}
