package dev.eddy.runtime.server;

import com.google.rpc.Code;
import dev.eddy.v1.ElementKind;
import dev.eddy.v1.ModelAlias;
import dev.eddy.v1.NewSession;
import dev.eddy.v1.Route;
import dev.eddy.v1.Routing;
import java.util.List;
import java.util.Map;

/**
 * Which model a new session is fed to: the one it names, or the one that an alias's routes give.
 */
final class ModelChoice {
    private ModelChoice() {}

    /**
     * The name of a model of the catalog.
     *
     * @throws ProblemException if there is none of that name, or no route matches
     */
    static String of(NewSession session, ModelCatalog catalog) {
        List<String> names = ModelsService.names(catalog);
        String asked = session.getModel();
        if (asked.isEmpty() && names.size() == 1) {
            return names.getFirst();
        }
        if (asked.isEmpty()) {
            throw new ProblemException(
                    Problem.invalid(
                            "MODEL_NOT_NAMED",
                            "name one of the models " + names,
                            "nothing",
                            names));
        }
        if (names.contains(asked)) {
            return asked;
        }
        return catalog.aliases().stream()
                .filter(alias -> alias.getName().equals(asked))
                .findFirst()
                .map(alias -> routed(alias, session.getRouting()))
                .orElseThrow(() -> new ProblemException(ModelsService.notFound(catalog, asked)));
    }

    private static String routed(ModelAlias alias, Routing routing) {
        return alias.getRoutesList().stream()
                .filter(route -> matches(route, routing))
                .findFirst()
                .map(Route::getModel)
                .orElseThrow(() -> new ProblemException(noRoute(alias, routing)));
    }

    /** Whether all of a route's conditions hold; what is not known meets none. */
    static boolean matches(Route route, Routing routing) {
        long length = routing.getInputLength();
        boolean known = length != 0;
        long least = route.getMinInputLength();
        long most = route.getMaxInputLength();
        return (least == 0 || known && Long.compareUnsigned(length, least) >= 0)
                && (most == 0 || known && Long.compareUnsigned(length, most) <= 0)
                && (route.getInputKind() == ElementKind.ELEMENT_KIND_UNSPECIFIED
                        || route.getInputKind() == routing.getInputKind())
                && (route.getTenant().isEmpty() || route.getTenant().equals(routing.getTenant()));
    }

    private static Problem noRoute(ModelAlias alias, Routing routing) {
        String known =
                "input_length %s, input_kind %s, tenant \"%s\""
                        .formatted(
                                routing.getInputLength() == 0
                                        ? "unknown"
                                        : Long.toUnsignedString(routing.getInputLength()),
                                routing.getInputKind(),
                                Text.shown(routing.getTenant()));
        List<String> models = alias.getRoutesList().stream().map(Route::getModel).toList();
        return new Problem(
                Code.INVALID_ARGUMENT,
                "NO_ROUTE",
                "no route of %s matches %s; set NewSession.routing to what its routes ask for (Models.List shows them), or name one of %s"
                        .formatted(alias.getName(), known, models),
                Map.of("value", known, "limit", models.toString()));
    }
}
