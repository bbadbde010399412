package dev.eddy.cli;

import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What the user reads of a failure: one line on standard error that says what failed and the
 * remedy, with the stack trace only where it was asked for.
 *
 * <p>Exceptions of Eddy itself, of files and of servers, and bad arguments are the user's to mend
 * and show their message; whatever else arrives here is a defect of Eddy and says so.
 */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final BooleanSupplier stacktrace;

    /**
     * @param stacktrace whether to show stack traces, asked when a failure is reported
     */
    Failures(BooleanSupplier stacktrace) {
        this.stacktrace = stacktrace;
    }

    /** The handler that {@link Eddy#commandLine()} installed. */
    static Failures of(CommandLine commandLine) {
        return (Failures) commandLine.getExecutionExceptionHandler();
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine commandLine = e.getCommandLine();
        PrintWriter err = commandLine.getErr();
        err.println("eddy: " + oneLine(e.getMessage()));
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println(
                "Try '" + commandLine.getCommandSpec().qualifiedName() + " --help' for its usage.");
        err.flush();
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parsed) {
        return e instanceof ParameterException usage
                ? handleParseException(usage, new String[0])
                : report(e, commandLine);
    }

    /** Reports a failure and returns the exit code that goes with it. */
    int report(Throwable failure, CommandLine commandLine) {
        Throwable cause = unwrapped(failure);
        PrintWriter err = commandLine.getErr();
        boolean traced = stacktrace.getAsBoolean();
        String told = messageForUser(cause);
        if (told != null) {
            err.println("eddy: " + told);
        } else {
            err.println(
                    "eddy: internal error, a defect of Eddy: "
                            + oneLine(cause.toString())
                            + (traced ? "" : " (--stacktrace shows where)"));
        }
        if (traced) {
            failure.printStackTrace(err);
        }
        err.flush();
        return ExitCode.SOFTWARE;
    }

    /** A failure in one line, for a message that says more. */
    static String reason(IOException failure) {
        String told = messageForUser(failure);
        return told != null ? told : failure.toString();
    }

    /** One line for the user, or null where the failure is a defect of Eddy. */
    private static @Nullable String messageForUser(Throwable failure) {
        String message = oneLine(failure.getMessage());
        return switch (failure) {
            case NoSuchFileException e -> e.getFile() + ": no such file or directory";
            case AccessDeniedException e -> e.getFile() + ": permission denied";
            case NotDirectoryException e -> e.getFile() + ": not a directory";
            case FileAlreadyExistsException e -> e.getFile() + ": exists already";
            case FileSystemException e -> message;
            case StatusRuntimeException e -> server(e.getStatus());
            case StatusException e -> server(e.getStatus());
            case OutOfMemoryError e ->
                    "out of memory ("
                            + message
                            + "); EDDY_JAVA_OPTS=-Xmx<size> gives the heap more,"
                            + " -XX:MaxDirectMemorySize=<size> what lies outside it";
            case IOException e when !message.isEmpty() -> message;
            case IllegalArgumentException e when !message.isEmpty() -> message;
            case UnsupportedOperationException e when !message.isEmpty() -> message;
            case RuntimeException e when !message.isEmpty() && isOfEddy(e) -> message;
            default -> null;
        };
    }

    private static String server(io.grpc.Status status) {
        String description = oneLine(status.getDescription());
        return "the server answered "
                + status.getCode()
                + (description.isEmpty() ? "" : ": " + description);
    }

    private static boolean isOfEddy(Throwable failure) {
        return failure.getClass().getName().startsWith("dev.eddy.");
    }

    /** The failure within those wrappers that say nothing of their own. */
    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null
                && (cause instanceof UncheckedIOException
                        || cause instanceof CompletionException
                        || cause instanceof ExecutionException)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String oneLine(@Nullable String text) {
        return text == null ? "" : text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
