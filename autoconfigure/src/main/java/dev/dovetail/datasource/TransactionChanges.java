package dev.dovetail.datasource;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.engine.ManagedConnection;
import dev.dovetail.engine.StatementTables;
import dev.dovetail.sql.StatementKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the transactions of one physical connection change, and as of when they read: the connection's part of {@link
 * TableVersions}. Used by one thread at a time.
 */
final class TransactionChanges {

    /** A change whose tables were not looked at, as nobody followed changes when it began. */
    private static final TableChanges UNFOLLOWED = new TableChanges();

    // A COMMIT that was sent may lie in the network for as long as TCP sends it again.
    private static final Duration LONGEST_COMMIT = Duration.ofMinutes(15);

    private final Connection delegate;
    private final ConnectionServices services;
    private final TableVersions versions;
    private @Nullable TableChanges made;
    private boolean unfollowed;
    private boolean writesSchema;
    private long snapshot;
    private int openResults;
    private @Nullable AnnouncedStatement ownTransaction;

    TransactionChanges(Connection delegate, ConnectionServices services) {
        this.delegate = delegate;
        this.services = services;
        this.versions = services.versions();
    }

    /** Before a transaction begins. */
    void begin() {
        snapshot = versions.now();
    }

    /** After a transaction is open: whether it has just begun, and keeps all others from writing. */
    void begun(boolean excluding) {
        OutsideChanges outside = outside();
        if (excluding && outside != null) {
            outside.begun(delegate);
        }
    }

    private void ending() {
        OutsideChanges outside = outside();
        if (outside != null) {
            outside.ending();
        }
    }

    private @Nullable OutsideChanges outside() {
        return services.role() == ConnectionRole.WRITER ? versions.seenOutside() : null;
    }

    /**
     * Before a statement is executed. Returns what it changes if it commits by itself; to be told of its end in any case.
     *
     * @param statement the driver's, if it is executed by one
     * @param autoCommit whether it is a transaction of its own
     */
    @Nullable
    TableChanges statement(StatementKind kind, String sql, @Nullable Statement statement, boolean autoCommit)
            throws SQLException {
        TableChanges own = statement(kind, sql, autoCommit);
        ChangeAnnouncer announcer = versions.announcer();
        if (own != null && own != UNFOLLOWED && announcer != null && isAnnouncedInside(announcer, sql)) {
            begin(own, announcer, statement);
        }
        return own;
    }

    // Migrations and maintenance may be in a transaction that was begun by text.
    private boolean isAnnouncedInside(ChangeAnnouncer announcer, String sql) {
        return announcer.isTransactional()
                && services.role() != ConnectionRole.MAINTENANCE
                && AnnouncedStatement.isPossible(sql);
    }

    private void begin(TableChanges own, ChangeAnnouncer announcer, @Nullable Statement statement) throws SQLException {
        try {
            ownTransaction = AnnouncedStatement.begin(delegate, announcer, own, statement);
            own.markAnnounced();
        } catch (SQLException e) {
            versions.committed(own);
            throw e;
        }
    }

    /** After a statement has been executed, before its result is handed on: commits what was made a transaction. */
    void succeeded() throws SQLException {
        AnnouncedStatement own = ownTransaction;
        if (own != null) {
            own.commit();
            ownTransaction = null;
        }
    }

    /** After a statement has failed: rolls back what was made a transaction. */
    void failed(SQLException error) {
        // It may have rolled back by itself.
        ending();
        AnnouncedStatement own = ownTransaction;
        ownTransaction = null;
        if (own != null) {
            own.rollBack(error);
        }
    }

    private @Nullable TableChanges statement(StatementKind kind, String sql, boolean autoCommit) {
        if (!versions.isWatched()) {
            return unfollowed(kind, autoCommit);
        }
        boolean reads = services.role() == ConnectionRole.READER;
        Object row = KnownRow.take();
        if (reads && !TableReading.isActive()) {
            return null;
        }
        if (autoCommit && openResults == 0) {
            snapshot = versions.now();
        }
        StatementTables tables = tables(kind, sql);
        TableReading.statement(versions, tables, snapshot, lags(), !reads && tables.writes());
        return reads || !tables.writes() ? null : change(tables, row, autoCommit);
    }

