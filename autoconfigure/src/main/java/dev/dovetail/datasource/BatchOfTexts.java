package dev.dovetail.datasource;

import dev.dovetail.sql.StatementKind;
import java.sql.SQLException;

/** The texts collected for one batch: named by the first, and as strict as the strictest of them. */
final class BatchOfTexts {

    private String first = "";
    private StatementKind kind = StatementKind.WRITE;
    private int size;

    void add(String sql) {
        StatementKind each = StatementKind.of(sql);
        if (size == 0) {
            first = sql;
        }
        boolean stricter = each == StatementKind.TRANSACTION
                || (each == StatementKind.SAVEPOINT && kind != StatementKind.TRANSACTION);
        if (size == 0 || stricter) {
            kind = each;
        }
        size++;
    }

    void clear() {
        size = 0;
        kind = StatementKind.WRITE;
    }

    void begin(StatementRun run) throws SQLException {
        int batchSize = size;
        StatementKind batchKind = kind;
        clear();
        run.begin(first, batchKind, Math.max(1, batchSize));
    }
}
