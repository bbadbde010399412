package dev.eddy.cli;

/**
 * What is measured of steps: how long they take, what the device does meanwhile, and what comes out
 * of them.
 */
final class StepMeasurement implements AutoCloseable {
    private final StepTimes times = new StepTimes();
    private final DeviceWatch watch;
    private final ResultDigest results;
    private long positions;
    private long steps;

    StepMeasurement(DeviceWatch watch, ResultDigest results) {
        this.watch = watch;
        this.results = results;
    }

    /** How long steps took, after those of a warm-up. */
    StepTimes times() {
        return times;
    }

    /** A step whose sessions had come to {@code position} took so long. */
    void add(long position, long nanos) {
        times.add(nanos);
        positions += position;
        steps++;
    }

    /** How far sessions had come, in the mean; 0 before the first step. */
    long position() {
        return steps == 0 ? 0 : positions / steps;
    }

    /** What came out. */
    ResultDigest results() {
        return results;
    }

    /** What the device did. */
    DeviceWatch watch() {
        return watch;
    }

    /** Ends the watch. */
    @Override
    public void close() {
        watch.close();
    }
}
