package dev.eddy.runtime.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.eddy.v1.ListSessionsRequest;
import dev.eddy.v1.SessionsGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Fuzzes the wire of a whole server: conversations of requests with wild values in wild order,
 * messages of damaged bytes, calls that break off, and connections that are no HTTP/2. All calls
 * must end with a status that is no defect, and the server must be as good as new afterwards.
 *
 * <p>{@code -Deddy.fuzz.seconds} says how long (5), {@code -Deddy.fuzz.seed} repeats a run's
 * choices.
 */
final class WireFuzzTest {
    private static final long SECONDS = Long.getLong("eddy.fuzz.seconds", 5);
    private static final long SEED = Long.getLong("eddy.fuzz.seed", 1);
    private static final int AT_ONCE = 8;

    /** gRPC tells with stack traces what clients did wrong. */
    private static final java.util.logging.Logger GRPC =
            java.util.logging.Logger.getLogger("io.grpc.netty.shaded");

    static {
        GRPC.setLevel(java.util.logging.Level.SEVERE);
    }

    @Test
    void wire_ofWildCalls_endsInStatusesAlone() throws Exception {
        System.out.println(
                "the wire: -Deddy.fuzz.seed=" + SEED + " -Deddy.fuzz.seconds=" + SECONDS);
        Settings settings =
                Settings.load(
                                Map.of(
                                        "eddy.server.port", 0,
                                        "eddy.metrics.port", -1,
                                        "eddy.device.slots", 4,
                                        "eddy.session.rest-after", "200 ms",
                                        "eddy.session.passivate-after", "1 s"))
                        .serving(new ModelSource.Null("null", 256));
        ListAppender<ILoggingEvent> errors = watchErrors();
        try (EddyServer server = EddyServer.start(settings, share -> {})) {
            var random = new SplittableRandom(SEED);
            Map<Status.Code, Integer> codes = new EnumMap<>(Status.Code.class);
            long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
            String sane = WildCall.sane(server.port());
            while (System.nanoTime() < end) {
                ManagedChannel channel =
                        NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                                .usePlaintext()
                                .build();
                try {
                    List<WildCall> calls =
                            IntStream.range(0, AT_ONCE)
                                    .mapToObj(i -> WildCall.start(channel, random.split()))
                                    .toList();
                    for (WildCall call : calls) {
                        codes.merge(call.end(), 1, Integer::sum);
                    }
                } finally {
                    channel.shutdownNow();
                }
                WildCall.noise(server.port(), random.split());
                assertThat(errors.list).as("defects").isEmpty();
            }
            System.out.println("the wire: " + codes);
            assertThat(codes)
                    .containsKeys(Status.Code.INVALID_ARGUMENT, Status.Code.FAILED_PRECONDITION);
            assertThat(codes)
                    .doesNotContainKeys(
                            Status.Code.INTERNAL, Status.Code.UNKNOWN, Status.Code.DATA_LOSS);
            assertThat(WildCall.sane(server.port()))
                    .as("a sane conversation afterwards")
                    .isEqualTo(sane);
            assertThat(attached(server.port())).as("streams still attached").isZero();
        }
    }

    private static long attached(int port) throws InterruptedException {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        try {
            long attached = -1;
            for (int i = 0; i < 300 && attached != 0; i++) {
                Thread.sleep(100);
                var request = ListSessionsRequest.newBuilder().setPageSize(1000);
                attached = 0;
                do {
                    var page = SessionsGrpc.newBlockingStub(channel).list(request.build());
                    attached +=
                            page.getSessionsList().stream()
                                    .filter(session -> session.getAttached())
                                    .count();
                    request.setPageToken(page.getNextPageToken());
                } while (!request.getPageToken().isEmpty());
            }
            return attached;
        } finally {
            channel.shutdownNow();
        }
    }

    private static ListAppender<ILoggingEvent> watchErrors() {
        var appender =
                new ListAppender<ILoggingEvent>() {
                    @Override
                    protected void append(ILoggingEvent event) {
                        if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
                            super.append(event);
                        }
                    }
                };
        appender.start();
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(appender);
        return appender;
    }
}
