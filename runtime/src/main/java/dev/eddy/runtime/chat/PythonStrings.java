package dev.eddy.runtime.chat;

import java.beans.FeatureDescriptor;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;
import org.jspecify.annotations.Nullable;

/**
 * Python's methods of strings, those that chat templates call. Templates reach no other method of a
 * string, Java's included.
 */
final class PythonStrings extends ELResolver {
    private static final Set<String> METHODS =
            Set.of(
                    "strip",
                    "lstrip",
                    "rstrip",
                    "startswith",
                    "endswith",
                    "upper",
                    "lower",
                    "capitalize",
                    "title",
                    "replace",
                    "split",
                    "join",
                    "find",
                    "count",
                    "isdigit");

    @Override
    public @Nullable Object invoke(
            ELContext context,
            @Nullable Object base,
            Object method,
            Class<?> @Nullable [] types,
            @Nullable Object @Nullable [] given) {
        if (!(base instanceof CharSequence)) {
            return null;
        }
        context.setPropertyResolved(true);
        String name = String.valueOf(method);
        List<@Nullable Object> arguments = given == null ? List.of() : Arrays.asList(given);
        try {
            return call(base.toString(), name, arguments);
        } catch (ClassCastException | IndexOutOfBoundsException e) {
            throw new ChatTemplateException("strings have no method " + name + " of " + arguments);
        }
    }

    private static Object call(String s, String name, List<@Nullable Object> a) {
        return switch (name) {
            case "strip" -> stripEnd(stripStart(s, a), a);
            case "lstrip" -> stripStart(s, a);
            case "rstrip" -> stripEnd(s, a);
            case "startswith" -> s.startsWith(text(a, 0));
            case "endswith" -> s.endsWith(text(a, 0));
            case "upper" -> s.toUpperCase(Locale.ROOT);
            case "lower" -> s.toLowerCase(Locale.ROOT);
            case "capitalize", "title" ->
                    s.isEmpty()
                            ? s
                            : s.substring(0, 1).toUpperCase(Locale.ROOT)
                                    + s.substring(1).toLowerCase(Locale.ROOT);
            case "replace" -> s.replace(text(a, 0), text(a, 1));
            case "split" -> split(s, a);
            case "join" -> String.join(s, items(a));
            case "find" -> (long) s.indexOf(text(a, 0));
            case "count" -> (long) (s.split(Pattern.quote(text(a, 0)), -1).length - 1);
            case "isdigit" -> !s.isEmpty() && s.chars().allMatch(Character::isDigit);
            default ->
                    throw new ChatTemplateException(
                            "strings have no method "
                                    + name
                                    + ", only "
                                    + METHODS.stream().sorted().toList());
        };
    }

    private static String text(List<@Nullable Object> arguments, int index) {
        Object argument = arguments.get(index);
        if (argument instanceof CharSequence text) {
            return text.toString();
        }
        throw new ClassCastException();
    }

    private static List<String> items(List<@Nullable Object> arguments) {
        if (arguments.get(0) instanceof List<?> items) {
            return items.stream().map(String::valueOf).toList();
        }
        throw new ClassCastException();
    }

    private static List<String> split(String s, List<@Nullable Object> arguments) {
        if (arguments.isEmpty()) {
            return s.isBlank() ? List.of() : List.of(s.strip().split("\\s+"));
        }
        int limit = -1;
        if (arguments.size() > 1 && arguments.get(1) instanceof Number most) {
            limit = most.intValue() + 1;
        }
        return List.of(s.split(Pattern.quote(text(arguments, 0)), limit));
    }

    private static String stripStart(String s, List<@Nullable Object> arguments) {
        int from = 0;
        while (from < s.length() && strips(s.charAt(from), arguments)) {
            from++;
        }
        return s.substring(from);
    }

    private static String stripEnd(String s, List<@Nullable Object> arguments) {
        int to = s.length();
        while (to > 0 && strips(s.charAt(to - 1), arguments)) {
            to--;
        }
        return s.substring(0, to);
    }

    private static boolean strips(char c, List<@Nullable Object> arguments) {
        return arguments.isEmpty() ? Character.isWhitespace(c) : text(arguments, 0).indexOf(c) >= 0;
    }

    @Override
    public @Nullable Object getValue(
            ELContext context, @Nullable Object base, @Nullable Object property) {
        return null;
    }

    @Override
    public @Nullable Class<?> getType(
            ELContext context, @Nullable Object base, @Nullable Object property) {
        return null;
    }

    @Override
    public void setValue(
            ELContext context,
            @Nullable Object base,
            @Nullable Object property,
            @Nullable Object value) {
        // strings have nothing to set
    }

    @Override
    public boolean isReadOnly(ELContext context, @Nullable Object base, @Nullable Object property) {
        return true;
    }

    @Override
    public @Nullable Iterator<FeatureDescriptor> getFeatureDescriptors(
            ELContext context, @Nullable Object base) {
        return null;
    }

    @Override
    public @Nullable Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
        return null;
    }
}
