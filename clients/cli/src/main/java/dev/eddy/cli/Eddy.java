package dev.eddy.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code eddy} command: what {@code main} runs, and the parent of every subcommand. */
@Command(
        name = "eddy",
        description = "Serves recurrent-state sequence models as endless conversations.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed; one line on standard error says why", "2:wrong usage"},
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  EDDY_DEBUG=1     the same as --stacktrace",
            "  EDDY_LOG=LEVEL   log to standard error from this level on: error, warn (the default), info, debug",
            "  EDDY_JAVA_OPTS   more flags for the JVM, for example -Xmx8g",
            "  EDDY_CUDA_DRIVER=emulated   run the cuda backend on the emulated driver (from a source checkout)",
            "  JAVA_HOME        the JDK to prefer, 25 or newer"
        },
        // The list of subcommands: each is a class of its own, which this line registers.
        subcommands = {
            ChatCommand.class,
            ServeCommand.class,
            GenerateCommand.class,
            LogitsCommand.class,
            ScoreCommand.class,
            EvalCommand.class,
            GraftCommand.class,
            DistillCommand.class,
            InspectCommand.class,
            DevicesCommand.class,
            CheckCommand.class,
            BenchCommand.class,
            HelpCommand.class
        })
public final class Eddy implements Runnable {
    @Spec private CommandSpec spec;

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Show the Java stack trace of a failure.")
    private boolean stacktrace;

    Eddy() {}

    /** Runs the command line and exits: 0 done, 1 failed, 2 wrong usage. */
    public static void main(String[] args) {
        wipeJavaWarning();
        System.exit(execute(commandLine(), args));
    }

    /** The whole command line, its error handling included. */
    static CommandLine commandLine() {
        var eddy = new Eddy();
        var failures = new Failures(() -> eddy.stacktrace || System.getenv("EDDY_DEBUG") != null);
        return new CommandLine(eddy)
                // Arguments are taken as they stand: a prompt may begin with @.
                .setExpandAtFiles(false)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }

    /**
     * Runs one command line and returns its exit code; a failure that is no exception is reported
     * too.
     */
    static int execute(CommandLine commandLine, String... args) {
        try {
            return commandLine.execute(args);
        } catch (StackOverflowError | OutOfMemoryError | LinkageError | AssertionError e) {
            return Failures.of(commandLine).report(e, commandLine);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    /**
     * Wipes the line in which Java warned of the incubating Vector API, where the launcher saw a
     * terminal.
     */
    private static void wipeJavaWarning() {
        if (System.getenv("EDDY_WIPE_JAVA_WARNING") != null) {
            System.err.print("\033[1A\033[2K");
            System.err.flush();
        }
    }
}
