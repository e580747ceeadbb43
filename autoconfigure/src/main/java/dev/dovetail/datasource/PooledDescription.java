package dev.dovetail.datasource;

import dev.dovetail.engine.AppliedSetting;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseInfo;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a database says of itself, asked for without waiting for its only writer. Safe for use by several threads. */
final class PooledDescription {

    private final DatabaseEngine engine;
    private final ConnectionPool writers;
    private final @Nullable ConnectionPool readers;
    private volatile @Nullable DatabaseInfo describedByWriter;
    // Another connection each time: what is set on one of them is put back only when that one says so.
    private final Map<Loan, List<AppliedSetting>> differing = new LinkedHashMap<>();

    /** @param readers asked in the place of a single writer; null if there are more writers */
    PooledDescription(DatabaseEngine engine, ConnectionPool writers, @Nullable ConnectionPool readers) {
        this.engine = engine;
        this.writers = writers;
        this.readers = readers;
    }

    DatabaseInfo read() throws SQLException {
        if (readers == null) {
            return readOfSeveral();
        }
        DatabaseInfo answered = read(readers);
        if (writers.status().active() == 0) {
            describedByWriter = read(writers);
        }
        DatabaseInfo known = describedByWriter;
        return known == null ? answered : known;
    }

    private DatabaseInfo readOfSeveral() throws SQLException {
        Connection connection = writers.acquire();
        try {
            DatabaseInfo info = described(connection);
            return withDiffering(
                    info, connection.unwrap(ListeningConnection.class).loan());
        } finally {
            writers.giveBack(connection);
        }
    }

    private synchronized DatabaseInfo withDiffering(DatabaseInfo info, Loan asked) {
        differing.put(
                asked,
                info.settings().stream().filter(each -> !each.asExpected()).toList());
        differing
                .entrySet()
                .removeIf(each -> each.getKey().isOver() || each.getValue().isEmpty());
        Map<String, AppliedSetting> settings = new LinkedHashMap<>();
        info.settings().forEach(each -> settings.put(each.name(), each));
        differing.values().forEach(all -> all.forEach(each -> settings.put(each.name(), each)));
        return info.with(List.copyOf(settings.values()));
    }

    private DatabaseInfo described(Connection connection) throws SQLException {
        return OperationContext.health(() -> engine.describe(connection));
    }

    private DatabaseInfo read(ConnectionPool pool) throws SQLException {
        Connection connection = pool.acquire();
        try {
            return described(connection);
        } finally {
            pool.giveBack(connection);
        }
    }
}
