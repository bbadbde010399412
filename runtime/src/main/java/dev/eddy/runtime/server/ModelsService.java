package dev.eddy.runtime.server;

import com.google.rpc.Code;
import dev.eddy.runtime.chat.ChatTemplate;
import dev.eddy.runtime.chat.ChatTemplateException;
import dev.eddy.v1.GetModelRequest;
import dev.eddy.v1.ListModelsRequest;
import dev.eddy.v1.ListModelsResponse;
import dev.eddy.v1.Model;
import dev.eddy.v1.ModelsGrpc;
import dev.eddy.v1.RenderTurnRequest;
import dev.eddy.v1.RenderTurnResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Tells which models there are. */
final class ModelsService extends ModelsGrpc.ModelsImplBase {
    private final ModelCatalog catalog;

    ModelsService(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public void get(GetModelRequest request, StreamObserver<Model> response) {
        for (Model model : catalog.models()) {
            if (model.getName().equals(request.getName())) {
                response.onNext(model);
                response.onCompleted();
                return;
            }
        }
        response.onError(notFound(catalog, request.getName()).toStatus());
    }

    @Override
    public void list(ListModelsRequest request, StreamObserver<ListModelsResponse> response) {
        String after = PageToken.read(request.getPageToken(), "models");
        int size = PageToken.size(request.getPageSize());
        List<Model> rest =
                catalog.models().stream()
                        .filter(model -> model.getName().compareTo(after) > 0)
                        .toList();
        List<Model> page = rest.subList(0, Math.min(size, rest.size()));
        var answer = ListModelsResponse.newBuilder().addAllModels(page);
        if (after.isEmpty()) {
            answer.addAllAliases(catalog.aliases());
        }
        if (page.size() < rest.size()) {
            answer.setNextPageToken(PageToken.write(page.getLast().getName(), "models"));
        }
        response.onNext(answer.build());
        response.onCompleted();
    }

    /** Renders on a thread of its own: a template may take its time. */
    @Override
    public void renderTurn(RenderTurnRequest request, StreamObserver<RenderTurnResponse> response) {
        String name = request.getModel();
        if (!names(catalog).contains(name)) {
            response.onError(notFound(catalog, name).toStatus());
            return;
        }
        Optional<ChatTemplate> template = catalog.template(name);
        if (template.isEmpty()) {
            response.onError(noTemplate(name).toStatus());
            return;
        }
        var unused =
                Thread.ofVirtual()
                        .name("eddy-render-turn")
                        .start(() -> render(template.get(), request, response));
    }

    private static void render(
            ChatTemplate template,
            RenderTurnRequest request,
            StreamObserver<RenderTurnResponse> response) {
        OptionalInt endedBy =
                request.hasEndedBy() ? OptionalInt.of(request.getEndedBy()) : OptionalInt.empty();
        var answer = RenderTurnResponse.newBuilder();
        try {
            for (ChatTemplate.Piece piece :
                    template.turn(request.getText(), request.getFirst(), endedBy)) {
                var wire = answer.addPiecesBuilder();
                switch (piece) {
                    case ChatTemplate.Text text -> wire.setText(text.text());
                    case ChatTemplate.Special special -> wire.setId(special.id());
                }
            }
            template.closing().ifPresent(answer::setStopId);
        } catch (ChatTemplateException e) {
            response.onError(
                    new Problem(
                                    Code.INVALID_ARGUMENT,
                                    "CHAT_TEMPLATE_REFUSED",
                                    String.valueOf(e.getMessage()),
                                    Map.of())
                            .toStatus());
            return;
        }
        response.onNext(answer.build());
        response.onCompleted();
    }

    private Problem noTemplate(String name) {
        String why =
                catalog.models().stream()
                        .filter(model -> model.getName().equals(name))
                        .map(Model::getChatTemplateProblem)
                        .findFirst()
                        .orElse("");
        return new Problem(
                Code.FAILED_PRECONDITION,
                "NO_CHAT_TEMPLATE",
                why.isEmpty()
                        ? "model \"%s\" has no chat template; send it text as it is".formatted(name)
                        : why,
                Map.of("value", Text.shown(name)));
    }

    static Problem notFound(ModelCatalog catalog, String name) {
        List<String> names = new ArrayList<>(names(catalog));
        catalog.aliases().forEach(alias -> names.add(alias.getName()));
        return new Problem(
                Code.NOT_FOUND,
                "MODEL_NOT_FOUND",
                "there is no model \"%s\" here; there are %s".formatted(Text.shown(name), names),
                Map.of("value", Text.shown(name), "limit", names.toString()));
    }

    static List<String> names(ModelCatalog catalog) {
        return catalog.models().stream().map(Model::getName).toList();
    }
}
