package dev.dovetail.datasource;

import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a routed connection was set to, for the connections that it holds and for those that it takes later. */
final class SessionState {

    private static final Set<Integer> ISOLATION_LEVELS = Set.of(
            Connection.TRANSACTION_READ_UNCOMMITTED,
            Connection.TRANSACTION_READ_COMMITTED,
            Connection.TRANSACTION_REPEATABLE_READ,
            Connection.TRANSACTION_SERIALIZABLE);

    private final HeldConnections held;
    private final Map<String, HeldConnections.Action> settings = new LinkedHashMap<>();
    private int isolation;

    SessionState(HeldConnections held, int isolation) {
        this.held = held;
        this.isolation = isolation;
    }

    int isolation() {
        return isolation;
    }

    // Checked here, because the database only sees it when the transaction begins.
    void setIsolation(int level) throws SQLException {
        if (!ISOLATION_LEVELS.contains(level)) {
            throw new DescribedSqlException(
                    "There is no isolation level " + level, DatabaseError.of(ErrorCode.INVALID_USAGE, "22023"), null);
        }
        if (level != isolation) {
            set("isolation", each -> each.setTransactionIsolation(level));
            isolation = level;
        }
    }

    void set(String what, HeldConnections.Action setting) throws SQLException {
        held.forEach(setting);
        settings.put(what, setting);
    }

    void applyTo(Connection acquired) throws SQLException {
        for (HeldConnections.Action each : settings.values()) {
            each.on(acquired);
        }
    }
}
