package dev.eddy.runtime.model.arch;

import dev.eddy.runtime.checkpoint.Config;

/** Refusals of options that an architecture's file does not record. */
final class Options {
    private Options() {}

    /** Refuses a switch, absent or not, that is not at {@code only}. */
    static void require(Config config, String key, boolean only) {
        if (config.boolOf(key, only) != only) {
            throw config.refuse(key, only + ", the only value that is supported");
        }
    }

    /**
     * Refuses a key that is there.
     *
     * @param why what is not supported, a sentence's end
     */
    static void requireAbsent(Config config, String key, String why) {
        if (config.has(key)) {
            throw config.refuse(key, "no such key: " + why);
        }
    }
}
