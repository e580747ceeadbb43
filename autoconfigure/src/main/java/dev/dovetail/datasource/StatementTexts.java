package dev.dovetail.datasource;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.StatementTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which tables each statement uses, worked out once per text and schema. Safe for use by several threads. */
final class StatementTexts {

    private static final Logger log = LoggerFactory.getLogger(StatementTexts.class);

    private static final int MOST_TEXTS = 2048;
    private static final int LONGEST_TEXT = 8192;

    private final Map<String, StatementTables> known = new ConcurrentHashMap<>();
    private volatile int forgotten;

    StatementTables of(DatabaseEngine engine, Connection connection, String sql, boolean remembered) {
        StatementTables tables = remembered ? known.get(sql) : null;
        return tables != null ? tables : read(engine, connection, sql, remembered);
    }

    private StatementTables read(DatabaseEngine engine, Connection connection, String sql, boolean remembered) {
        int before = forgotten;
        try {
            StatementTables tables = engine.tablesOf(connection, sql);
            if (remembered && sql.length() <= LONGEST_TEXT) {
                remember(sql, tables, before);
            }
            return tables;
        } catch (SQLException | RuntimeException e) {
            log.debug("Which tables a statement uses could not be found out; it counts as using all of them", e);
            return StatementTables.UNKNOWN;
        }
    }

    /** How often the schema has changed. */
    int schemaVersion() {
        return forgotten;
    }

    // What was worked out while the schema changed may be of the old one.
    private synchronized void remember(String sql, StatementTables tables, int before) {
        if (forgotten == before) {
            if (known.size() >= MOST_TEXTS) {
                known.clear();
            }
            known.put(sql, tables);
        }
    }

    /** The schema has changed, or is just being changed. */
    synchronized void forget() {
        forgotten++;
        known.clear();
    }
}
