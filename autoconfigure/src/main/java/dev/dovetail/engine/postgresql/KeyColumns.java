package dev.dovetail.engine.postgresql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the key in a detail such as {@code Key (a, b)=(1, 2) already exists.}, whatever language the words around
 * it are in. Nothing behind the equals sign is read, let alone kept.
 */
final class KeyColumns {

    private final List<String> columns = new ArrayList<>();
    private final StringBuilder column = new StringBuilder();
    private boolean quoted;
    private int depth;

    private KeyColumns() {}

    /** The names as the schema has them, expressions as they are; empty if the detail is missing or of another form. */
    static List<String> of(@Nullable String detail) {
        int open = detail == null ? -1 : detail.indexOf('(');
        return detail == null || open < 0 ? List.of() : new KeyColumns().read(detail, open + 1);
    }

    private List<String> read(String detail, int start) {
        for (int i = start; i < detail.length(); i++) {
            char c = detail.charAt(i);
            if (isOutside() && c == ')') {
                finishColumn();
                return detail.startsWith("=(", i + 1) ? columns : List.of();
            }
            take(c);
        }
        return List.of();
    }

    private void take(char c) {
        if (isOutside() && c == ',') {
            finishColumn();
            return;
        }
        quoted ^= c == '"';
        if (!quoted) {
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        column.append(c);
    }

    private boolean isOutside() {
        return !quoted && depth == 0;
    }

    private void finishColumn() {
        columns.add(unquoted(column.toString().strip()));
        column.setLength(0);
    }

    private static String unquoted(String name) {
        return name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name;
    }
}
