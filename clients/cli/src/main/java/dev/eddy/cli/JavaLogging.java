package dev.eddy.cli;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/** Passes what libraries log through java.util.logging, gRPC above all, on to Eddy's own log. */
final class JavaLogging extends Handler {
    private final SimpleFormatter formatter = new SimpleFormatter();

    private JavaLogging() {}

    /** Takes the place of the handler that writes to standard error. */
    static void install() {
        LogManager.getLogManager().reset();
        Logger.getLogger("").addHandler(new JavaLogging());
    }

    @Override
    public void publish(LogRecord record) {
        var log =
                LoggerFactory.getLogger(
                        record.getLoggerName() == null ? "java" : record.getLoggerName());
        String message = formatter.formatMessage(record);
        int level = record.getLevel().intValue();
        if (level >= Level.SEVERE.intValue()) {
            log.error(message, record.getThrown());
        } else if (level >= Level.WARNING.intValue()) {
            log.warn(message, record.getThrown());
        } else if (level >= Level.INFO.intValue()) {
            log.info(message, record.getThrown());
        } else {
            log.debug(message, record.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
