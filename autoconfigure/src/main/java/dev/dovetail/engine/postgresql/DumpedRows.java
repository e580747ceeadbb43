package dev.dovetail.engine.postgresql;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts the rows of each table in what {@code pg_restore} makes of a dump. One that cannot be unpacked ends it with an error. */
final class DumpedRows {

    private static final String COPY = "COPY ";
    private static final String FROM = " FROM stdin;";
    private static final String END = "\\.";
    // What names all columns of a table is no longer than this, at the most that there may be, with the longest names.
    private static final int LONGEST_COPY = 1 << 18;
    // A row may have any length, and only whether it is the end is of interest.
    private static final int LONGEST_ROW = END.length() + 1;

    private final SortedMap<String, Long> rows = new TreeMap<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private @Nullable String table;
    private long count;

    SortedMap<String, Long> rows() {
        return rows;
    }

    void read(InputStream output) throws IOException {
        InputStream in = new BufferedInputStream(output, 1 << 16);
        for (int each = in.read(); each >= 0; each = in.read()) {
            if (each == '\n') {
                line(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else if (each != '\r' && line.size() < (table == null ? LONGEST_COPY : LONGEST_ROW)) {
                line.write(each);
            }
        }
    }

    private void line(String text) {
        if (table == null) {
            if (text.startsWith(COPY) && text.endsWith(FROM)) {
                table = nameIn(text.substring(COPY.length()));
                count = 0;
            }
        } else if (text.equals(END)) {
            rows.merge(table, count, Long::sum);
            table = null;
        } else {
            count++;
        }
    }

    /** The name with which a text begins, its quotes taken away. */
    static String nameIn(String text) {
        StringBuilder name = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                name.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ' ' || c == '(')) {
                break;
            } else {
                name.append(c);
            }
        }
        return name.toString();
    }
}
