package dev.eddy.runtime.chat;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import com.hubspot.jinjava.el.JinjavaProcessors;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jinjava.javax.el.CompositeELResolver;

/**
 * Renders one Jinja template as transformers does, on a leash: nothing but strings, numbers, lists
 * and maps goes in, output, lists and loops are bounded, and so is the time.
 */
final class Jinja {
    /** The largest template. */
    static final int LONGEST_SOURCE = 1 << 20;

    private static final int LONGEST_OUTPUT = 4 << 20;
    private static final int MOST_ITEMS = 100_000;
    private static final int DEPTH = 20;
    private static final long SECONDS = 5;

    private static final Jinjava ENGINE = engine();

    private final String source;
    private final String template;

    /**
     * @param source where it is from, for error messages
     */
    Jinja(String source, String template) {
        if (template.length() > LONGEST_SOURCE) {
            throw new ChatTemplateException(
                    source
                            + ": expected a chat template of at most "
                            + LONGEST_SOURCE
                            + " chars, found "
                            + template.length());
        }
        this.source = source;
        // Jinja drops the newline that ends a file.
        this.template =
                template.endsWith("\n") ? template.substring(0, template.length() - 1) : template;
    }

    String source() {
        return source;
    }

    private static Jinjava engine() {
        CompositeELResolver resolver = new CompositeELResolver();
        resolver.add(new PythonStrings());
        resolver.add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
        JinjavaConfig config =
                JinjavaConfig.newBuilder()
                        .withLocale(Locale.ROOT)
                        .withTrimBlocks(true)
                        .withLstripBlocks(true)
                        .withNestedInterpretationEnabled(false)
                        .withMaxOutputSize(LONGEST_OUTPUT)
                        .withMaxStringLength(LONGEST_OUTPUT)
                        .withMaxListSize(MOST_ITEMS)
                        .withMaxMapSize(MOST_ITEMS)
                        .withRangeLimit(MOST_ITEMS)
                        .withMaxRenderDepth(DEPTH)
                        .withMaxMacroRecursionDepth(DEPTH)
                        .withElResolver(resolver)
                        .withProcessors(
                                JinjavaProcessors.newBuilder()
                                        .withNodePreProcessor((node, interpreter) -> requireTime())
                                        .build())
                        .withDisabled(
                                Map.of(
                                        Context.Library.TAG,
                                        Set.of("include", "import", "from", "extends")))
                        .withLegacyOverrides(
                                LegacyOverrides.newBuilder()
                                        .withUsePyishObjectMapper(true)
                                        .withUseNaturalOperatorPrecedence(true)
                                        .withParseWhitespaceControlStrictly(true)
                                        .withUseTrimmingForNotesAndExpressions(true)
                                        .withKeepNullableLoopValues(true)
                                        .withIterateOverMapKeys(true)
                                        .build())
                        .build();
        Jinjava engine = new Jinjava(config);
        engine.getGlobalContext()
                .registerFunction(
                        new ELFunctionDefinition(
                                "", "raise_exception", Jinja.class, "raise", String.class));
        engine.getGlobalContext()
                .registerFunction(
                        new ELFunctionDefinition(
                                "", "strftime_now", Jinja.class, "now", String.class));
        return engine;
    }

    /** The library does not look whether its thread was interrupted. */
    private static void requireTime() {
        if (Thread.currentThread().isInterrupted()) {
            throw new ChatTemplateException("out of time");
        }
    }

    /** What templates refuse by. */
    public static String raise(String message) {
        throw new ChatTemplateException(message);
    }

    /** Today, in Python's format: the few letters that templates use. */
    public static String now(String format) {
        LocalDateTime now = LocalDateTime.now();
        return format.replace("%Y", String.format(Locale.ROOT, "%04d", now.getYear()))
                .replace("%m", String.format(Locale.ROOT, "%02d", now.getMonthValue()))
                .replace("%d", String.format(Locale.ROOT, "%02d", now.getDayOfMonth()))
                .replace("%b", now.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
                .replace("%B", now.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                .replace("%H", String.format(Locale.ROOT, "%02d", now.getHour()))
                .replace("%M", String.format(Locale.ROOT, "%02d", now.getMinute()))
                .replace("%S", String.format(Locale.ROOT, "%02d", now.getSecond()));
    }

    /**
     * Renders.
     *
     * @throws ChatTemplateException if the template is malformed, refuses the values, or goes
     *     beyond a limit
     */
    String render(Map<String, ?> values) {
        CompletableFuture<RenderResult> result = new CompletableFuture<>();
        Thread thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("eddy-chat-template")
                        .unstarted(() -> {
                            try {
                                result.complete(
                                        ENGINE.renderForResult(template, new HashMap<>(values)));
                            } catch (Throwable e) {
                                result.completeExceptionally(e);
                            }
                        });
        thread.start();
        try {
            return output(result.get(SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            thread.interrupt();
            throw refused("took longer than " + SECONDS + " s");
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw refused("was interrupted");
        } catch (ExecutionException e) {
            throw refused(String.valueOf(e.getCause()));
        }
    }

    private String output(RenderResult result) {
        for (TemplateError error : result.getErrors()) {
            if (error.getSeverity() == TemplateError.ErrorType.FATAL) {
                Throwable cause = error.getException();
                while (cause != null && !(cause instanceof ChatTemplateException)) {
                    cause = cause.getCause();
                }
                throw refused(
                        String.valueOf(cause == null ? error.getMessage() : cause.getMessage()));
            }
        }
        return result.getOutput();
    }

    private ChatTemplateException refused(String why) {
        String shown = why.length() > 300 ? why.substring(0, 300) + "..." : why;
        return new ChatTemplateException(
                source
                        + ": the chat template cannot be used: "
                        + shown
                        + "; "
                        + ChatTemplate.REMEDY);
    }
}
