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
    // A row may have any length, and only how it begins is of interest.
    private static final int REMEMBERED = 1 << 14;

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
            } else if (each != '\r' && line.size() < REMEMBERED) {
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
