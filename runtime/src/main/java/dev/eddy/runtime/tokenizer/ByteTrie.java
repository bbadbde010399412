package dev.eddy.runtime.tokenizer;

import java.util.Arrays;

/**
 * A tree of byte strings with an id each, in arrays: a node's children are a chain of siblings, the
 * root's are found at once.
 */
final class ByteTrie {
    private static final int NONE = -1;

    private final int[] roots = new int[256];
    private final int[] child;
    private final int[] sibling;
    private final int[] ids;
    private final byte[] labels;
    private int count;

    /**
     * @param bytes of all strings together: no more nodes than that are needed
     */
    ByteTrie(int bytes) {
        child = new int[bytes];
        sibling = new int[bytes];
        ids = new int[bytes];
        labels = new byte[bytes];
        Arrays.fill(roots, NONE);
    }

    /** Adds a string of one byte or more; false if it is there already. */
    boolean put(byte[] string, int id) {
        int node = NONE;
        for (byte b : string) {
            int next = next(node, b);
            if (next == NONE) {
                next = count++;
                labels[next] = b;
                child[next] = NONE;
                ids[next] = NONE;
                if (node == NONE) {
                    sibling[next] = NONE;
                    roots[b & 0xff] = next;
                } else {
                    sibling[next] = child[node];
                    child[node] = next;
                }
            }
            node = next;
        }
        if (node == NONE || ids[node] != NONE) {
            return false;
        }
        ids[node] = id;
        return true;
    }

    private int next(int node, byte b) {
        if (node == NONE) {
            return roots[b & 0xff];
        }
        int next = child[node];
        while (next != NONE && labels[next] != b) {
            next = sibling[next];
        }
        return next;
    }

    /**
     * The length of the longest string that {@code text} begins with at {@code from}; 0 for none.
     */
    int longest(byte[] text, int from, int to) {
        int longest = 0;
        int node = NONE;
        for (int i = from; i < to; i++) {
            node = next(node, text[i]);
            if (node == NONE) {
                break;
            }
            longest = ids[node] == NONE ? longest : i + 1 - from;
        }
        return longest;
    }

    /** The id of the string that is {@code text} from {@code from}, which has one. */
    int id(byte[] text, int from, int length) {
        int node = NONE;
        for (int i = from; i < from + length; i++) {
            node = next(node, text[i]);
        }
        return ids[node];
    }

    /** True if the whole of {@code text} from {@code from} is the beginning of a longer string. */
    boolean mayGoOn(byte[] text, int from, int to) {
        int node = NONE;
        for (int i = from; i < to; i++) {
            node = next(node, text[i]);
            if (node == NONE) {
                return false;
            }
        }
        return node == NONE || child[node] != NONE;
    }
}
