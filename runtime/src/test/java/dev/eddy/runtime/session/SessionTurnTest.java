package dev.eddy.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a session answers its stream. */
class SessionTurnTest {
    private static SessionFixture fixture;

    @BeforeAll
    static void open() {
        fixture = SessionFixture.create();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @Test
    void turn_afterText_givesElementsAndTheirPositions() {
        StreamClient client = fixture.attachNew(7).text("hello");
        long turn = client.generate(12);
        SessionReply.TurnEnded ended = client.end(turn);

        assertThat(ended.reason()).isEqualTo(TurnEndReason.MAX_ELEMENTS);
        assertThat(ended.position()).isEqualTo(17);
        assertThat(ended.outputPosition()).isEqualTo(12);
        assertThat(client.ids()).hasSize(12);
    }
}
