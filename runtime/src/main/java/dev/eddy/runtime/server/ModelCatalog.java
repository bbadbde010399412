package dev.eddy.runtime.server;

import dev.eddy.v1.Model;
import java.util.List;

/** The models that are served, as the wire describes them. */
@FunctionalInterface
public interface ModelCatalog {
    /** All of them, by name in ascending order. */
    List<Model> models();
}
