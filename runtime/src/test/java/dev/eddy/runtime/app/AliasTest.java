package dev.eddy.runtime.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.v1.Attach;
import dev.eddy.v1.Attached;
import dev.eddy.v1.ConversationsGrpc;
import dev.eddy.v1.ConverseRequest;
import dev.eddy.v1.ConverseResponse;
import dev.eddy.v1.ElementKind;
import dev.eddy.v1.GetModelRequest;
import dev.eddy.v1.KnownSession;
import dev.eddy.v1.ListModelsRequest;
import dev.eddy.v1.ListModelsResponse;
import dev.eddy.v1.ListSessionsRequest;
import dev.eddy.v1.ModelAlias;
import dev.eddy.v1.ModelsGrpc;
import dev.eddy.v1.NewSession;
import dev.eddy.v1.Route;
import dev.eddy.v1.Routing;
import dev.eddy.v1.SessionsGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names behind which several models stand, over real gRPC. */
@Timeout(120)
final class AliasTest {
    private static final List<Map<String, Object>> ROUTES =
            List.of(
                    Map.of("model", "exact", "kind", "base", "max-length", 4096),
                    Map.of("model", "vip", "tenant", "acme"),
                    Map.of("model", "long", "kind", "base", "min-length", 4097));

    private static EddyServer server;
    private static ManagedChannel channel;

    @BeforeAll
    static void start() throws IOException {
        List<Map<String, Object>> open = List.of(ROUTES.get(1), Map.of("model", "long"));
        server =
                EddyServer.start(
                        settings(alias("genomes", ROUTES), alias("anything", open)), _ -> {});
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        server.close();
    }

    private static Map<String, Object> alias(String name, List<Map<String, Object>> routes) {
        return Map.of("name", name, "routes", routes);
    }

