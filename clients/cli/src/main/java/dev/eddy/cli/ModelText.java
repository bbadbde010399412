package dev.eddy.cli;

/** Words that several commands' help shares. */
final class ModelText {
    static final String MODEL =
            "A checkpoint's directory or file, or a built-in model: prose or dna.";

    static final String SERVED_MODEL =
            "A checkpoint's directory or file, a built-in model (prose or dna), or with --server a name there.";

    private ModelText() {}
}
