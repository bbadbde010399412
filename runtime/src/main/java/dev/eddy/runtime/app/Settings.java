package dev.eddy.runtime.app;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.runtime.engine.EngineSettings;
import dev.eddy.runtime.server.ServerSettings;
import dev.eddy.runtime.session.SessionSettings;
import dev.eddy.runtime.session.SessionSystem;
import dev.eddy.v1.ModelAlias;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Everything a server is told, checked: what reference.conf lists, within the limits stated here.
 *
 * @param server the gRPC server
 * @param metrics the metrics page
 * @param models what to serve
 * @param aliases names behind which one of several models is chosen
 * @param device what computes
 * @param engine how it is shared
 * @param session how sessions are kept
 * @param storeBytes memory for the states of sessions that left the engine
 * @param pekko the whole configuration, for Pekko
 */
public record Settings(
        ServerSettings server,
        MetricsSettings metrics,
        List<ModelSource> models,
        List<ModelAlias> aliases,
        DeviceSettings device,
        EngineSettings engine,
        SessionSettings session,
        long storeBytes,
        Config pekko) {
    public Settings {
        models = List.copyOf(models);
        aliases = List.copyOf(aliases);
    }

    private static final String ROOT = "eddy";

    /**
     * The settings of reference.conf, changed by system properties and then by these.
     *
     * @param overrides full keys ({@code eddy.server.port}) and their values
     * @throws SettingsException naming the key, the value, the limit and the remedy
     */
    public static Settings load(Map<String, ?> overrides) {
        return of(configuration(ConfigFactory.empty(), overrides));
    }

    /**
     * The settings of reference.conf, changed by a file, then by system properties and then by
     * these.
     *
     * @throws SettingsException naming the key, the value, the limit and the remedy
     */
    public static Settings load(Path file, Map<String, ?> overrides) {
        if (!Files.isReadable(file)) {
            throw new SettingsException(
                    "the settings file " + file + " cannot be read: check the path");
        }
        try {
            return of(configuration(ConfigFactory.parseFile(file.toFile()), overrides));
        } catch (ConfigException e) {
            throw new SettingsException(
                    "the settings file " + file + " cannot be parsed: " + e.getMessage());
        }
    }

    /** The same with other models to serve, and no others. */
    public Settings serving(ModelSource... others) {
        return new Settings(
                server,
                metrics,
                List.of(others),
                aliases,
                device,
                engine,
                session,
                storeBytes,
                pekko);
    }

    /** The whole configuration, Pekko's included. */
    static Config configuration(Config file, Map<String, ?> overrides) {
        return ConfigFactory.parseMap(overrides)
                .withFallback(ConfigFactory.systemProperties())
                .withFallback(file)
                .withFallback(SessionSystem.pekko())
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve();
    }

    /** Settings out of a configuration. */
    static Settings of(Config config) {
        SettingsReader.refuseUnknown(config, ConfigFactory.defaultReference(), ROOT);
        return new Settings(
                server(new SettingsReader(config, "eddy.server")),
                metrics(new SettingsReader(config, "eddy.metrics")),
                new SettingsReader(config, ROOT)
                        .texts("models").stream().map(ModelSource::parse).toList(),
                AliasReader.read(new SettingsReader(config, ROOT)),
                device(new SettingsReader(config, "eddy.device")),
                engine(new SettingsReader(config, "eddy.engine")),
                session(new SettingsReader(config, "eddy.session")),
                new SettingsReader(config, "eddy.session")
                        .longBytes("store-memory", 0, 1L << 46, "not more than the machine has"),
                config);
    }

    private static ServerSettings server(SettingsReader in) {
        Duration second = Duration.ofSeconds(1);
        Duration day = Duration.ofDays(1);
        return new ServerSettings(
                in.text("host", "127.0.0.1 serves this machine, 0.0.0.0 every network"),
                in.integer("port", 0, 65535, "0 takes a free one"),
                in.bytes(
                        "max-request-bytes",
                        4 << 10,
                        64 << 20,
                        "cut inputs into smaller requests instead"),
                in.bytes("max-metadata-bytes", 1 << 10, 1 << 20, "8 KiB suits most"),
                in.bytes("stream-window-bytes", 4 << 10, 8 << 20, "64 KiB suits most"),
                in.integer(
                        "max-streams-per-connection",
                        1,
                        1_000_000,
                        "more streams need more connections"),
                in.duration("keepalive-time", second, day, "60 s suits most"),
                in.duration("keepalive-timeout", second, Duration.ofMinutes(10), "20 s suits most"),
                in.duration("min-client-keepalive-time", second, day, "10 s suits most"),
                in.integer("transport-credit", 1, 1 << 20, "64 suits most"),
                in.duration(
                        "drain-timeout", Duration.ZERO, Duration.ofHours(1), "0 waits for nothing"),
                in.duration(
                        "retry-after",
                        Duration.ZERO,
                        Duration.ofHours(1),
                        "about the time of a restart"),
                in.flag("reflection"),
                in.flag("channelz"));
    }

    private static MetricsSettings metrics(SettingsReader in) {
        return new MetricsSettings(
                in.text("host", "127.0.0.1 shows it to this machine, 0.0.0.0 to every network"),
                in.integer(
                        "port",
                        MetricsSettings.NO_PAGE,
                        65535,
                        "0 takes a free one, -1 shows no page"),
                in.duration(
                        "interval", Duration.ofMillis(100), Duration.ofHours(1), "5 s suits most"));
    }

    private static DeviceSettings device(SettingsReader in) {
        return new DeviceSettings(
                in.textOrEmpty("backend"),
                in.choice("weights", WeightType.byLabel()),
                in.integer("threads", 0, 1024, "0 takes one a core"),
                in.integer("slots", 1, 1 << 20, "each takes a state's bytes on the device"),
                in.integer("rows", 1, 1 << 16, "256 suits most"),
                in.integer("positions", 1, 1 << 24, "4096 suits most"),
                in.integer("window", 0, 1 << 24, "0 leaves attention as the model has it"),
                in.duration("warm-up", Duration.ZERO, Duration.ofMinutes(10), "2 s suits most"),
                in.longBytes("host-memory", 0, 1L << 46, "not more than the machine has"));
    }

    private static EngineSettings engine(SettingsReader in) {
        Duration millisecond = Duration.ofMillis(1);
        Duration minute = Duration.ofMinutes(1);
        int queue = in.integer("queue", 1 << 6, 1 << 24, "a power of two; 16384 suits most");
        if (Integer.bitCount(queue) != 1) {
            throw new SettingsException(
                    "eddy.engine.queue is %d; it must be a power of two: 16384".formatted(queue));
        }
        return new EngineSettings(
                in.duration("max-step", millisecond, minute, "50 ms suits most"),
                in.duration("patience", millisecond, Duration.ofHours(1), "1 s suits most"),
                in.integer("min-chunk", 1, 1 << 16, "8 suits most"),
                in.duration("idle-grace", Duration.ZERO, minute, "100 ms suits most"),
                in.duration("quantum", millisecond, Duration.ofHours(1), "250 ms suits most"),
                in.duration("open-wait", Duration.ZERO, Duration.ofHours(1), "5 s suits most"),
                queue);
    }

    private static SessionSettings session(SettingsReader in) {
        Duration second = Duration.ofSeconds(1);
        Duration day = Duration.ofDays(1);
        int inputLimit = in.integer("input-limit", 1, 1 << 24, "65536 suits most");
        return new SessionSettings(
                in.integer("unacknowledged-limit", 16, 1 << 20, "4096 suits most"),
                inputLimit,
                in.integer("max-input", 1, 1 << 24, "longer inputs come in pieces"),
                in.integer("window", 1, 1 << 16, "1024 suits most"),
                in.integer("log-elements", 1, 1 << 16, "64 suits most"),
                in.duration(
                        "log-interval",
                        Duration.ofMillis(10),
                        Duration.ofMinutes(1),
                        "1 s suits most"),
                in.integer("snapshot-every", 1, 1 << 16, "32 suits most"),
                in.integer("save-every", 1, 1 << 24, "4096 suits most"),
                in.integer("replay-limit", 0, 1 << 24, "256 suits most"),
                in.duration("rest-after", Duration.ofMillis(100), day, "10 s suits most"),
                in.duration("passivate-after", second, day, "60 s suits most"),
                in.flag("rebase"),
                in.duration("keep", Duration.ZERO, Duration.ofDays(3650), "24 h suits most"));
    }
}
