package dev.eddy.runtime.server;

import dev.eddy.runtime.chat.ChatTemplate;
import dev.eddy.v1.Model;
import dev.eddy.v1.ModelAlias;
import java.util.List;
import java.util.Optional;

/** The models that are served, as the wire describes them. */
@FunctionalInterface
public interface ModelCatalog {
    /** All of them, by name in ascending order. */
    List<Model> models();

    /** The chat template of one of them, if it has one that can be used. */
    default Optional<ChatTemplate> template(String model) {
        return Optional.empty();
    }

    /** Names behind which one of several models is chosen, by name in ascending order. */
    default List<ModelAlias> aliases() {
        return List.of();
    }
}
