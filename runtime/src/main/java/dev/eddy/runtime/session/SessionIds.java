package dev.eddy.runtime.session;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;

/**
 * Ids of sessions: two hexadecimal digits for the shard, so that whoever opens a session decides
 * where it lives, and 128 random bits, so that nobody guesses one.
 */
final class SessionIds {
    /** Shards that there are; must equal pekko.cluster.sharding.number-of-shards. */
    private static final int SHARDS = 64;

    private static final Pattern ID = Pattern.compile("[0-3][0-9a-f]-[0-9a-z]{25}");
    private static final int RADIX = 36;
    private static final int RANDOM_BITS = 128;
    private static final int DIGITS = 25;

    private final SecureRandom random = new SecureRandom();

    /** An id never given before, on a shard of this node. */
    String next() {
        // One node has every shard; which one only spreads the load of waking them.
        String shard = String.format("%02x", random.nextInt(SHARDS));
        String rest = new BigInteger(RANDOM_BITS, random).toString(RADIX);
        return shard + "-" + "0".repeat(DIGITS - rest.length()) + rest;
    }

    static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    /** Reads the shard out of the id. */
    static final class Extractor
            extends ShardingMessageExtractor<ShardingEnvelope<SessionCommand>, SessionCommand> {
        @Override
        public String entityId(ShardingEnvelope<SessionCommand> envelope) {
            return envelope.entityId();
        }

        @Override
        public String shardId(String entityId) {
            return entityId.substring(0, 2);
        }

        @Override
        public SessionCommand unwrapMessage(ShardingEnvelope<SessionCommand> envelope) {
            return envelope.message();
        }
    }
}
