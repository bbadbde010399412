package dev.eddy.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;

/** A stream to a session, as a client's: remembers all that it was told. */
final class StreamClient {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    final String id;
    final Sessions sessions;
    final TestProbe<SessionReply> probe;
    final List<SessionReply> replies = new ArrayList<>();
    private long sequence;

    private StreamClient(SessionSystem sessions, String id) {
        this.sessions = sessions;
        this.id = id;
        probe = TestProbe.create(sessions.system());
    }

    /** How to attach; a session that exists, with endless credit, unless it is changed. */
    record How(
            NewSession create,
            long epoch,
            InputPolicy policy,
            Durability durability,
            Acknowledged acknowledged,
            boolean acknowledges,
            long credit) {
        How create(long seed) {
            return create(new NewSession("tiny", seed, 0, null, Map.of()));
        }

        How create(NewSession session) {
            return new How(session, epoch, policy, durability, acknowledged, acknowledges, credit);
        }

        How epoch(long value) {
            return new How(create, value, policy, durability, acknowledged, acknowledges, credit);
        }

        How durability(Durability value) {
            return new How(create, epoch, policy, value, acknowledged, acknowledges, credit);
        }

        How having(long outputs) {
            Acknowledged has = new Acknowledged(outputs, 0, 0);
            return new How(create, epoch, policy, durability, has, acknowledges, credit);
        }

        How credit(long value) {
            return new How(create, epoch, policy, durability, acknowledged, true, value);
        }
    }

    static StreamClient attach(SessionSystem sessions, String id, UnaryOperator<How> how) {
        StreamClient client = open(sessions, id, how);
        client.sequence = client.await(SessionReply.Attached.class).lastSequence();
        return client;
    }

    /** Asks to attach and waits for nothing. */
    static StreamClient open(SessionSystem sessions, String id, UnaryOperator<How> how) {
        StreamClient client = new StreamClient(sessions, id);
        How h = how.apply(new How(null, 0, InputPolicy.QUEUE, null, null, false, Long.MAX_VALUE));
        client.tell(
                new SessionCommand.Attach(
                        client.ref(),
                        h.create(),
                        h.epoch(),
                        false,
                        SamplingOptions.UNSET,
                        h.policy(),
                        h.durability(),
                        h.acknowledged(),
                        h.acknowledges(),
                        h.credit()));
        return client;
    }

    ActorRef<SessionReply> ref() {
        return probe.getRef();
    }

    void tell(SessionCommand command) {
        sessions.tell(id, command);
    }

    // ---- saying

    StreamClient text(String text) {
        return input(new Payload.Text(text), null, false);
    }

    StreamClient text(String text, InputPolicy policy) {
        return input(new Payload.Text(text), policy, false);
    }

    StreamClient input(Payload payload, InputPolicy policy, boolean scored) {
        tell(
                new SessionCommand.Input(
                        ref(), ++sequence, payload, false, null, null, scored, policy));
        return this;
    }

    /** Asks for a turn; its number. */
    long generate(Integer max, String... stops) {
        tell(
                new SessionCommand.Generate(
                        ref(),
                        ++sequence,
                        max == null ? null : max.longValue(),
                        null,
                        List.of(stops),
                        new int[0],
                        true,
                        SamplingOptions.UNSET,
                        null,
                        null));
        return sequence;
    }

    void cancel() {
        tell(new SessionCommand.Cancel(ref(), ++sequence, 0));
    }

    void credit(long elements) {
        tell(new SessionCommand.Credit(ref(), elements));
    }

    void ack(long outputs, long turn) {
        tell(new SessionCommand.Ack(ref(), new Acknowledged(outputs, turn, 0)));
    }

    // ---- hearing

    /** Waits for a reply of that type; the first that was not waited for before. */
    <T extends SessionReply> T await(Class<T> type) {
        return await(type, _ -> true);
    }

    <T extends SessionReply> T await(Class<T> type, Predicate<T> which) {
        for (int i = 0; i < replies.size(); i++) {
            if (type.isInstance(replies.get(i)) && which.test(type.cast(replies.get(i)))) {
                return type.cast(replies.get(i));
            }
        }
        while (true) {
            SessionReply reply = probe.receiveMessage(PATIENCE);
            replies.add(reply);
            if (type.isInstance(reply) && which.test(type.cast(reply))) {
                return type.cast(reply);
            }
        }
    }

    /** Waits for the end of a turn. */
    SessionReply.TurnEnded end(long turn) {
        return await(SessionReply.TurnEnded.class, ended -> ended.turn() == turn);
    }

    /** Waits until so many output elements came. */
    StreamClient outputs(int count) {
        while (ids().length < count) {
            replies.add(probe.receiveMessage(PATIENCE));
        }
        return this;
    }

    /** Reads what is there and makes sure that nothing more comes for a while. */
    StreamClient quiet() {
        Duration pause = Duration.ofMillis(300);
        while (true) {
            try {
                replies.add(probe.receiveMessage(pause));
            } catch (AssertionError e) {
                return this;
            }
        }
    }

    /** All output ids so far; checks that their numbers follow each other. */
    int[] ids() {
        List<Integer> ids = new ArrayList<>();
        long next = -1;
        for (SessionReply.Output output : all(SessionReply.Output.class)) {
            if (next >= 0) {
                assertThat(output.outputPosition()).isEqualTo(next + output.ids().length);
            }
            next = output.outputPosition();
            for (int i : output.ids()) {
                ids.add(i);
            }
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        all(SessionReply.Output.class).forEach(output -> text.append(output.text()));
        return text.toString();
    }

    <T extends SessionReply> List<T> all(Class<T> type) {
        return replies.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Waits until the session's state is there. */
    void awaitResidence(Residence residence) {
        SessionInfo info = describe();
        for (int i = 0; info.residence() != residence; i++) {
            assertThat(i).as("tries").isLessThan(2000);
            LockSupport.parkNanos(10_000_000);
            info = describe();
        }
    }

    private SessionInfo describe() {
        return sessions.describe(id).toCompletableFuture().join();
    }

    /** Detaches and waits until it is so. */
    SessionReply.Detached detach() {
        tell(new SessionCommand.Detach(ref(), DetachReason.REQUESTED));
        return await(SessionReply.Detached.class);
    }
}
