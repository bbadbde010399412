package dev.eddy.runtime.eval;

/**
 * Consecutive ids.
 *
 * @param first the least
 * @param last the greatest
 */
public record IdRange(int first, int last) {
    /**
     * Ids from one to another.
     *
     * @throws IllegalArgumentException if there are none, or they are negative
     */
    public IdRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException(
                    "ids "
                            + first
                            + "-"
                            + last
                            + " are no range: write the least and the greatest id, as in 4-65");
        }
    }

    /** How many there are. */
    public int size() {
        return last - first + 1;
    }

    /** True if the id is one of them. */
    public boolean contains(int id) {
        return id >= first && id <= last;
    }

    /** True if an id is in both. */
    public boolean overlaps(IdRange other) {
        return first <= other.last && other.first <= last;
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
