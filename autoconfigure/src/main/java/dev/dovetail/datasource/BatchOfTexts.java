package dev.dovetail.datasource;

import dev.dovetail.sql.StatementKind;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The texts collected for one batch: named by the first, and as strict as the strictest of them. */
final class BatchOfTexts {

    private final StatementKinds kinds;
    private final Set<String> texts = new LinkedHashSet<>();
    private StatementKind kind = StatementKind.WRITE;
    private int size;

    BatchOfTexts(StatementKinds kinds) {
        this.kinds = kinds;
    }

    void add(String sql) {
        StatementKind each = kinds.ofOnce(sql);
        boolean stricter = each == StatementKind.TRANSACTION
                || (each == StatementKind.SAVEPOINT && kind != StatementKind.TRANSACTION);
        if (size == 0 || stricter) {
            kind = each;
        }
        texts.add(sql);
        size++;
    }

    void clear() {
        texts.clear();
        size = 0;
        kind = StatementKind.WRITE;
    }

    void begin(StatementRun run) throws SQLException {
        List<String> batch = texts.isEmpty() ? List.of("") : List.copyOf(texts);
        int batchSize = size;
        StatementKind batchKind = kind;
        clear();
        run.begin(batch, batchKind, Math.max(1, batchSize));
    }
}
