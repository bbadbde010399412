package dev.eddy.runtime.session;

import dev.eddy.runtime.engine.Elements;
import java.util.List;
import java.util.Map;

/** A session's {@link SessionState} as it is stored; immutable. */
record SessionSnapshot(
        String model,
        String stateId,
        String numericsId,
        long seed,
        int branch,
        long limit,
        Durability durability,
        long keepSeconds,
        Map<String, String> labels,
        long created,
        long active,
        boolean deleted,
        SamplingOptions sampling,
        long epoch,
        boolean acknowledges,
        long lastSequence,
        long absorbedSequence,
        String unsettled,
        boolean unsettledScored,
        List<Request> requests,
        long tailStart,
        Elements tail,
        String savedKey,
        long outputPosition,
        List<Kept> kept,
        int held,
        Acknowledged acknowledged,
        long inputSinceTurn,
        byte[] partial,
        int[] progress) {}
