package dev.eddy.runtime.session;

import java.util.List;

/**
 * Finds the first of some stop strings in text that comes a character at a time, by Knuth, Morris
 * and Pratt: how far each has matched is all it remembers.
 */
final class StopMatcher {
    private final List<String> stops;
    private final int[][] failure;
    private final int[] progress;

    /**
     * A matcher that goes on where another stopped.
     *
     * @param progress that other's {@link #progress}; empty at the start
     */
    StopMatcher(List<String> stops, int[] progress) {
        this.stops = stops;
        this.progress = progress.length == stops.size() ? progress.clone() : new int[stops.size()];
        failure = new int[stops.size()][];
        for (int s = 0; s < failure.length; s++) {
            failure[s] = failure(stops.get(s));
        }
    }

    /**
     * For each length of a match, the length of the next shorter one that ends at the same place.
     */
    private static int[] failure(String stop) {
        int[] failure = new int[stop.length() + 1];
        for (int i = 1, k = 0; i < stop.length(); i++) {
            while (k > 0 && stop.charAt(i) != stop.charAt(k)) {
                k = failure[k];
            }
            k += stop.charAt(i) == stop.charAt(k) ? 1 : 0;
            failure[i + 1] = k;
        }
        return failure;
    }

    /** The index of the longest stop string that {@code c} completes, or -1. */
    int accept(char c) {
        int matched = -1;
        for (int s = 0; s < progress.length; s++) {
            String stop = stops.get(s);
            int k = progress[s];
            while (k > 0 && (k == stop.length() || stop.charAt(k) != c)) {
                k = failure[s][k];
            }
            k += stop.charAt(k) == c ? 1 : 0;
            progress[s] = k;
            if (k == stop.length()
                    && (matched < 0 || stop.length() > stops.get(matched).length())) {
                matched = s;
            }
        }
        return matched;
    }

    /** The most characters at the end of the text that may be the beginning of a stop string. */
    int partial() {
        int most = 0;
        for (int k : progress) {
            most = Math.max(most, k);
        }
        return most;
    }

    /** How far each stop string has matched. */
    int[] progress() {
        return progress.clone();
    }

    String stop(int index) {
        return stops.get(index);
    }
}
