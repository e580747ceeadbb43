package dev.dovetail.datasource;

import dev.dovetail.engine.ManagedConnection;
import dev.dovetail.engine.ReusableStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The prepared statements of one connection that nobody uses. One that is taken is no longer in here, so that two uses of
 * one text at once have two statements, of which one is kept. What was used longest ago goes first.
 *
 * <p>Closing the connection ends its statements; nothing is left to do here.
 */
final class StatementCache {

    // What is longer was put together for one occasion, such as the rows of an insert, and would be megabytes.
    private static final int LONGEST_TEXT = 8192;

    private final int size;
    private final Map<Object, ReusableStatement> idle = new LinkedHashMap<>();

    private StatementCache(int size) {
        this.size = size;
    }

    /** That of a connection; null if it is to have none. */
    static @Nullable StatementCache of(@Nullable ManagedConnection connection) {
        int size = connection == null ? 0 : connection.preparedStatementCacheSize();
        return size == 0 ? null : new StatementCache(size);
    }

    /** A text whose statement also returns what the database generated. */
    private record Returning(String sql, List<String> columns) {}

    /** Under what a statement of this text is kept; null if it is not. */
    static @Nullable Object key(String sql) {
        return sql.length() <= LONGEST_TEXT ? sql : null;
    }

    /** The same for one that returns generated values: of these columns, or of those that the driver chooses. */
    static @Nullable Object keyReturning(String sql, String... columns) {
        return sql.length() <= LONGEST_TEXT ? new Returning(sql, List.of(columns)) : null;
    }

    @Nullable
    ReusableStatement take(Object key) {
        return idle.remove(key);
    }

    /** Keeps a statement for its next use, or closes it. */
    void giveBack(Object key, ReusableStatement statement) throws SQLException {
        if (!renewed(statement)) {
            return;
        }
        ReusableStatement twin = idle.put(key, statement);
        if (twin != null) {
            twin.close();
        } else if (idle.size() > size) {
            closeEldest();
        }
    }

    private static boolean renewed(ReusableStatement statement) throws SQLException {
        boolean renewed = false;
        try {
            renewed = statement.renew();
        } finally {
            if (!renewed) {
                statement.close();
            }
        }
        return renewed;
    }

    private void closeEldest() throws SQLException {
        Iterator<ReusableStatement> statements = idle.values().iterator();
        ReusableStatement eldest = statements.next();
        statements.remove();
        eldest.close();
    }
}
