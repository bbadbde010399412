package dev.eddy.client;

import dev.eddy.v1.ConversationsGrpc;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What the lines of one client share.
 *
 * @param channel to the server
 * @param target the server, as the user named it
 * @param executor runs the user's callbacks
 * @param timer runs attempts to reconnect
 */
record Transport(
        ManagedChannel channel, String target, Executor executor, ScheduledExecutorService timer) {
    /** Starts a call of Converse. */
    void converse(Stream stream) {
        channel.resetConnectBackoff();
        var unused = ConversationsGrpc.newStub(channel).converse(stream);
    }

    /** Runs a task later; false if the client was closed. */
    boolean schedule(Runnable task, Duration wait) {
        try {
            var unused = timer.schedule(task, wait.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}
