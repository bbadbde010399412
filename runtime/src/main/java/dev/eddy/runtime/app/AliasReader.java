package dev.eddy.runtime.app;

import dev.eddy.v1.ElementKind;
import dev.eddy.v1.ModelAlias;
import dev.eddy.v1.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Reads {@code eddy.aliases}, and puts aliases beside the models that are served. */
final class AliasReader {
    private static final Map<String, ElementKind> KINDS =
            Map.of(
                    "any", ElementKind.ELEMENT_KIND_UNSPECIFIED,
                    "token", ElementKind.ELEMENT_KIND_TOKEN,
                    "byte", ElementKind.ELEMENT_KIND_BYTE,
                    "base", ElementKind.ELEMENT_KIND_BASE,
                    "frame", ElementKind.ELEMENT_KIND_FRAME);

    private AliasReader() {}

    /**
     * The aliases of a configuration.
     *
     * @throws SettingsException naming the key, the value, the limit and the remedy
     */
    static List<ModelAlias> read(SettingsReader eddy) {
        List<ModelAlias> aliases = new ArrayList<>();
        for (SettingsReader each : eddy.objects("aliases")) {
            each.refuseOthers(List.of("name", "routes"));
            String name = each.text("name", "the name that clients ask for");
            if (aliases.stream().anyMatch(alias -> alias.getName().equals(name))) {
                throw new SettingsException(
                        "two of eddy.aliases are called %s: put their routes into one"
                                .formatted(name));
            }
            List<Route> routes = each.objects("routes").stream().map(AliasReader::route).toList();
            if (routes.isEmpty()) {
                throw new SettingsException(
                        "alias %s of eddy.aliases has no routes: give it one or more"
                                .formatted(name));
            }
            aliases.add(ModelAlias.newBuilder().setName(name).addAllRoutes(routes).build());
        }
        aliases.sort(Comparator.comparing(ModelAlias::getName));
        return aliases;
    }

    private static Route route(SettingsReader in) {
        in.refuseOthers(List.of("model", "min-length", "max-length", "kind", "tenant"));
        long longest = 1L << 62;
        long least =
                in.has("min-length") ? in.whole("min-length", 0, longest, "0 is no condition") : 0;
        long most =
                in.has("max-length")
                        ? in.whole(
                                "max-length", Math.max(1, least), longest, "not below min-length")
                        : 0;
        return Route.newBuilder()
                .setModel(in.text("model", "the name of a model that is served"))
                .setMinInputLength(least)
                .setMaxInputLength(most)
                .setInputKind(
                        in.has("kind")
                                ? in.choice("kind", KINDS)
                                : ElementKind.ELEMENT_KIND_UNSPECIFIED)
                .setTenant(in.has("tenant") ? in.text("tenant", "leave it out to match all") : "")
                .build();
    }

    /**
     * Holds aliases against the models that are served.
     *
     * @throws SettingsException if an alias has a model's name, or names a model that is not served
     */
    static void check(List<ModelAlias> aliases, List<String> models) {
        for (ModelAlias alias : aliases) {
            if (models.contains(alias.getName())) {
                throw new SettingsException(
                        "%s is an alias and a model; name one of them otherwise"
                                .formatted(alias.getName()));
            }
            for (Route route : alias.getRoutesList()) {
                if (!models.contains(route.getModel())) {
                    throw new SettingsException(
                            "alias %s routes to %s, which is not served; there are %s: add it to eddy.models, or correct the route"
                                    .formatted(alias.getName(), route.getModel(), models));
                }
            }
        }
    }
}
