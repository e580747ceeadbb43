package dev.dovetail.datasource;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.engine.ManagedConnection;
import dev.dovetail.engine.StatementTables;
import dev.dovetail.sql.SqlFunctions;
import dev.dovetail.sql.StatementKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the transactions of one physical connection change, and as of when they read: the connection's part of {@link
 * TableVersions}. Used by one thread at a time.
 */
final class TransactionChanges {

    /** A change whose tables were not looked at, as nobody followed changes when it began. */
    private static final TableChanges UNFOLLOWED = new TableChanges();

    // Of a batch; to ask about each of more would take longer than to read anew what else is kept.
    private static final int MOST_TEXTS = 20;

    // A COMMIT that was sent may lie in the network for as long as TCP sends it again.
    private static final Duration LONGEST_COMMIT = Duration.ofMinutes(15);

    private final Connection delegate;
    private final ConnectionServices services;
    private final TableVersions versions;
    private final ReadSnapshot snapshot;
    private final TransactionAnnouncements announcements;
    private final List<TableChanges> together = new ArrayList<>();
    private @Nullable TableChanges made;
    private boolean hasOwnNames;
    private boolean unfollowed;
    private boolean writesSchema;
    private int running;

    TransactionChanges(Connection delegate, ConnectionServices services) {
        this.delegate = delegate;
        this.services = services;
        this.versions = services.versions();
        this.snapshot = new ReadSnapshot(versions);
        this.announcements = new TransactionAnnouncements(delegate, services);
    }

