package dev.dovetail.datasource;

import dev.dovetail.sql.SqlSyntax;
import dev.dovetail.sql.StatementKind;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What kind of statement each text is: one that comes again need not be read again. Safe for use by several threads. */
final class StatementKinds {

    private static final int MOST_TEXTS = 1024;
    private static final int LONGEST_TEXT = 4096;

    private final Map<String, StatementKind> known = new ConcurrentHashMap<>();
    private final SqlSyntax syntax;

    StatementKinds(SqlSyntax syntax) {
        this.syntax = syntax;
    }

    /** Whose texts they are. */
    SqlSyntax syntax() {
        return syntax;
    }

    StatementKind of(String sql) {
        StatementKind kind = known.get(sql);
        return kind != null ? kind : read(sql);
    }

    /** The same of a text that is not prepared, and will hardly come again. */
    StatementKind ofOnce(String sql) {
        return StatementKind.of(sql, syntax);
    }

    private StatementKind read(String sql) {
        StatementKind kind = StatementKind.of(sql, syntax);
        if (sql.length() <= LONGEST_TEXT) {
            if (known.size() >= MOST_TEXTS) {
                known.clear();
            }
            known.put(sql, kind);
        }
        return kind;
    }
}
