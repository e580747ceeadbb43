package dev.dovetail.datasource;

import dev.dovetail.sql.StatementKind;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What kind of statement each text is: one that comes again need not be read again. Safe for use by several threads. */
final class StatementKinds {

    private static final int MOST_TEXTS = 1024;
    private static final int LONGEST_TEXT = 4096;

    private final Map<String, StatementKind> known = new ConcurrentHashMap<>();

    StatementKind of(String sql) {
        StatementKind kind = known.get(sql);
        return kind != null ? kind : read(sql);
    }

    private StatementKind read(String sql) {
        StatementKind kind = StatementKind.of(sql);
        if (sql.length() <= LONGEST_TEXT) {
            if (known.size() >= MOST_TEXTS) {
                known.clear();
            }
            known.put(sql, kind);
        }
        return kind;
    }
}
