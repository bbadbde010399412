package dev.eddy.runtime.metrics;

import java.util.Arrays;
import java.util.List;

/**
 * Everything that Eddy counts or measures. A metric's Prometheus name is its {@link #id} with
 * underscores, its unit and, for counters, {@code _total}: {@code eddy_step_time_seconds}, {@code
 * eddy_elements_in_total}.
 */
public enum Metric {
    /** Sessions by where their state is: slot, host or store. */
    SESSIONS(
            Kind.GAUGE,
            Unit.NONE,
            "eddy.sessions",
            "Sessions by where their state is",
            "residence"),
    /** Sessions created, forked or imported. */
    SESSIONS_CREATED(Kind.COUNTER, Unit.NONE, "eddy.sessions.created", "Sessions created", "model"),
    /** Sessions deleted, by request or because their time was over. */
    SESSIONS_DELETED(Kind.COUNTER, Unit.NONE, "eddy.sessions.deleted", "Sessions deleted", "model"),
    /** Slots of a model's arena: used or free. */
    SLOTS(
            Kind.GAUGE,
            Unit.NONE,
            "eddy.slots",
            "Slots of the state arena",
            "device",
            "model",
            "use"),
    /** States moved out of a slot to host memory. */
    EVICTIONS(Kind.COUNTER, Unit.NONE, "eddy.evictions", "States moved out of a slot", "model"),
    /** States that were not in a slot when they were needed, and had to be brought back. */
    SLOT_MISSES(
            Kind.COUNTER,
            Unit.NONE,
            "eddy.slot.misses",
            "States brought back into a slot",
            "model"),
    /** Memory by what it holds: weights, arena, pages, host (states evicted) or store. */
    MEMORY(
            Kind.GAUGE,
            Unit.BYTES,
            "eddy.memory",
            "Memory by what it holds",
            "device",
            "model",
            "holds"),
    /** Entries in one step. */
    BATCH_ENTRIES(
            Kind.HISTOGRAM,
            Unit.NONE,
            Buckets.POWERS_OF_TWO,
            "eddy.batch.entries",
            "Sessions that one step advanced",
            "model"),
    /** Elements absorbed in one step, of all its entries together. */
    BATCH_ELEMENTS(
            Kind.HISTOGRAM,
            Unit.NONE,
            Buckets.POWERS_OF_TWO,
            "eddy.batch.elements",
            "Elements that one step absorbed",
            "model"),
    /** Time from submitting a step to its completion. */
    STEP_TIME(
            Kind.HISTOGRAM,
            Unit.NANOSECONDS,
            Buckets.TIMES,
            "eddy.step.time",
            "Time of one step",
            "model"),
    /** Input elements absorbed. */
    ELEMENTS_IN(Kind.COUNTER, Unit.NONE, "eddy.elements.in", "Input elements absorbed", "model"),
    /** Output elements emitted. */
    ELEMENTS_OUT(Kind.COUNTER, Unit.NONE, "eddy.elements.out", "Output elements emitted", "model"),
    /** Time an entry waited between being ready to run and being submitted. */
    QUEUE_TIME(
            Kind.HISTOGRAM,
            Unit.NANOSECONDS,
            Buckets.TIMES,
            "eddy.queue.time",
            "Time entries waited before they were submitted",
            "model"),
    /** Time from the arrival of a Generate to its first output element. */
    FIRST_OUTPUT_TIME(
            Kind.HISTOGRAM,
            Unit.NANOSECONDS,
            Buckets.TIMES,
            "eddy.first.output.time",
            "Time from asking for a turn to its first output element",
            "model"),
    /** Turns by the reason they ended. */
    TURNS(Kind.COUNTER, Unit.NONE, "eddy.turns", "Turns ended", "model", "reason"),
    /** Input or output elements that were later than their deadline. */
    DEADLINE_MISSES(
            Kind.COUNTER,
            Unit.NONE,
            "eddy.deadline.misses",
            "Elements later than their deadline",
            "model"),
    /** gRPC calls under way. */
    CALLS_ACTIVE(Kind.GAUGE, Unit.NONE, "eddy.calls.active", "gRPC calls under way", "method"),
    /** gRPC calls ended, by status code. */
    CALLS(Kind.COUNTER, Unit.NONE, "eddy.calls", "gRPC calls ended", "method", "code"),
    /** Messages received from clients. */
    MESSAGES_IN(Kind.COUNTER, Unit.NONE, "eddy.messages.in", "Messages received", "method"),
    /** Messages sent to clients. */
    MESSAGES_OUT(Kind.COUNTER, Unit.NONE, "eddy.messages.out", "Messages sent", "method"),
    /** Requests refused within a conversation, by reason. */
    REFUSALS(
            Kind.COUNTER,
            Unit.NONE,
            "eddy.refusals",
            "Requests refused within a conversation",
            "reason");

    /** How a metric behaves. */
    enum Kind {
        /** Only ever grows. */
        COUNTER,
        /** Goes up and down. */
        GAUGE,
        /** A distribution. */
        HISTOGRAM
    }

    /** What a metric's values are recorded in; Prometheus shows base units. */
    enum Unit {
        NONE,
        BYTES,
        NANOSECONDS
    }

    /** Upper bounds of a histogram's buckets as Prometheus shows them: seconds for times. */
    enum Buckets {
        NO_BUCKETS(),
        POWERS_OF_TWO(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096),
        TIMES(
                0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01,
                0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60);

        private final List<Double> bounds;

        Buckets(double... bounds) {
            this.bounds = Arrays.stream(bounds).boxed().toList();
        }

        List<Double> bounds() {
            return bounds;
        }
    }

    private final Kind kind;
    private final Unit unit;
    private final Buckets buckets;
    private final String id;
    private final String description;
    private final List<String> tags;

    Metric(Kind kind, Unit unit, String id, String description, String... tags) {
        this(kind, unit, Buckets.NO_BUCKETS, id, description, tags);
    }

    Metric(Kind kind, Unit unit, Buckets buckets, String id, String description, String... tags) {
        this.kind = kind;
        this.unit = unit;
        this.buckets = buckets;
        this.id = id;
        this.description = description;
        this.tags = List.of(tags);
    }

    Kind kind() {
        return kind;
    }

    Unit unit() {
        return unit;
    }

    Buckets buckets() {
        return buckets;
    }

    /** The metric's name, words separated by dots. */
    public String id() {
        return id;
    }

    /** What it tells, for a person. */
    public String description() {
        return description;
    }

    /** The keys of its tags, in the order their values are given in. */
    public List<String> tags() {
        return tags;
    }
}