    @SafeVarargs
    private static Settings settings(Map<String, Object>... aliases) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("eddy.server.port", 0);
        settings.put("eddy.metrics.port", -1);
        settings.put("eddy.aliases", List.of(aliases));
        return Settings.load(settings)
                .serving(
                        new ModelSource.Null("exact", 8),
                        new ModelSource.Null("long", 8),
                        new ModelSource.Null("vip", 8));
    }

    @ParameterizedTest
    @CsvSource({
        "genomes, 1, BASE, '', exact",
        "genomes, 4096, BASE, acme, exact",
        "genomes, 4097, BASE, acme, vip",
        "genomes, 4097, BASE, other, long",
        "genomes, 0, BASE, acme, vip",
        "genomes, 9223372036854775807, BASE, '', long",
        "anything, 5, TOKEN, '', long",
        "anything, 0, UNSPECIFIED, acme, vip",
        "vip, 5, BASE, '', vip"
    })
    void newSession_ofAnAlias_hasTheModelOfTheFirstRouteThatMatches(
            String name, long length, String kind, String tenant, String model) {
        assertThat(open(name, length, kind, tenant).getModel()).isEqualTo(model);
    }

    @ParameterizedTest
    @CsvSource({"0, BASE, other", "17, TOKEN, ''", "17, UNSPECIFIED, ACME"})
    void newSession_thatNoRouteMatches_isRefusedByReason(long length, String kind, String tenant) {
        assertThatThrownBy(() -> open("genomes", length, kind, tenant))
                .hasMessageContaining("INVALID_ARGUMENT")
                .hasMessageContaining("no route of genomes matches")
                .hasMessageContaining("tenant \"" + tenant + "\"");
    }

    @Test
    void newSession_ofNeitherModelNorAlias_namesAll() {
        assertThatThrownBy(() -> open("none", 0, "TOKEN", ""))
                .hasMessageContaining("NOT_FOUND")
                .hasMessageContaining("[exact, long, vip, anything, genomes]");
    }

    @Test
    void knownSession_ofAnAlias_keepsItsModel() {
        Attached first = open("anything", 3, "TOKEN", "acme");
        Attached again =
                attach(
                        Attach.newBuilder()
                                .setKnownSession(
                                        KnownSession.newBuilder()
                                                .setSessionId(first.getSessionId()))
                                .build());
        assertThat(again.getModel()).isEqualTo("vip");
        assertThat(again.getEpoch()).isGreaterThan(first.getEpoch());
        assertThat(again.getStateId()).isEqualTo(first.getStateId());
        var listed =
                SessionsGrpc.newBlockingStub(channel)
                        .list(ListSessionsRequest.newBuilder().setModel("vip").build());
        assertThat(listed.getSessionsList())
                .anyMatch(session -> session.getSessionId().equals(first.getSessionId()));
    }

    @Test
    void models_listAliasesWithTheirRoutes_andGetOnlyModels() {
        var models = ModelsGrpc.newBlockingStub(channel);
        ListModelsResponse all = models.list(ListModelsRequest.newBuilder().setPageSize(2).build());
        assertThat(all.getAliasesList().stream().map(ModelAlias::getName))
                .containsExactly("anything", "genomes");
        assertThat(all.getAliases(1).getRoutesList())
                .containsExactly(
                        Route.newBuilder()
                                .setModel("exact")
                                .setInputKind(ElementKind.ELEMENT_KIND_BASE)
                                .setMaxInputLength(4096)
                                .build(),
                        Route.newBuilder().setModel("vip").setTenant("acme").build(),
                        Route.newBuilder()
                                .setModel("long")
                                .setInputKind(ElementKind.ELEMENT_KIND_BASE)
                                .setMinInputLength(4097)
                                .build());
        ListModelsResponse rest =
                models.list(
                        ListModelsRequest.newBuilder()
                                .setPageToken(all.getNextPageToken())
                                .build());
        assertThat(rest.getModelsList()).hasSize(1);
        assertThat(rest.getAliasesList()).isEmpty();
        assertThatThrownBy(
                        () -> models.get(GetModelRequest.newBuilder().setName("genomes").build()))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("NOT_FOUND");
    }

    @Test
    void start_withAliasesThatCannotBe_saysWhy() {
        assertThatThrownBy(() -> EddyServer.start(settings(alias("vip", ROUTES)), _ -> {}))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("vip is an alias and a model");
        List<Map<String, Object>> missing = List.of(Map.of("model", "gone"));
        assertThatThrownBy(() -> EddyServer.start(settings(alias("a", missing)), _ -> {}))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("alias a routes to gone, which is not served");
        assertThatThrownBy(() -> settings(alias("a", ROUTES), alias("a", ROUTES)))
                .hasMessageContaining("two of eddy.aliases are called a");
        assertThatThrownBy(() -> settings(alias("a", List.of()))).hasMessageContaining("no routes");
        assertThatThrownBy(() -> settings(Map.of("name", "a", "routes", ROUTES, "route", 1)))
                .hasMessageContaining("eddy.aliases[0].route is no setting");
        List<Map<String, Object>> crossed =
                List.of(Map.of("model", "vip", "min-length", 9, "max-length", 8));
        assertThatThrownBy(() -> settings(alias("a", crossed)))
                .hasMessageContaining("eddy.aliases[0].routes[0].max-length is 8")
                .hasMessageContaining("9 to");
        List<Map<String, Object>> kind = List.of(Map.of("model", "vip", "kind", "smell"));
        assertThatThrownBy(() -> settings(alias("a", kind)))
                .hasMessageContaining("routes[0].kind is smell");
    }

    private static Attached open(String model, long length, String kind, String tenant) {
        Routing routing =
                Routing.newBuilder()
                        .setInputLength(length)
                        .setInputKind(ElementKind.valueOf("ELEMENT_KIND_" + kind))
                        .setTenant(tenant)
                        .build();
        return attach(
                Attach.newBuilder()
                        .setNewSession(NewSession.newBuilder().setModel(model).setRouting(routing))
                        .build());
    }

    /** Attaches, takes the answer and detaches. */
    private static Attached attach(Attach attach) {
        CompletableFuture<Attached> answer = new CompletableFuture<>();
        StreamObserver<ConverseRequest> requests =
                ConversationsGrpc.newStub(channel)
                        .converse(
                                new StreamObserver<>() {
                                    @Override
                                    public void onNext(ConverseResponse response) {
                                        answer.complete(response.getAttached());
                                    }

                                    @Override
                                    public void onError(Throwable failure) {
                                        answer.completeExceptionally(failure);
                                    }

                                    @Override
                                    public void onCompleted() {
                                        answer.completeExceptionally(
                                                Status.INTERNAL.asRuntimeException());
                                    }
                                });
        requests.onNext(ConverseRequest.newBuilder().setAttach(attach).build());
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            requests.onCompleted();
        }
    }
}
