package dev.eddy.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Typed access to settings, and what each refusal says. */
final class ConfigTest {
    private static Config config(String json) {
        return Config.parse("config.json", json);
    }

    @Test
    void typedAccess_valuesOfEachType_areRead() {
        Config config =
                config(
                        """
                        {"hidden_size": 32, "expand": 2.0, "big": 9007199254740993, "eps": 1e-5, "bias": false,
                         "act": "silu", "ids": [1, 2], "one": 7, "names": ["a", "b"], "rope": {"factor": 4.0},
                         "layers": [{"mixer": "mamba"}, {"mixer": "attention"}]}
                        """);

        assertThat(config.intOf("hidden_size")).isEqualTo(32);
        assertThat(config.intOf("expand")).isEqualTo(2);
        assertThat(config.longOf("big")).isEqualTo(9_007_199_254_740_993L);
        assertThat(config.doubleOf("eps")).isEqualTo(1e-5);
        assertThat(config.floatOf("eps")).isEqualTo(1e-5f);
        assertThat(config.boolOf("bias")).isFalse();
        assertThat(config.stringOf("act")).isEqualTo("silu");
        assertThat(config.intsOf("ids")).containsExactly(1, 2);
        assertThat(config.intsOf("one")).containsExactly(7);
        assertThat(config.stringsOf("names")).containsExactly("a", "b");
        assertThat(config.at("rope").doubleOf("factor")).isEqualTo(4.0);
        assertThat(config.objectsOf("layers"))
                .extracting(layer -> layer.stringOf("mixer"))
                .containsExactly("mamba", "attention");
    }

