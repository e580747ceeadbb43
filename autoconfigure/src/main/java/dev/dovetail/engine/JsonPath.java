package dev.dovetail.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The way from a JSON document to one value in it, for example {@code address.lines[0].text}.
 *
 * <p>Keys consist of letters, digits, {@code _} and {@code -}, so that none of them means anything in SQL or in a path of an
 * engine, whatever the path came from.
 *
 * @param steps in order: a {@link String} names a property, an {@link Integer} counts elements of an array from 0
 */
public record JsonPath(List<Object> steps) {

    private static final int LONGEST = 1000;
    private static final Pattern STEP = Pattern.compile("(?:^|\\.)([\\p{L}_][\\p{L}\\p{N}_-]*)|\\[([0-9]{1,9})]");

    public JsonPath {
        steps = List.copyOf(steps);
    }

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException if it is none; the message says where it goes wrong, and does not quote it
     */
    public static JsonPath parse(String path) {
        if (path.isEmpty() || path.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "it has %d characters; 1 to %d are allowed".formatted(path.length(), LONGEST));
        }
        if (path.charAt(0) == '.') {
            throw new IllegalArgumentException("it begins with a point");
        }
        List<Object> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        int position = 0;
        while (position < path.length()) {
            matcher.region(position, path.length()).useAnchoringBounds(position == 0);
            if (!matcher.lookingAt()) {
                throw new IllegalArgumentException(
                        "at position %d there is neither a key nor an [index]".formatted(position));
            }
            String key = matcher.group(1);
            steps.add(key != null ? key : Integer.valueOf(matcher.group(2)));
            position = matcher.end();
        }
        return new JsonPath(steps);
    }
}
