package dev.eddy.runtime.engine;

import java.util.List;

/** An engine that runs on the test's thread, by a clock that the test sets. */
final class ManualEngine implements AutoCloseable {
    final Engine engine;
    private long nanos = 1;

    ManualEngine(EngineSettings settings, EngineModel... models) {
        engine = Engine.manual(List.of(models), settings, () -> nanos);
    }

    static ManualEngine of(EngineModel... models) {
        return new ManualEngine(EngineSettings.DEFAULT, models);
    }

    /** Opens a session and gives it endless credit. */
    Client open(String model, long seed) {
        Client client = open(Opening.fresh(model, seed, 0));
        client.lease.limit(Long.MAX_VALUE);
        return client;
    }

    Client open(Opening opening) {
        Client client = new Client();
        client.lease = engine.open(opening, client);
        return client;
    }

    /** Runs turns until there is nothing left to do. */
    void settle() {
        for (int i = 0; i < 100_000; i++) {
            if (engine.doWork() == 0) {
                return;
            }
        }
        throw new AssertionError("the engine never comes to rest");
    }

    void turns(int count) {
        for (int i = 0; i < count; i++) {
            engine.doWork();
        }
    }

    void advanceMillis(long millis) {
        nanos += millis * 1_000_000;
    }

    @Override
    public void close() {
        engine.close();
    }
}
