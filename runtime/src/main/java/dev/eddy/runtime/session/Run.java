package dev.eddy.runtime.session;

import dev.eddy.runtime.session.SessionReply.LogProbabilities;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Output elements that follow each other in output and in position.
 *
 * @param turn the turn they belong to, 0 for none
 * @param output output elements before the first of them
 * @param position elements absorbed before the first of them
 * @param ids theirs; empty for frames
 * @param text theirs together
 * @param ends for each element of text, where its part ends
 * @param logProbabilities theirs, or null
 * @param frameWidth floats in a frame, 0 for ids
 * @param frames empty for ids
 */
record Run(
        long turn,
        long output,
        long position,
        int[] ids,
        String text,
        int[] ends,
        @Nullable LogProbabilities logProbabilities,
        int frameWidth,
        float[] frames) {
    private static final int[] NO_IDS = {};
    private static final float[] NO_FRAMES = {};

    /** Frames, one for each element absorbed. */
    static Run ofFrames(long output, long position, int width, float[] frames) {
        return new Run(0, output, position, NO_IDS, "", NO_IDS, null, width, frames);
    }

    /** Ids. */
    static Run ofIds(
            long turn,
            long output,
            long position,
            int[] ids,
            String text,
            int[] ends,
            @Nullable LogProbabilities logProbabilities) {
        return new Run(turn, output, position, ids, text, ends, logProbabilities, 0, NO_FRAMES);
    }

    int count() {
        return frameWidth > 0 ? frames.length / frameWidth : ids.length;
    }

    /** Output elements up to the last of them. */
    long outputEnd() {
        return output + count();
    }

    /** Length of the text of element {@code i}. */
    int textLength(int i) {
        return ends.length == 0 ? 0 : ends[i] - (i == 0 ? 0 : ends[i - 1]);
    }

    /**
     * The first {@code count} of them, the last one's text cut to {@code cut} characters if it is
     * not -1.
     */
    Run first(int count, int cut) {
        Run run = slice(0, count);
        if (cut < 0 || count == 0) {
            return run;
        }
        int end = (count == 1 ? 0 : run.ends[count - 2]) + cut;
        int[] ends = run.ends.clone();
        ends[count - 1] = end;
        return ofIds(
                turn,
                output,
                position,
                run.ids,
                run.text.substring(0, end),
                ends,
                run.logProbabilities);
    }

    /** Those from {@code from} until before {@code to}. */
    Run slice(int from, int to) {
        if (from == 0 && to == count()) {
            return this;
        }
        if (frameWidth > 0) {
            return ofFrames(
                    output + from,
                    position + from,
                    frameWidth,
                    Arrays.copyOfRange(frames, from * frameWidth, to * frameWidth));
        }
        int textFrom = from == 0 || ends.length == 0 ? 0 : ends[from - 1];
        int textTo = to == 0 || ends.length == 0 ? 0 : ends[to - 1];
        int[] shifted = ends.length == 0 ? ends : Arrays.copyOfRange(ends, from, to);
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] -= textFrom;
        }
        return ofIds(
                turn,
                output + from,
                position + from,
                Arrays.copyOfRange(ids, from, to),
                text.substring(textFrom, textTo),
                shifted,
                slice(logProbabilities, from, to));
    }

    private static @Nullable LogProbabilities slice(
            @Nullable LogProbabilities all, int from, int to) {
        return all == null
                ? null
                : new LogProbabilities(
                        Arrays.copyOfRange(all.chosen(), from, to),
                        all.candidates(),
                        Arrays.copyOfRange(
                                all.ids(), from * all.candidates(), to * all.candidates()),
                        Arrays.copyOfRange(
                                all.logProbabilities(),
                                from * all.candidates(),
                                to * all.candidates()));
    }

    /** What the stream is told of them. */
    SessionReply.Output reply() {
        return new SessionReply.Output(
                turn,
                outputEnd(),
                position + count(),
                ids,
                text,
                frames,
                frameWidth,
                logProbabilities);
    }
}
