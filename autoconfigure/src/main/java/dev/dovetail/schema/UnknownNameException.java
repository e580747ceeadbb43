package dev.dovetail.schema;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/** A table, column or the like was named that does not exist. The message says which are most alike, and which there are. */
public final class UnknownNameException extends InvalidDataAccessApiUsageException {

    private static final long serialVersionUID = 1L;

    private static final int MOST_LISTED = 50;
    private static final int LONGEST_NAME = 100;

    // Line ends, control and formatting characters could make a log say what did not happen.
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private final String[] available;

    private UnknownNameException(String message, List<String> available) {
        super(message);
        this.available = available.toArray(String[]::new);
    }

    /**
     * @param what kind of thing was named, for example {@code column}
     * @param name the name that is unknown
     * @param where in what it was looked for, for example {@code table "users"}
     * @param available the names there are
     */
    public static UnknownNameException of(String what, String name, String where, Collection<String> available) {
        List<String> sorted = available.stream().sorted().toList();
        return new UnknownNameException(
                "There is no %s \"%s\" in %s.%s %s"
                        .formatted(what, shown(name), where, nearest(name, sorted), listed(sorted)),
                sorted);
    }

    /** The names there are, sorted. */
    public List<String> available() {
        return List.of(available);
    }

    private static String shown(String name) {
        boolean fits = name.codePointCount(0, name.length()) <= LONGEST_NAME;
        String shortened = fits ? name : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME));
        return UNPRINTABLE.matcher(shortened).replaceAll("?") + (fits ? "" : "…");
    }

    private static String nearest(String name, List<String> available) {
        if (name.length() > LONGEST_NAME) {
            return "";
        }
        List<String> alike = NearestNames.of(name, available);
        return alike.isEmpty()
                ? ""
                : " Did you mean "
                        + alike.stream().map(UnknownNameException::shown).collect(Collectors.joining(" or "))
                        + "?";
    }

    private static String listed(List<String> available) {
        if (available.isEmpty()) {
            return "There are none.";
        }
        int more = available.size() - MOST_LISTED;
        return available.stream()
                .limit(MOST_LISTED)
                .map(UnknownNameException::shown)
                .collect(Collectors.joining(", ", "There are: ", more > 0 ? " and " + more + " more." : "."));
    }
}
