package dev.eddy.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.v1.Output;
import dev.eddy.v1.TurnEnded;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
final class TurnPublisherTest {
    private LetterServer server;
    private EddyClient eddy;

    @BeforeEach
    void start() throws IOException {
        server = new LetterServer();
        eddy = EddyClient.connect(server.target());
    }

    @AfterEach
    void stop() {
        eddy.close();
        server.close();
    }

    @Test
    void request_ofSoMany_deliversNoMoreAndFetchesNoMoreThanThePrefetchBeyond() throws Exception {
        try (Conversation conversation = eddy.conversation().prefetch(2).open()) {
            var subscriber = new Collector(0);
            conversation.generate(100).publisher().subscribe(subscriber);
            Flow.Subscription subscription = subscriber.subscription.get();
            subscription.request(3);
            subscriber.await(3);
            Thread.sleep(200);
            assertThat(subscriber.items).hasSize(3);
            long delivered = subscriber.items.getLast().getOutputPosition();
            LetterServer.Letters session = server.session(conversation.sessionId());
            assertThat(session.mostUnacknowledged).isLessThanOrEqualTo(delivered + 2);
            subscription.request(Long.MAX_VALUE);
            subscriber.done.get();
            assertThat(subscriber.text()).isEqualTo(LetterServer.letters(0, 100));
        }
    }

    @Test
    void request_ofMoreThanTheSessionKeeps_arrivesAcknowledgedOnTheWay() throws Exception {
        try (Conversation conversation = eddy.conversation().open()) {
            var subscriber = new Collector(10_000);
            conversation.generate(5_000).publisher().subscribe(subscriber);
            subscriber.done.get();
            assertThat(subscriber.text()).isEqualTo(LetterServer.letters(0, 5_000));
            assertThat(server.session(conversation.sessionId()).mostUnacknowledged)
                    .isLessThanOrEqualTo(LetterServer.UNACKNOWLEDGED_LIMIT);
        }
    }

    @Test
    void subscribe_overBreakingStreams_bringsEachElementOnce() throws Exception {
        server.breakAfter(9);
        try (Conversation conversation = eddy.conversation().open()) {
            var subscriber = new Collector(Long.MAX_VALUE);
            conversation.generate(60).publisher().subscribe(subscriber);
            subscriber.done.get();
            assertThat(subscriber.text()).isEqualTo(LetterServer.letters(0, 60));
        }
    }

    @Test
    void cancel_ofTheSubscription_cancelsTheTurnAndFreesTheConversation() throws Exception {
        try (Conversation conversation = eddy.conversation().prefetch(4).open()) {
            var subscriber = new Collector(2);
            Turn turn = conversation.generate();
            turn.publisher().subscribe(subscriber);
            subscriber.await(2);
            subscriber.subscription.get().cancel();
            assertThat(turn.ended().get(5, TimeUnit.SECONDS).getReason())
                    .isEqualTo(TurnEnded.Reason.CANCELLED);
            int seen = subscriber.items.size();
            assertThat(conversation.generate(50).text()).hasSize(50);
            assertThat(subscriber.items).hasSize(seen);
        }
    }

    @Test
    void subscribe_twice_failsTheSecondOnly() throws Exception {
        try (Conversation conversation = eddy.conversation().open()) {
            Turn turn = conversation.generate(10);
            var first = new Collector(Long.MAX_VALUE);
            var second = new Collector(Long.MAX_VALUE);
            turn.publisher().subscribe(first);
            turn.publisher().subscribe(second);
            assertThat(second.done.handle((ok, failure) -> failure).get())
                    .isInstanceOf(IllegalStateException.class);
            first.done.get();
            assertThat(first.text()).isEqualTo(LetterServer.letters(0, 10));
        }
    }

    @Test
    void request_ofNothing_isAnError() throws Exception {
        try (Conversation conversation = eddy.conversation().open()) {
            var subscriber = new Collector(0);
            conversation.generate(10).publisher().subscribe(subscriber);
            subscriber.subscription.get().request(0);
            assertThat(subscriber.done.handle((ok, failure) -> failure).get())
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static final class Collector implements Flow.Subscriber<Output> {
        final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        final List<Output> items = new CopyOnWriteArrayList<>();
        final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        private final long atOnce;

        Collector(long atOnce) {
            this.atOnce = atOnce;
        }

        String text() {
            var text = new StringBuilder();
            items.forEach(item -> text.append(item.getText()));
            return text.toString();
        }

        void await(int count) throws InterruptedException {
            while (items.size() < count) {
                Thread.sleep(5);
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.complete(given);
            if (atOnce > 0) {
                given.request(atOnce);
            }
        }

        @Override
        public void onNext(Output item) {
            items.add(item);
        }

        @Override
        public void onError(Throwable cause) {
            done.completeExceptionally(cause);
        }

        @Override
        public void onComplete() {
            done.complete(null);
        }
    }
}
