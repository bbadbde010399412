package dev.eddy.cli;

/** Range checks of options. */
final class Checks {
    private Checks() {}

    /**
     * Refuses a value below {@code least}.
     *
     * @throws IllegalArgumentException naming option, value and limit
     */
    static void atLeast(String option, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    option + " is " + value + "; it must be " + least + " or more");
        }
    }
}
