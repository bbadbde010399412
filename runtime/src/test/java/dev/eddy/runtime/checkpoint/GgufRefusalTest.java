package dev.eddy.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** GGUF files that Eddy's architectures cannot stand for are refused by key or tensor. */
final class GgufRefusalTest {
    private static GgufBytes model(String architecture) {
        GgufBytes file = new GgufBytes().key("general.architecture", architecture);
        for (String key :
                List.of(
                        "feed_forward_length",
                        "attention.head_count",
                        "ssm.state_size",
                        "ssm.conv_kernel",
                        "ssm.time_step_rank",
                        "ssm.group_count",
                        "context_length",
                        "shortconv.l_cache",
                        "wkv.head_size",
                        "time_mix_extra_dim",
                        "time_decay_extra_dim",
                        "expert_count",
                        "expert_used_count",
                        "expert_feed_forward_length",
                        "expert_shared_feed_forward_length",
                        "expert_shared_count",
                        "attention.kv_lora_rank",
                        "attention.value_length_mla",
                        "kda.head_dim")) {
            file.key(architecture + "." + key, 4);
        }
        return file.key(architecture + ".embedding_length", 8)
                .key(architecture + ".ssm.inner_size", 16)
                .key(architecture + ".block_count", 3)
                .tensor("token_embd.weight", 0, 0, 8, 4)
                .tensor("output_norm.weight", 0, 128, 8)
                .tensor("blk.0.attn_norm.weight", 0, 160, 8);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(
                        model("jamba").ints("jamba.attention.head_count_kv", List.of(2, 2, 0)),
                        "key jamba.attention.head_count_kv: expected layers at equal distances"),
                Arguments.of(
                        model("granitehybrid")
                                .ints("granitehybrid.attention.head_count_kv", List.of(0, 2, 4)),
                        "key granitehybrid.attention.head_count_kv: expected one number in all"),
                Arguments.of(
                        model("lfm2")
                                .key("lfm2.attention.head_count_kv", 2)
                                .key("lfm2.attention.sliding_window", 16),
                        "key lfm2.attention.sliding_window: expected none, found 16"),
                Arguments.of(
                        model("falcon-h1")
                                .key("falcon-h1.attention.head_count_kv", 2)
                                .key("falcon-h1.rope.scaling.type", "yarn"),
                        "key falcon-h1.rope.scaling.type: expected none or linear"),
                Arguments.of(
                        model("kimi-linear")
                                .ints("kimi-linear.attention.head_count_kv", List.of(0, 1, 0))
                                .key("kimi-linear.rope.dimension_count", 8)
                                .key("kimi-linear.attention.key_length_mla", 8),
                        "key kimi-linear.attention.key_length_mla: expected more than"),
                Arguments.of(
                        model("kimi-linear").key("kimi-linear.expert_gating_func", 1),
                        "key kimi-linear.expert_gating_func: expected 2, a sigmoid, found 1"),
                Arguments.of(
                        model("rwkv6").tensor("blk.1.time_mix_lerp_fused.weight", 0, 192, 8, 4),
                        "the outermost axis: expected 5 parts"),
                Arguments.of(
                        model("rwkv6").tensor("blk.1.time_mix_w2.weight", 0, 192, 2, 8, 4),
                        "extents: expected 5 matrices"),
                Arguments.of(
                        model("mamba9"), "key general.architecture: expected one of [falcon-h1,"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void read_unsupportedVariant_isRefusedByName(GgufBytes file, String message) {
        assertThatThrownBy(() ->
                        GgufFormat.read(
                                GgufFile.read("m.gguf", MemorySegment.ofArray(file.bytes(512))),
                                new TreeMap<>()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("m.gguf")
                .hasMessageContaining(message);
    }
}
