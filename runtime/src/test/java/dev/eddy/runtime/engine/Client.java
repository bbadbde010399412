package dev.eddy.runtime.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A lease's other end in a test: remembers all that was reported. */
final class Client implements LeaseListener {
    Lease lease;
    private int announced;
    private final List<Integer> ids = new ArrayList<>();
    private final List<Float> logProbs = new ArrayList<>();
    private final List<Long> positions = new ArrayList<>();
    private final List<Report> events = new ArrayList<>();

    @Override
    public void reported() {
        announced++;
    }

    Client give(int... values) {
        return give(Given.Placement.LAST, values);
    }

    Client give(Given.Placement placement, int... values) {
        lease.give(new Given(0, new Elements.Ids(values), placement, false, 0));
        return this;
    }

    Client generate(long id, long maxElements, dev.eddy.kernels.backend.Sampling sampling) {
        lease.generate(new Turn(id, maxElements, 0, 0, sampling, null));
        return this;
    }

    /** Reads what was reported. */
    Client poll() {
        for (Reports reports = lease.poll(); reports != null; reports = lease.poll()) {
            for (int i = 0; i < reports.size(); i++) {
                if (reports.get(i) instanceof Sampled sampled) {
                    for (int j = 0; j < sampled.size(); j++) {
                        ids.add(sampled.id(j));
                        logProbs.add(sampled.logProbs()[j]);
                        positions.add(sampled.firstPosition() + j);
                    }
                } else {
                    events.add(reports.get(i));
                }
            }
            lease.recycle(reports);
        }
        return this;
    }

    int announced() {
        return announced;
    }

    List<Integer> ids() {
        return poll().ids;
    }

    int[] idArray() {
        return ids().stream().mapToInt(Integer::intValue).toArray();
    }

    List<Float> logProbs() {
        return poll().logProbs;
    }

    /** Of each sampled id, the elements absorbed before it. */
    List<Long> positions() {
        return poll().positions;
    }

    <T extends Report> List<T> events(Class<T> type) {
        return poll().events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends Report> T event(Class<T> type) {
        List<T> found = events(type);
        if (found.size() != 1) {
            throw new AssertionError("expected one " + type.getSimpleName() + " in " + events);
        }
        return found.getFirst();
    }

    static int[] join(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }
}
