package dev.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResultDigestTest {
    @Test
    void digest_ofOtherIdsOrLogProbabilities_isAnother() {
        String digest = digest(575, -0.25f);
        assertThat(digest).isEqualTo(digest(575, -0.25f));
        assertThat(digest(574, -0.25f)).isNotEqualTo(digest);
        assertThat(digest(575, Math.nextDown(-0.25f))).isNotEqualTo(digest);
    }

    @Test
    void digest_ofMoreIdsThanCount_isThatOfTheFirst() {
        ResultDigest more = new ResultDigest(1);
        more.add(575, -0.25f);
        more.add(3, -4);
        assertThat(more).hasToString(digest(575, -0.25f));
    }

    private static String digest(int id, float logProb) {
        ResultDigest digest = new ResultDigest(1);
        digest.add(id, logProb);
        return digest.toString();
    }
}
