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
 * @param stateBytes bytes of one session's state, at position 0 where it grows
 * @param growth how it grows
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
        Growth growth,
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

    /**
     * How a state grows, and where its sessions end.
     *
     * @param bytes what each element adds; 0 for a state of constant size
     * @param usual the limit of a session that declares none
     * @param most the largest limit that a session may declare; of no account for a constant state
     */
    public record Growth(long bytes, long usual, long most) {
        /** Of constant size, and endless. */
        public static final Growth NONE = new Growth(0, Program.ENDLESS, Program.ENDLESS);
    }

    boolean grows() {
        return growth.bytes() > 0;
    }

    /** Bytes of the state of a session that has absorbed {@code position} elements. */
    long stateBytes(long position) {
        return stateBytes + growth.bytes() * position;
    }

    /** The limit of a session that declares {@code maxPosition}, 0 for none. */
    long limit(long maxPosition) {
        return grows() && maxPosition > 0 ? maxPosition : growth.usual();
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
