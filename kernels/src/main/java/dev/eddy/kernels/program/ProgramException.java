package dev.eddy.kernels.program;

/** A program that cannot be recorded: an operator's arguments do not fit each other. */
public final class ProgramException extends RuntimeException {
    public ProgramException(String message) {
        super(message);
    }
}
