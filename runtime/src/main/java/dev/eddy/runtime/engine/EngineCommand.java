package dev.eddy.runtime.engine;

import java.util.concurrent.CompletableFuture;

/** What other threads tell the engine. */
sealed interface EngineCommand {
    /** Admit a session. */
    record Open(Tenant tenant, long at) implements EngineCommand {}

    /** Absorb elements. */
    record Give(Tenant tenant, Given given, long at) implements EngineCommand {}

    /** Sample a turn. */
    record Generate(Tenant tenant, Turn turn, long at) implements EngineCommand {}

    /** End a turn, or with 0 the first there is. */
    record Cancel(Tenant tenant, long turn) implements EngineCommand {}

    /** Sample no more than so many outputs in all. */
    record Limit(Tenant tenant, long outputs) implements EngineCommand {}

    /** Copy the state out. */
    record Save(Tenant tenant) implements EngineCommand {}

    /** End the lease. */
    record Leave(Tenant tenant, boolean withState) implements EngineCommand {}

    /** Refuse a session. */
    record Refuse(Tenant tenant, String message) implements EngineCommand {}

    /** Ask all sessions to leave, and complete once they have. */
    record Drain(CompletableFuture<Void> done) implements EngineCommand {}

    /** Give up emptying the device: pending drains fail. */
    record Resume() implements EngineCommand {}

    /** Something that a backend's or session's thread finished. */
    record Finish(Runnable action) implements EngineCommand {}
}
