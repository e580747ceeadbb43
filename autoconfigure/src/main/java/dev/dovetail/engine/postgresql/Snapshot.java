package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.BackupContents;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One moment of a database, to be seen by others too as long as the connection's transaction is open. */
final class Snapshot {

    // What pg_dump copies. What belongs to an extension is made by the extension
    // again, but for rows that it says are the user's.
    private static final String COPIED = """
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relpersistence <> 't' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
                AND NOT EXISTS (SELECT 1 FROM pg_depend d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
                AND\s""";
    private static final String TABLES = """
            SELECT n.nspname || '.' || c.relname, format('%I.%I', n.nspname, c.relname)
            """ + COPIED + """
            c.relkind = 'r'
            UNION ALL
            SELECT n.nspname || '.' || c.relname, format('%I.%I %s', n.nspname, c.relname, kept.condition)
            FROM pg_extension e CROSS JOIN LATERAL unnest(e.extconfig, e.extcondition) AS kept (id, condition)
                JOIN pg_class c ON c.oid = kept.id JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r'""";
    private static final String UNREADABLE = """
            SELECT min(format('%I.%I', n.nspname, c.relname))
            """ + COPIED + """
            c.relkind IN ('r', 'p', 'S')
                AND NOT (has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
                    AND NOT row_security_active(c.oid))""";
    private static final int HUNDREDS = 10_000;

    private final String id;
    private final BackupContents contents;

    private Snapshot(String id, BackupContents contents) {
        this.id = id;
        this.contents = contents;
    }

    /** Begins a transaction on the connection and counts all rows in it. */
    static Snapshot take(Connection connection) throws SQLException {
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        String id = String.valueOf(ServerQuery.text(connection, "SELECT pg_export_snapshot()"));
        String version = ServerProduct.of(connection).version();
        return new Snapshot(id, new BackupContents(version, 0, rows(connection), 0));
    }

    private static SortedMap<String, Long> rows(Connection connection) throws SQLException {
        SortedMap<String, Long> rows = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> table : tables(statement).entrySet()) {
                try (ResultSet count = statement.executeQuery("SELECT count(*) FROM ONLY " + table.getValue())) {
                    count.next();
                    rows.put(table.getKey(), count.getLong(1));
                }
            }
        }
        return rows;
    }

    private static Map<String, String> tables(Statement statement) throws SQLException {
        Map<String, String> tables = new LinkedHashMap<>();
        try (ResultSet found = statement.executeQuery(TABLES)) {
            while (found.next()) {
                tables.put(found.getString(1), found.getString(2));
            }
        }
        return tables;
    }

    /** A table or sequence that this role may not read, or not all rows of; null if there is none. */
    static @Nullable String unreadable(Connection connection) throws SQLException {
        return ServerQuery.text(connection, UNREADABLE);
    }

    static int major(Connection connection) throws SQLException {
        String number = ServerQuery.text(connection, "SELECT current_setting('server_version_num')");
        return Integer.parseInt(String.valueOf(number)) / HUNDREDS;
    }

    static long size(Connection connection) throws SQLException {
        String bytes = ServerQuery.text(connection, "SELECT pg_database_size(current_database())::text");
        return Long.parseLong(String.valueOf(bytes));
    }

    String id() {
        return id;
    }

    BackupContents contents() {
        return contents;
    }
}
