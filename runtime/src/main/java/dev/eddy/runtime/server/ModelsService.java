package dev.eddy.runtime.server;

import com.google.rpc.Code;
import dev.eddy.v1.GetModelRequest;
import dev.eddy.v1.ListModelsRequest;
import dev.eddy.v1.ListModelsResponse;
import dev.eddy.v1.Model;
import dev.eddy.v1.ModelsGrpc;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
