package dev.eddy.kernels.cuda;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The common end of several tasks: of those begun and of whoever began them. Thread-safe. */
final class Together {
    private final AtomicInteger open = new AtomicInteger(1);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    /** One more task, whose end will be told. */
    void begin() {
        open.incrementAndGet();
    }

    /** A task cannot do what it should; its end is to be told all the same. The first counts. */
    void fail(Throwable reason) {
        if (!failure.compareAndSet(null, reason)) {
            Throwable first = failure.get();
            if (first != null && first != reason) {
                first.addSuppressed(reason);
            }
        }
    }

    /** A task is over, or, the first time without a task, there are no more to begin. */
    void end() {
        if (open.decrementAndGet() == 0) {
            Throwable reason = failure.get();
            if (reason == null) {
                over.complete(null);
            } else {
                over.completeExceptionally(reason);
            }
        }
    }

    /** Completes when all are over, with the first failure if there was one. */
    CompletableFuture<Void> over() {
        return over;
    }

    /** Waits until all are over, and throws the first failure if there was one. */
    void await() {
        try {
            over.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException reason -> throw reason;
                case Error reason -> throw reason;
                case null, default -> throw e;
            }
        }
    }
}
