package dev.dovetail.cache.coherence;

import dev.dovetail.datasource.ChangedTables;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one instance tells the others: {@code 1 <instance> <c|t><number> <tables>}.
 *
 * @param instance who says so; {@link #ANYBODY} if it is no instance of this layer
 * @param ordered whether the numbers of this instance's messages follow each other without gaps
 * @param number of the message
 * @param changes what has changed
 */
record ChangeMessage(String instance, boolean ordered, long number, ChangedTables changes) {

    /** Who is no instance, so that everybody listens. */
    static final String ANYBODY = "-";

    /** For what may be any table, and the schema. */
    static final String EVERYTHING = "*";

    /** For what may be any table, but not the schema: whoever hears it changes no more by what is under way. */
    static final String ANY_TABLE = "**";

    private static final Pattern FORM = Pattern.compile("1 (\\S+) ([ct])(\\d{1,18}) (\\S+)");

    /** As a payload of at most so many bytes, in ASCII: what would be longer says that any table has changed. */
    String encode(int longest) {
        String head = "1 " + instance + " " + (ordered ? "c" : "t") + number + " ";
        String tables = names(changes).stream()
                .map(each -> URLEncoder.encode(each, StandardCharsets.UTF_8))
                .collect(Collectors.joining(","));
        return head + (head.length() + tables.length() > longest ? ANY_TABLE : tables);
    }

    /** The tables by their names, or what stands for all of them; always in the same order. */
    static SortedSet<String> names(ChangedTables changes) {
        if (changes.schema()) {
            return new TreeSet<>(Set.of(EVERYTHING));
        }
        boolean any = changes.everything() || changes.tables().isEmpty();
        return new TreeSet<>(any ? Set.of(ANY_TABLE) : changes.tables());
    }

    /** The same read again. */
    static ChangedTables ofNames(Set<String> names) {
        if (names.contains(EVERYTHING)) {
            return ChangedTables.EVERYTHING;
        }
        return names.contains(ANY_TABLE) ? ChangedTables.ANY_TABLE : ChangedTables.of(names);
    }

    /** Null for what is no message of this version. */
    static @Nullable ChangeMessage decode(String payload) {
        Matcher form = FORM.matcher(payload);
        if (!form.matches()) {
            return null;
        }
        ChangedTables changes = tables(form.group(4));
        return new ChangeMessage(form.group(1), form.group(2).equals("c"), Long.parseLong(form.group(3)), changes);
    }

    private static ChangedTables tables(String text) {
        Set<String> names = new HashSet<>();
        for (String each : text.split(",", -1)) {
            names.add(URLDecoder.decode(each, StandardCharsets.UTF_8));
        }
        return ofNames(names);
    }
}
