package dev.dovetail.engine.sqlite;

import java.sql.Connection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once per level that transactions here keep more apart than was asked for. */
final class SqliteIsolation {

    private static final Logger log = LoggerFactory.getLogger(SqliteIsolation.class);

    private static final Map<Integer, String> LOWER = Map.of(
            Connection.TRANSACTION_READ_UNCOMMITTED, "READ_UNCOMMITTED",
            Connection.TRANSACTION_READ_COMMITTED, "READ_COMMITTED",
            Connection.TRANSACTION_REPEATABLE_READ, "REPEATABLE_READ");

    static final SqliteIsolation OF_PROCESS = new SqliteIsolation();

    private final Set<Integer> told = ConcurrentHashMap.newKeySet();

    void asked(int level) {
        String name = LOWER.get(level);
        if (name != null && told.add(level)) {
            log.info(
                    "Isolation {} was asked for: every transaction on SQLite is SERIALIZABLE, which keeps all that it promises",
                    name);
        }
    }
}
