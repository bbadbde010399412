package dev.eddy.runtime.app;

import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.Backends;
import java.util.ArrayList;
import java.util.List;

/**
 * A device of a backend, by its number there.
 *
 * @param backend the backend
 * @param number from 0
 */
public record DeviceSpec(Backend backend, int number) {
    private static final int MAX_DEVICES = 64;

    /**
     * Reads {@code eddy.device.backend} and {@code --backend}: devices as {@code NAME[:N,N...]},
     * joined by {@code +}; empty for the best backend's first.
     *
     * @throws SettingsException if that is not how it is written
     * @throws dev.eddy.kernels.backend.InvalidRequestException if no backend has such a name
     * @throws dev.eddy.kernels.backend.BackendException if one cannot run here
     */
    public static List<DeviceSpec> parse(String text) {
        List<DeviceSpec> devices = new ArrayList<>();
        if (text.isEmpty()) {
            devices.add(new DeviceSpec(Backends.best(), 0));
            return devices;
        }
        for (String part : text.split("\\+", -1)) {
            int colon = part.indexOf(':');
            Backend backend = Backends.byName(colon < 0 ? part : part.substring(0, colon));
            for (String number : (colon < 0 ? "0" : part.substring(colon + 1)).split(",", -1)) {
                DeviceSpec device = new DeviceSpec(backend, number(text, number));
                if (devices.contains(device)) {
                    throw new SettingsException(
                            "backend %s names %s twice; remove one".formatted(text, device.name()));
                }
                devices.add(device);
            }
        }
        return devices;
    }

    private static int number(String text, String number) {
        if (!number.matches("\\d{1,2}") || Integer.parseInt(number) >= MAX_DEVICES) {
            throw new SettingsException(
                    "backend %s: \"%s\" is no number of a device; write NAME, NAME:0 or NAME:0,1, several joined by +"
                            .formatted(text, number));
        }
        return Integer.parseInt(number);
    }

    /** What logs and metrics call it. */
    String name() {
        return backend.name() + ":" + number;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeviceSpec that && that.name().equals(name());
    }

    @Override
    public int hashCode() {
        return name().hashCode();
    }
}
