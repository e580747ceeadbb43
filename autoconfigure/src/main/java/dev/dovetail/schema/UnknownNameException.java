package dev.dovetail.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/** A table, column or the like was named that does not exist. The message says which are most alike, and which there are. */
public final class UnknownNameException extends InvalidDataAccessApiUsageException {

    private static final long serialVersionUID = 1L;

    private static final int MOST_LISTED = 50;
    private static final int LONGEST_NAME = 100;

    private final transient List<String> available;

    private UnknownNameException(String message, List<String> available) {
        super(message);
        this.available = available;
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
                        .formatted(what, shortened(name), where, nearest(name, sorted), listed(sorted)),
                sorted);
    }

    /** The names there are, sorted. */
    public List<String> available() {
        return available;
    }

    private static String shortened(String name) {
        String printable = name.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= LONGEST_NAME ? printable : printable.substring(0, LONGEST_NAME) + "…";
    }

    private static String nearest(String name, List<String> available) {
        String wanted = shortened(name).toLowerCase(Locale.ROOT);
        // Two letters that changed places are two changes.
        int limit = wanted.length() < 4 ? 1 : Math.max(2, wanted.length() / 3);
        List<String> alike = available.stream()
                .filter(candidate -> distance(wanted, candidate.toLowerCase(Locale.ROOT)) <= limit)
                .sorted(Comparator.comparingInt(candidate -> distance(wanted, candidate.toLowerCase(Locale.ROOT))))
                .limit(3)
                .toList();
        return alike.isEmpty() ? "" : " Did you mean " + String.join(" or ", alike) + "?";
    }

    private static String listed(List<String> available) {
        if (available.isEmpty()) {
            return "There are none.";
        }
        String names = available.stream().limit(MOST_LISTED).collect(Collectors.joining(", "));
        int more = available.size() - MOST_LISTED;
        return "There are: " + names + (more > 0 ? " and " + more + " more." : ".");
    }

    // Levenshtein's distance, a row at a time.
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= one.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= other.length(); column++) {
                int above = row[column];
                int cost = one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1;
                row[column] = Math.min(Math.min(above, row[column - 1]) + 1, diagonal + cost);
                diagonal = above;
            }
        }
        return row[other.length()];
    }
}
