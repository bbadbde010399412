package dev.eddy.client;

import dev.eddy.v1.Absorbed;
import dev.eddy.v1.Input;
import dev.eddy.v1.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Cuts inputs to pieces that fit a request, and joins what comes back of them. */
final class Inputs {
    private Inputs() {}

    /** The text in pieces of at most {@code most} chars, at least one, with no character cut. */
    static List<String> pieces(String text, int most) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        do {
            int to = Math.min(text.length(), from + most);
            if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
                to--;
            }
            pieces.add(text.substring(from, to));
            from = to;
        } while (from < text.length());
        return pieces;
    }

    /** How many elements an input can have at most: of text, its bytes of UTF-8. */
    static long mostElements(Input.Builder input) {
        return switch (input.getPayloadCase()) {
            case TEXT -> input.getTextBytes().size();
            case IDS -> input.getIds().getValuesCount();
            case DATA -> input.getData().size();
            case FRAMES ->
                    input.getFrames().getValuesCount() / Math.max(1, input.getFrames().getWidth());
            case PAYLOAD_NOT_SET -> 0;
        };
    }

    /** The scores of pieces, in one. */
    static Scores joined(List<CompletableFuture<Absorbed>> pieces) {
        var scores = Scores.newBuilder();
        for (CompletableFuture<Absorbed> piece : pieces) {
            Scores of = piece.join().getScores();
            if (scores.getLogProbabilitiesCount() == 0) {
                scores.setFirstPosition(of.getFirstPosition());
            }
            scores.addAllLogProbabilities(of.getLogProbabilitiesList());
            scores.setSequence(of.getSequence());
        }
        return scores.build();
    }
}
