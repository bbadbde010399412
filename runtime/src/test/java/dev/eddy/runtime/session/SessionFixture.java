package dev.eddy.runtime.session;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.eddy.runtime.engine.Engine;
import dev.eddy.runtime.engine.EngineModel;
import dev.eddy.runtime.engine.EnginePool;
import dev.eddy.runtime.engine.EngineSettings;
import dev.eddy.runtime.engine.TinyModels;
import dev.eddy.runtime.metrics.Metrics;
import dev.eddy.runtime.tokenizer.Tokenizer;
import dev.eddy.runtime.tokenizer.Tokenizers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Sessions of a tiny model of bytes, "tiny", all in this process. */
final class SessionFixture implements AutoCloseable {
    static final int[] END = {3};

    /** The first device's. */
    final Engine engine;

    final EnginePool engines;
    final MemoryStateStore store = new MemoryStateStore(1 << 30);
    final SessionSystem sessions;

    SessionFixture(
            EngineModel model, SessionSettings settings, UnaryOperator<Tokenizer> tokenizer) {
        this(List.of(model), settings, tokenizer);
    }

    /** The same model on several devices: "device:0" and so on. */
    SessionFixture(
            List<EngineModel> models,
            SessionSettings settings,
            UnaryOperator<Tokenizer> tokenizer) {
        this(models, settings, tokenizer, Duration.ofMillis(20), Duration.ofMillis(50));
    }

    SessionFixture(
            List<EngineModel> models,
            SessionSettings settings,
            UnaryOperator<Tokenizer> tokenizer,
            Duration idleGrace,
            Duration quantum) {
        EngineModel model = models.getFirst();
        engines =
                new EnginePool(
                        IntStream.range(0, models.size())
                                .mapToObj(i ->
                                        Engine.start(
                                                "device:" + i,
                                                List.of(models.get(i)),
                                                EngineSettings.DEFAULT.withSharing(
                                                        idleGrace, quantum),
                                                Metrics.none()))
                                .toList());
        engine = engines.engines().getFirst();
        sessions =
                SessionSystem.start(
                        new SessionSystem.Ground(config()),
                        engines,
                        List.of(describe(model, tokenizer)),
                        store,
                        settings,
                        Metrics.none());
    }

    static SessionFixture of(int slots, int hostStates, SessionSettings settings) {
        return new SessionFixture(
                TinyModels.model("tiny", slots, 32, hostStates), settings, tokenizer -> tokenizer);
    }

    static SessionFixture create() {
        return of(4, 60, SessionSettings.DEFAULT);
    }

    /** Everything is written and read again by the serializers. */
    static Config config() {
        return ConfigFactory.parseMap(
                        Map.of(
                                "pekko.persistence.journal.inmem.test-serialization", "on",
                                "pekko.loglevel", "WARNING"))
                .withFallback(SessionSystem.pekko())
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve();
    }

    private static SessionModel describe(EngineModel model, UnaryOperator<Tokenizer> tokenizer) {
        boolean bytes =
                model.program().input() instanceof dev.eddy.kernels.program.Program.Input.Ids;
        return new SessionModel(
                model.name(),
                "state-id",
                model.executable().numericsId(),
                model.stateBytes(0),
                new SessionModel.Growth(
                        model.layout().growth(), model.usualPositions(), model.mostPositions()),
                bytes ? SessionModel.Kind.BYTE : SessionModel.Kind.FRAME,
                model.program().input(),
                model.program().output(),
                bytes ? tokenizer.apply(bytes()) : null,
                new int[0],
                END);
    }

    /** Ids are the bytes of UTF-8. */
    static Tokenizer bytes() {
        return Tokenizers.of(
                Path.of("none"),
                dev.eddy.runtime.checkpoint.Config.parse(
                        "config.json",
                        "{\"vocab_size\": 256, \"eddy_tokenizer\": \"bytes\"}"
                                .getBytes(StandardCharsets.UTF_8)));
    }

    /** Attaches to a session to be created. */
    StreamClient attachNew(long seed) {
        return StreamClient.attach(sessions, sessions.newId("tiny"), a -> a.create(seed));
    }

    StreamClient attach(String id) {
        return StreamClient.attach(sessions, id, a -> a);
    }

    @Override
    public void close() {
        sessions.close();
        engines.close();
    }
}
