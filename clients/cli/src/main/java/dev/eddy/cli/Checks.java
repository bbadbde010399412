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

    /**
     * Refuses a value below {@code least} or above {@code most}.
     *
     * @throws IllegalArgumentException naming option, value and limits
     */
    static void within(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    option + " is " + value + "; it must be from " + least + " to " + most);
        }
    }
}
