package dev.eddy.runtime.server;

import dev.eddy.v1.Model;
import dev.eddy.v1.ModelAlias;
import java.util.List;

/** The models that are served, as the wire describes them. */
@FunctionalInterface
public interface ModelCatalog {
    /** All of them, by name in ascending order. */
    List<Model> models();

    /** Names behind which one of several models is chosen, by name in ascending order. */
    default List<ModelAlias> aliases() {
        return List.of();
    }
}
