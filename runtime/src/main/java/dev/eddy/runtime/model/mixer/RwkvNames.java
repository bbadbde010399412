package dev.eddy.runtime.model.mixer;

/**
 * How RWKV checkpoints call their parts.
 *
 * @param scope what holds embedding and blocks, empty where nothing does
 * @param embeddings the embedding's matrix in it
 * @param blocks what holds the blocks by number
 * @param firstNorm the norm of the embedding, in block 0
 * @param timeNorm the norm before the time mix
 * @param timeMix the time mix
 * @param channelNorm the norm before the channel mix
 * @param channelMix the channel mix
 * @param lastNorm the norm before the head
 * @param head the head's matrix
 */
public record RwkvNames(
        String scope,
        String embeddings,
        String blocks,
        String firstNorm,
        String timeNorm,
        String timeMix,
        String channelNorm,
        String channelMix,
        String lastNorm,
        String head) {
    /** BlinkDL's own, of the .pth files. */
    public static final RwkvNames OFFICIAL =
            new RwkvNames(
                    "",
                    "emb.weight",
                    "blocks",
                    "ln0",
                    "ln1",
                    "att",
                    "ln2",
                    "ffn",
                    "ln_out",
                    "head.weight");

    /** Hugging Face's. */
    public static final RwkvNames HUGGING_FACE =
            new RwkvNames(
                    "rwkv",
                    "embeddings.weight",
                    "blocks",
                    "pre_ln",
                    "ln1",
                    "attention",
                    "ln2",
                    "feed_forward",
                    "ln_out",
                    "head.weight");

    /** flash-linear-attention's. */
    public static final RwkvNames FLA =
            new RwkvNames(
                    "model",
                    "embeddings.weight",
                    "layers",
                    "pre_norm",
                    "attn_norm",
                    "attn",
                    "ffn_norm",
                    "ffn",
                    "norm",
                    "lm_head.weight");

    /** What precedes the names of a scope's parts. */
    String in(String part) {
        return scope.isEmpty() ? part : scope + "." + part;
    }
}
