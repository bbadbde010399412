package dev.eddy.runtime.checkpoint;

import dev.eddy.runtime.checkpoint.Pickle.Items;
import dev.eddy.runtime.checkpoint.Pickle.Name;
import dev.eddy.runtime.checkpoint.Pickle.Storage;
import dev.eddy.runtime.checkpoint.Pickle.Table;
import dev.eddy.runtime.checkpoint.Pickle.Text;
import dev.eddy.runtime.checkpoint.Pickle.Tuple;
import dev.eddy.runtime.checkpoint.Pickle.Whole;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A restricted reader of Python pickles, protocols 2 to 5: it builds data and tensor views and
 * calls nothing. A name that is not on {@link PickleNames}' list is refused, and so is every
 * operation that a checkpoint of tensors does not need. Memory is bounded by the pickle's size:
 * operations make at most one small value each, repetition shares it.
 */
final class Unpickler {
    private final String source;
    private final MemorySegment bytes;
    private long position;
    private final List<Pickle> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Long, Pickle> memo = new HashMap<>();

    private Unpickler(String source, MemorySegment bytes) {
        this.source = source;
        this.bytes = bytes;
    }

    /**
     * The value that {@code bytes} hold.
     *
     * @throws CheckpointException if they are malformed or hold anything but data and tensors
     */
    static Pickle read(String source, MemorySegment bytes) {
        Unpickler unpickler = new Unpickler(source, bytes);
        while (true) {
            int op = unpickler.u8();
            if (op == '.') {
                return unpickler.pop();
            }
            unpickler.step(op);
        }
    }

    private void step(int op) {
        switch (op) {
            case 0x80 -> protocol();
            case 0x95 -> skip(8); // FRAME
            case '(' -> marks.add(stack.size());
            case '0' -> pop();
            case '1' -> popMark();
            case '2' -> push(peek());
            case 'N' -> push(new Pickle.None());
            case 0x88 -> push(new Pickle.Bool(true));
            case 0x89 -> push(new Pickle.Bool(false));
            case 'J' -> push(new Whole((int) little(4)));
            case 'K' -> push(new Whole(u8()));
            case 'M' -> push(new Whole(little(2)));
            case 0x8a -> push(whole(u8()));
            case 'G' ->
                    push(new Pickle.Real(Double.longBitsToDouble(Long.reverseBytes(little(8)))));
            case 'X' -> push(text(little(4)));
            case 0x8c -> push(text(u8()));
            case 0x8d -> push(text(little(8)));
            case 'T', 'B' -> raw(little(4));
            case 'U', 'C' -> raw(u8());
            case 0x8e -> raw(little(8));
            case ')' -> push(new Tuple(List.of()));
            case 0x85 -> tuple(1);
            case 0x86 -> tuple(2);
            case 0x87 -> tuple(3);
            case 't' -> push(new Tuple(popMark()));
            case ']' -> push(new Items());
            case 'l' -> push(new Items(popMark()));
            case 'a' -> append(List.of(pop()));
            case 'e' -> append(popMark());
            case '}' -> push(new Table());
            case 'd' -> dict(popMark());
            case 's' -> put(popTwo());
            case 'u' -> put(popMark());
            case 'h' -> recall(u8());
            case 'j' -> recall(little(4));
            case 'q' -> memo.put((long) u8(), peek());
            case 'r' -> memo.put(little(4), peek());
            case 0x94 -> memo.put((long) memo.size(), peek());
            case 'c' -> push(PickleNames.require(source, line(), line()));
            case 0x93 -> name();
            case 'Q' -> push(storage(pop()));
            case 'R' -> reduce();
            case 'b' -> build();
            default ->
                    throw refuse(
                            "operation",
                            "those of a checkpoint of tensors in pickle protocol 2 to 5",
                            describe(op));
        }
    }

    private static String describe(int op) {
        return op > ' ' && op < 0x7f
                ? String.format("%c (0x%02x)", op, op)
                : String.format("0x%02x", op);
    }

    private void protocol() {
        int version = u8();
        if (version < 2 || version > 5) {
            throw refuse("pickle protocol", "2 to 5", version);
        }
    }

    private void tuple(int count) {
        Pickle[] items = new Pickle[count];
        for (int i = count - 1; i >= 0; i--) {
            items[i] = pop();
        }
        push(new Tuple(List.of(items)));
    }

    private List<Pickle> popTwo() {
        Pickle value = pop();
        return List.of(pop(), value);
    }

    private void append(List<Pickle> items) {
        if (!(peek() instanceof Items list)) {
            throw refuse("append", "a list", peek().describe());
        }
        list.items().addAll(items);
    }

    private void dict(List<Pickle> pairs) {
        push(new Table());
        put(pairs);
    }

