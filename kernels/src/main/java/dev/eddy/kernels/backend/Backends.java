package dev.eddy.kernels.backend;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The only look-up of backends: by name, or the best that can run here. */
public final class Backends {
    private static final Logger log = LoggerFactory.getLogger(Backends.class);

    private Backends() {}

    /** All backends on the class path, the preferred first, whether or not they can run here. */
    public static List<Backend> all() {
        return ServiceLoader.load(Backend.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(Backend::priority).reversed())
                .toList();
    }

    /**
     * The backend of that name.
     *
     * @throws InvalidRequestException if there is none
     * @throws BackendException if it cannot run here, with its reason
     */
    public static Backend byName(String name) {
        List<Backend> all = all();
        Backend backend =
                all.stream()
                        .filter(b -> b.name().equals(name))
                        .findFirst()
                        .orElseThrow(() ->
                                new InvalidRequestException(
                                        "no backend is called "
                                                + name
                                                + "; there are "
                                                + all.stream()
                                                        .map(Backend::name)
                                                        .collect(Collectors.joining(", "))));
        backend.unavailable()
                .ifPresent(reason -> {
                    throw new BackendException("backend " + name + " cannot run here: " + reason);
                });
        return backend;
    }

    /** The preferred backend that can run here; logs why others before it cannot. */
    public static Backend best() {
        for (Backend backend : all()) {
            Optional<String> reason = backend.unavailable();
            if (reason.isEmpty()) {
                return backend;
            }
            log.info("backend {} is not used: {}", backend.name(), reason.get());
        }
        throw new BackendException(
                "no backend can run here; the reference backend is missing from the class path");
    }
}
