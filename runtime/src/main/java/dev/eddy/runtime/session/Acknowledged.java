package dev.eddy.runtime.session;

/**
 * What a client has for good. Numbers never go back; a lesser one than before changes nothing.
 *
 * @param outputPosition output elements received
 * @param turn the last turn whose end was received, 0 for none
 * @param position position after the last scores received
 */
public record Acknowledged(long outputPosition, long turn, long position) {
    /** Nothing yet. */
    public static final Acknowledged NOTHING = new Acknowledged(0, 0, 0);

    /** The later of both, number by number. */
    public Acknowledged max(Acknowledged other) {
        return new Acknowledged(
                Math.max(outputPosition, other.outputPosition),
                Math.max(turn, other.turn),
                Math.max(position, other.position));
    }
}