    /** As of when it reads. */
    ReadSnapshot snapshot() {
        return snapshot;
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
    TableChanges statement(StatementKind kind, List<String> texts, @Nullable Statement statement, boolean autoCommit)
            throws SQLException {
        TableChanges own = statement(kind, texts, autoCommit);
        if (own != null && own != UNFOLLOWED) {
            announcements.begin(own, texts, statement);
        }
        return own;
    }

    /** After a statement has been executed, before its result is handed on. */
    void succeeded() throws SQLException {
        announcements.succeeded();
    }

    /** After a statement has failed. */
    void failed(SQLException error) {
        // It may have rolled back by itself.
        ending();
        announcements.failed(error);
    }

    private @Nullable TableChanges statement(StatementKind kind, List<String> texts, boolean autoCommit)
            throws SQLException {
        if (!versions.isWatched()) {
            return unfollowed(kind, autoCommit);
        }
        boolean reads = services.role() == ConnectionRole.READER;
        Object row = KnownRow.take();
        if (reads && !TableReading.isActive()) {
            return null;
        }
        if (autoCommit) {
            snapshot.beginUnlessReading();
        }
        StatementTables tables = tables(kind, texts);
        hasOwnNames |=
                SessionSettings.areChanged(tables, texts, services.kinds().syntax());
        TableReading.statement(versions, tables, snapshot.beginning(), isOnlyHere(), !reads && tables.writes());
        return reads || !tables.writes() ? null : change(tables, row, autoCommit);
    }

    /** Before a row is changed through a result; the same as of a statement. */
    @Nullable
    TableChanges changeOfRow(boolean autoCommit) {
        if (!versions.isWatched()) {
            return unfollowed(StatementKind.WRITE, autoCommit);
        }
        TableReading.statement(versions, StatementTables.UNKNOWN, snapshot.beginning(), isOnlyHere(), true);
        return change(StatementTables.UNKNOWN, null, autoCommit);
    }

    private @Nullable TableChanges unfollowed(StatementKind kind, boolean autoCommit) {
        boolean writes = services.role() != ConnectionRole.READER;
        unfollowed |= writes && !autoCommit;
        // What a query calls may change something.
        boolean mayChange = kind != StatementKind.READ || !(delegate instanceof ManagedConnection);
        return writes && autoCommit && mayChange ? UNFOLLOWED : null;
    }

    private StatementTables tables(StatementKind kind, List<String> texts) {
        if (texts.size() > MOST_TEXTS) {
            return StatementTables.UNKNOWN;
        }
        StatementTables all = tables(kind, texts.get(0));
        for (int i = 1; i < texts.size(); i++) {
            all = all.and(tables(kind, texts.get(i)));
        }
        return all;
    }

    // Migrations and maintenance may begin and end transactions by text.
    private StatementTables tables(StatementKind kind, String sql) {
        if (services.role() == ConnectionRole.MAINTENANCE) {
            boolean reads = kind == StatementKind.READ && !SqlFunctions.mayCallOthers(sql);
            return reads ? StatementTables.NONE : StatementTables.UNKNOWN;
        }
        // A snapshot may be of another schema than what others read.
        boolean common = !writesSchema && !hasOwnNames && snapshot.isOfThisSchema();
        return versions.tablesOf(services.engine(), delegate, sql, common);
    }

    // What was changed is not committed yet, and may never be.
    private boolean isOnlyHere() {
        return hasOwnNames || made != null || unfollowed || lags();
    }

    private boolean lags() {
        return services.role() == ConnectionRole.READER
                && !services.engine().capabilities().autocommitReadsOnReaders();
    }

    private @Nullable TableChanges change(StatementTables tables, @Nullable Object row, boolean autoCommit) {
        if (!autoCommit) {
            TableChanges all = made == null ? new TableChanges() : made;
            made = all;
            all.since(snapshot.schema());
            all.add(versions, tables, row);
            writesSchema |= tables.changesSchema();
            return null;
        }
        TableChanges own = new TableChanges();
        own.since(snapshot.schema());
        own.add(versions, tables, row);
        versions.committing(own);
        running++;
        return own;
    }

    /** From now on names may mean other tables on this connection than on others. */
    void namesAreItsOwn() {
        hasOwnNames = true;
    }

    /**
     * After a statement has ended; null if it has changed nothing by itself. As long as SQLite runs another one that writes, it
     * commits neither.
     */
    void ended(@Nullable TableChanges own, @Nullable SQLException error) {
        if (own == null || own == UNFOLLOWED) {
            committed(own, error);
        } else if (--running > 0 && delegate instanceof ManagedConnection) {
            together.add(own);
        } else {
            settle(own, error);
            together.forEach(versions::committed);
            together.clear();
            moveIfSchemaChanged(own);
            // Of what failed a part may have been committed.
            announcements.tellIfUntold(own);
        }
    }

    // It may have waited for that. Told that the schema has changed, the next one would say the same again.
    private void moveIfSchemaChanged(TableChanges own) {
        if (own.addEverythingIfSchemaChanged(versions.schemaVersion())) {
            versions.moveAllTables();
        }
    }

    /** Tells others in the transaction what will be committed, where that is their way of hearing it. */
    void announce() throws SQLException {
        TableChanges changes = pending();
        if (changes != null) {
            announcements.announce(changes);
        }
    }

    private @Nullable TableChanges pending() {
        if (unfollowed && versions.isWatched()) {
            TableChanges all = made == null ? new TableChanges() : made;
            all.addEverything();
            made = all;
        }
        if (made != null) {
            made.addEverythingIfSchemaChanged(versions.schemaVersion());
        }
        return made;
    }

    /** Just before COMMIT is sent: what it will change; null for nothing that anybody follows. */
    @Nullable
    TableChanges committing() {
        boolean partly = unfollowed;
        TableChanges changes = pending();
        forget();
        ending();
        if (partly && changes == null) {
            return UNFOLLOWED;
        }
        if (changes != null) {
            versions.committing(changes);
        }
        return changes;
    }

    /** After COMMIT has returned or failed. */
    void committed(@Nullable TableChanges changes, @Nullable SQLException error) {
        if (changes == UNFOLLOWED) {
            if (versions.isWatched()) {
                versions.moveAll();
                announcements.tell(ChangedTables.EVERYTHING);
            }
        } else if (changes != null) {
            settle(changes, error);
            if (error == null || isUnknown(error)) {
                announcements.tellIfUntold(changes);
            }
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