    @Test
    void fallback_keyAbsentOrNull_isUsed() {
        Config config = config("{\"a\": null}");

        for (String key : List.of("a", "b")) {
            assertThat(config.has(key)).isFalse();
            assertThat(config.intOf(key, 3)).isEqualTo(3);
            assertThat(config.positive(key, 4)).isEqualTo(4);
            assertThat(config.intIn(key, 0, 1, 9)).isEqualTo(9);
            assertThat(config.doubleOf(key, 0.5)).isEqualTo(0.5);
            assertThat(config.floatOf(key, 0.25f)).isEqualTo(0.25f);
            assertThat(config.boolOf(key, true)).isTrue();
            assertThat(config.stringOf(key, "x")).isEqualTo("x");
            assertThat(config.oneOf(key, Set.of("p"), "q")).isEqualTo("q");
            assertThat(config.find(key)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"__float__\": \"Infinity\"} | Infinity",
                "{\"__float__\": \"-Infinity\"} | -Infinity",
                "{\"__float__\": \"NaN\"} | NaN",
                "Infinity | Infinity",
                "-Infinity | -Infinity",
                "NaN | NaN",
                "{\"__float__\": 1.5} | 1.5",
                "-0.0 | -0.0",
            })
    void doubleOf_specialForms_areRead(String json, Double expected) {
        assertThat(config("{\"x\": " + json + "}").doubleOf("x")).isEqualTo(expected);
        assertThat(config("{\"x\": [0.0, " + json + "]}").doublesOf("x"))
                .containsExactly(0.0, expected);
    }

    @Test
    void required_keyMissing_namesFileAndPath() {
        Config config = config("{\"text\": {\"a\": null}}");

        assertThatThrownBy(() -> config.at("text").intOf("hidden_size"))
                .isInstanceOf(CheckpointException.class)
                .hasMessage("config.json: key text.hidden_size is required and missing");
        assertThatThrownBy(() -> config.at("text").intOf("a"))
                .hasMessage("config.json: key text.a is required and null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"32\"",
                "1.5",
                "2147483648",
                "-2147483649",
                "1e400",
                "NaN",
                "[1]",
                "{}",
                "true"
            })
    void intOf_notAnInt_namesExpectedAndFound(String json) {
        assertThatThrownBy(() -> config("{\"n\": " + json + "}").intOf("n"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(
                        "config.json: key n: expected a whole number from -2147483648 to 2147483647, found ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "-1e999999999",
                "\"Infinity\"",
                "{\"__float__\": \"inf\"}",
                "{}",
                "[]"
            })
    void doubleOf_noDouble_isRefused(String json) {
        assertThatThrownBy(() -> config("{\"x\": " + json + "}").doubleOf("x"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("key x: expected a number within a double's range, found ");
    }

    @Test
    void ranges_valueOutside_isRefused() {
        Config config = config("{\"n\": 0, \"x\": NaN, \"s\": \"gelu\"}");

        assertThatThrownBy(() -> config.positive("n"))
                .hasMessageContaining("from 1 to 2147483647, found 0");
        assertThatThrownBy(() -> config.doubleIn("x", 0, 1))
                .hasMessageContaining("from 0.0 to 1.0, found NaN");
        assertThatThrownBy(() -> config.floatOf("x")).hasMessageContaining("found NaN");
        assertThatThrownBy(() -> config.oneOf("s", Set.of("silu", "relu")))
                .hasMessage("config.json: key s: expected one of [relu, silu], found \"gelu\"");
    }

    @Test
    void items_badItem_namesItsIndex() {
        assertThatThrownBy(() -> config("{\"a\": {\"ids\": [1, \"x\"]}}").at("a").intsOf("ids"))
                .hasMessageContaining("key a.ids[1]: expected a whole number");
        assertThatThrownBy(
                        () -> config("{\"l\": [{\"k\": 1}, {}]}").objectsOf("l").get(1).intOf("k"))
                .hasMessageContaining("key l[1].k is required");
        assertThatThrownBy(() -> config("{\"\": [1]}").stringsOf(""))
                .hasMessageContaining("key \"\"[0]: expected a string");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "3",
                "{",
                "{\"a\": 1",
                "{\"a\": 1}}",
                "{\"a\": 1} {}",
                "{\"a\": 1, \"a\": 2}",
                "{a: 1}",
                "{\"a\": tru}",
                "{\"a\": 01}",
                "{\"a\": \"\u0001\"}",
                "// x\n{}"
            })
    void parse_malformed_isRefusedWithItsName(String json) {
        assertThatThrownBy(() -> config(json))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("config.json: ");
    }

    @Test
    void parse_nestingTooDeep_isRefused() {
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThatThrownBy(() -> config(deep))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("nesting");
    }

    @Test
    void parse_giantNumber_isRefused() {
        assertThatThrownBy(() -> config("{\"n\": " + "9".repeat(1_000_000) + "}"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("Number");
    }

    @Test
    void parse_notUtf8_namesTheByte() {
        byte[] bytes = {'{', '"', (byte) 0xc3, '"', ':', '1', '}'};

        assertThatThrownBy(() -> Config.parse("config.json", MemorySegment.ofArray(bytes)))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(
                        "config.json: text: expected UTF-8, found an invalid byte sequence at byte 2");
    }

    @Test
    void refuse_conditionAcrossKeys_namesTheValue() {
        assertThat(config("{\"n_groups\": 3}").refuse("n_groups", "a divisor of num_heads (8)"))
                .hasMessage(
                        "config.json: key n_groups: expected a divisor of num_heads (8), found 3");
    }

    @Test
    void canonical_otherOrderAndSpelling_isEqual() {
        String one = config("{\"b\": [1, 2.50], \"a\": {\"y\": 1e2, \"x\": null}}").canonical();
        String other = config("{ \"a\":{\"x\":null,\"y\":100.0},\"b\":[1.0,25e-1] }").canonical();

        assertThat(one).isEqualTo(other);
        assertThat(config("{\"a\": [1, 2]}").canonical())
                .isNotEqualTo(config("{\"a\": [12]}").canonical());
        assertThat(config("{\"a\": \"1\"}").canonical())
                .isNotEqualTo(config("{\"a\": 1}").canonical());
    }

    @Test
    void with_key_addsOrReplaces() {
        Config config = config("{\"a\": \"x\"}");

        assertThat(config.with("a", "y").stringOf("a")).isEqualTo("y");
        assertThat(config.with("b", "z").stringOf("b")).isEqualTo("z");
        assertThat(config.stringOf("a")).isEqualTo("x");
    }
}