    private void put(List<Pickle> pairs) {
        if (!(peek() instanceof Table table) || pairs.size() % 2 != 0) {
            throw refuse("set items", "a dict and pairs", peek().describe());
        }
        for (int i = 0; i < pairs.size(); i += 2) {
            String key =
                    switch (pairs.get(i)) {
                        case Text text -> text.value();
                        case Whole whole -> Long.toString(whole.value());
                        case Pickle other ->
                                throw refuse("key of a dict", "a string", other.describe());
                    };
            if (table.fields().put(key, pairs.get(i + 1)) != null) {
                throw refuse("key " + CheckpointException.quote(key), "one value", "two");
            }
        }
    }

    private void recall(long index) {
        Pickle value = memo.get(index);
        if (value == null) {
            throw refuse("memo", "a value at " + index, "none");
        }
        push(value);
    }

    private void name() {
        if (pop() instanceof Text name && pop() instanceof Text module) {
            push(PickleNames.require(source, module.value(), name.value()));
        } else {
            throw refuse("name", "two strings", "others");
        }
    }

    private Storage storage(Pickle id) {
        if (id instanceof Tuple tuple
                && tuple.items().size() == 5
                && tuple.items().get(0) instanceof Text kind
                && kind.value().equals("storage")
                && tuple.items().get(1) instanceof Name type
                && tuple.items().get(2) instanceof Text key
                && tuple.items().get(4) instanceof Whole elements) {
            return new Storage(
                    PickleNames.storageType(source, type), key.value(), elements.value());
        }
        throw refuse("persistent id", "(\"storage\", type, key, device, elements)", id.describe());
    }

    private void reduce() {
        Pickle arguments = pop();
        Pickle function = pop();
        if (function instanceof Name name && arguments instanceof Tuple tuple) {
            push(PickleNames.call(source, name, tuple));
        } else {
            throw refuse("call", "a name and a tuple", function.describe() + arguments.describe());
        }
    }

    /** What PyTorch keeps beside a state dict's entries; a dict has no other state. */
    private void build() {
        Pickle state = pop();
        if (!(peek() instanceof Table) || !(state instanceof Table)) {
            throw refuse("state", "a dict's", peek().describe());
        }
    }

    private Whole whole(int count) {
        if (count > Long.BYTES) {
            throw refuse("number", "at most 8 bytes", count + " bytes");
        }
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (long) u8() << 8 * i;
        }
        int unused = 64 - 8 * count;
        return new Whole(count == 0 ? 0 : value << unused >> unused);
    }

    private Text text(long count) {
        MemorySegment segment = bytes.asSlice(skip(count), count);
        ByteBuffer buffer = segment.asByteBuffer();
        return new Text(StandardCharsets.UTF_8.decode(buffer).toString());
    }

    private void raw(long count) {
        skip(count);
        push(new Pickle.Bytes(count));
    }

    /** The rest of a line, of at most 200 characters. */
    private String line() {
        StringBuilder line = new StringBuilder();
        for (int c = u8(); c != '\n'; c = u8()) {
            line.append((char) c);
            if (line.length() > 200) {
                throw refuse("name", "at most 200 characters", "a longer one");
            }
        }
        return line.toString();
    }

    private void push(Pickle value) {
        stack.add(value);
    }

    private Pickle peek() {
        int floor = marks.isEmpty() ? 0 : marks.getLast();
        if (stack.size() <= floor) {
            throw refuse("stack", "a value", "none");
        }
        return stack.getLast();
    }

    private Pickle pop() {
        Pickle value = peek();
        stack.removeLast();
        return value;
    }

    private List<Pickle> popMark() {
        if (marks.isEmpty()) {
            throw refuse("stack", "a mark", "none");
        }
        List<Pickle> above = stack.subList(marks.removeLast(), stack.size());
        List<Pickle> items = new ArrayList<>(above);
        above.clear();
        return items;
    }

    private int u8() {
        return bytes.get(ValueLayout.JAVA_BYTE, skip(1)) & 0xff;
    }

    private long little(int count) {
        long from = skip(count);
        byte[] word = new byte[Long.BYTES];
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, from, word, 0, count);
        return ByteBuffer.wrap(word).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private long skip(long count) {
        if (count < 0 || count > bytes.byteSize() - position) {
            throw refuse(
                    "length",
                    "at most the " + (bytes.byteSize() - position) + " bytes that are left",
                    Long.toUnsignedString(count));
        }
        long from = position;
        position += count;
        return from;
    }

    private CheckpointException refuse(String subject, Object expected, Object found) {
        return CheckpointException.unexpected(
                source, "pickle at byte " + position + ": " + subject, expected, found);
    }
}
