package dev.eddy.runtime.session;

import dev.eddy.kernels.program.Program;
import dev.eddy.runtime.tokenizer.Tokenizer;
import org.jspecify.annotations.Nullable;

/**
 * What sessions must know of a model on the engine.
 *
 * @param name the engine's name for it
 * @param stateId digest of checkpoint and canonical layout
 * @param numericsId what its bits depend on
 * @param stateBytes bytes of one session's state
 * @param growing whether these grow
 * @param kind what an element stands for
 * @param input what it absorbs
 * @param output what it gives out
 * @param tokenizer text to ids and back; null where it takes ids or frames alone
 * @param beginIds placed before the first text of a session
 * @param endIds end a turn unless it says otherwise
 */
public record SessionModel(
        String name,
        String stateId,
        String numericsId,
        long stateBytes,
        boolean growing,
        Kind kind,
        Program.Input input,
        Program.Output output,
        @Nullable Tokenizer tokenizer,
        int[] beginIds,
        int[] endIds) {
    /** What an element that the model absorbs stands for. */
    public enum Kind {
        /** A token of its tokenizer. */
        TOKEN,
        /** A byte, whose id is its value. */
        BYTE,
        /** A base of a nucleic acid. */
        BASE,
        /** A frame of floats. */
        FRAME
    }

    /** True if outputs are sampled in turns; false if there is one for each element absorbed. */
    boolean samples() {
        return output instanceof Program.Output.Logits;
    }

    boolean ends(int id) {
        for (int end : endIds) {
            if (end == id) {
                return true;
            }
        }
        return false;
    }
}
