package dev.eddy.runtime.session;

/** A request to a session that was refused; carries the {@link Refusal}. */
public final class SessionException extends RuntimeException {
    private final transient Refusal refusal;

    public SessionException(Refusal refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    /** Why. */
    public Refusal refusal() {
        return refusal;
    }
}
