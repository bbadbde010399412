package dev.eddy.runtime.checkpoint;

/**
 * How llama.cpp stores one architecture: its settings and tensors in the names that Eddy's
 * architectures ask for. Whatever the converter has computed already appears as the derived weight
 * that {@code ModelBuilder.derived} takes, such as {@code -exp(A_log)}.
 */
interface GgufArchitecture {
    /** Puts this architecture's settings under the keys of config.json. */
    void settings(GgufSettings settings, GgufNames names);

    /** Puts its tensors under the names of Hugging Face's checkpoints. */
    void tensors(GgufSettings settings, GgufNames names);
}
