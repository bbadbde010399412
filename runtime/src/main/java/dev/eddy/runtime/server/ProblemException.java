package dev.eddy.runtime.server;

/**
 * Carries a {@link Problem} out of the reading of a request; has no stack trace, since clients
 * cause it.
 */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