    private @Nullable TableChanges unfollowed(StatementKind kind, boolean autoCommit) {
        boolean writes = services.role() != ConnectionRole.READER;
        unfollowed |= writes && !autoCommit;
        return writes && autoCommit && kind != StatementKind.READ ? UNFOLLOWED : null;
    }

    // Migrations and maintenance may begin and end transactions by text.
    private StatementTables tables(StatementKind kind, String sql) {
        if (services.role() == ConnectionRole.MAINTENANCE) {
            return kind == StatementKind.READ ? StatementTables.NONE : StatementTables.UNKNOWN;
        }
        return versions.tablesOf(services.engine(), delegate, sql, !writesSchema);
    }

    private boolean lags() {
        return services.role() == ConnectionRole.READER
                && !services.engine().capabilities().autocommitReadsOnReaders();
    }

    private @Nullable TableChanges change(StatementTables tables, @Nullable Object row, boolean autoCommit) {
        if (!autoCommit) {
            TableChanges all = made == null ? new TableChanges() : made;
            made = all;
            all.add(versions, tables, row);
            writesSchema |= tables.changesSchema();
            return null;
        }
        TableChanges own = new TableChanges();
        own.add(versions, tables, row);
        versions.committing(own);
        return own;
    }

    /** After a statement has ended; null if it has changed nothing by itself. */
    void ended(@Nullable TableChanges own, @Nullable SQLException error) {
        if (own == UNFOLLOWED) {
            if (versions.isWatched()) {
                versions.moveAll();
                tell(ChangedTables.EVERYTHING);
            }
        } else if (own != null) {
            settle(own, error);
            // Of what failed a part may have been committed.
            tellIfUntold(own);
        }
    }

    void resultOpened() {
        openResults++;
    }

    void resultEnded() {
        openResults--;
    }

    /** Tells others in the transaction what will be committed, where that is their way of hearing it. */
    void announce() throws SQLException {
        ChangeAnnouncer announcer = versions.announcer();
        TableChanges changes = pending();
        if (changes != null && announcer != null && announcer.isTransactional()) {
            announce(announcer, changes);
            changes.markAnnounced();
        }
    }

    private void announce(ChangeAnnouncer announcer, TableChanges changes) throws SQLException {
        try {
            announcer.announce(delegate, changes.summary());
        } catch (SQLException e) {
            throw new DescribedSqlException(
                    "The transaction was rolled back instead of committed, because other instances could not be told what"
                            + " it changes: " + e.getMessage(),
                    services.engine().classify(e),
                    e);
        }
    }

    private @Nullable TableChanges pending() {
        if (unfollowed && versions.isWatched()) {
            TableChanges all = made == null ? new TableChanges() : made;
            all.addEverything();
            made = all;
        }
        return made;
    }

    /** Just before COMMIT is sent: what it will change; null for nothing that anybody follows. */
    @Nullable
    TableChanges committing() {
        TableChanges changes = pending();
        forget();
        ending();
        if (changes != null) {
            versions.committing(changes);
        }
        return changes;
    }

    /** After COMMIT has returned or failed. */
    void committed(@Nullable TableChanges changes, @Nullable SQLException error) {
        if (changes != null) {
            settle(changes, error);
            if (error == null || isUnknown(error)) {
                tellIfUntold(changes);
            }
        }
    }

    private void tellIfUntold(TableChanges changes) {
        if (!changes.isAnnounced()) {
            tell(changes.summary());
        }
    }

    private void tell(ChangedTables changes) {
        ChangeAnnouncer announcer = versions.announcer();
        if (announcer != null) {
            announcer.committed(changes);
        }
    }

    // A database in this process has done it by now, or never will.
    private void settle(TableChanges changes, @Nullable SQLException error) {
        if (error != null && isUnknown(error) && !(delegate instanceof ManagedConnection)) {
            versions.undecided(changes, LONGEST_COMMIT);
        } else {
            versions.committed(changes);
        }
    }

    private boolean isUnknown(SQLException error) {
        DatabaseError described = services.engine().classify(error);
        return described.code() == ErrorCode.OUTCOME_UNKNOWN || described.code() == ErrorCode.UNREACHABLE;
    }

    /** After everything was rolled back. */
    void rolledBack() {
        forget();
        ending();
    }

    private void forget() {
        made = null;
        unfollowed = false;
        writesSchema = false;
    }
}
