package dev.eddy.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** Where a chat takes place: a terminal with a line editor, or standard input and output. */
interface ChatConsole extends AutoCloseable {
    /** The next line without its end, or null at the end of input; waits. */
    @Nullable String read();

    /** Shows a piece of text at once. */
    void print(String text);

    /** Shows a line. */
    default void line(String format, Object... arguments) {
        print(
                (arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments))
                        + "\n");
    }

    /** Runs {@code body}; Ctrl-C meanwhile runs {@code interrupt} and does not end the program. */
    void whileInterruptible(Runnable interrupt, Runnable body);

    @Override
    void close();

    /** A terminal where there is one on both sides, else standard input and {@code out}. */
    static ChatConsole open(PrintWriter out) throws IOException {
        if (System.getenv("EDDY_RECORD_START") != null) {
            return new OnTerminal(true); // So that the record has the line editor's classes, too.
        }
        return System.console() != null && System.console().isTerminal()
                ? new OnTerminal(false)
                : new OnPipe(out);
    }

    /** A terminal with a line editor. */
    final class OnTerminal implements ChatConsole {
        private final Terminal terminal;
        private final LineReader reader;

        /** With {@code dumb} it may be a pipe. */
        OnTerminal(boolean dumb) throws IOException {
            terminal =
                    TerminalBuilder.builder().system(true).dumb(dumb).nativeSignals(true).build();
            reader =
                    LineReaderBuilder.builder()
                            .terminal(terminal)
                            .appName("eddy")
                            .completer(new StringsCompleter("/help", "/stats", "/new", "/quit"))
                            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                            .build();
        }

        @Override
        public @Nullable String read() {
            while (true) {
                try {
                    return reader.readLine("> ");
                } catch (UserInterruptException e) {
                    // Ctrl-C at the prompt clears the line, as shells do.
                } catch (EndOfFileException e) {
                    return null;
                }
            }
        }

        @Override
        public void print(String text) {
            terminal.writer().print(text);
            terminal.writer().flush();
        }

        @Override
        public void whileInterruptible(Runnable interrupt, Runnable body) {
            Terminal.SignalHandler before =
                    terminal.handle(Terminal.Signal.INT, signal -> interrupt.run());
            try {
                body.run();
            } finally {
                terminal.handle(Terminal.Signal.INT, before);
            }
        }

        @Override
        public void close() {
            try {
                terminal.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Standard input and output. Ctrl-C ends the program: there is no prompt to come back to. */
    final class OnPipe implements ChatConsole {
        private final BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        private final PrintWriter out;

        OnPipe(PrintWriter out) {
            this.out = out;
        }

        @Override
        public @Nullable String read() {
            try {
                return in.readLine();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void print(String text) {
            out.print(text);
            out.flush();
        }

        @Override
        public void whileInterruptible(Runnable interrupt, Runnable body) {
            body.run();
        }

        @Override
        public void close() {}
    }
}
