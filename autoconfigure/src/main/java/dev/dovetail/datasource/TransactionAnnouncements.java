package dev.dovetail.datasource;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DescribedSqlException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells others what the transactions of one physical connection change. Used by one thread at a time. */
final class TransactionAnnouncements {

    private final Connection delegate;
    private final ConnectionServices services;
    private @Nullable AnnouncedStatement ownTransaction;

    TransactionAnnouncements(Connection delegate, ConnectionServices services) {
        this.delegate = delegate;
        this.services = services;
    }

    /**
     * Before a statement that would commit by itself: makes it a transaction, if others are to be told in it.
     *
     * @param statement the driver's, if it is executed by one
     */
    void begin(TableChanges own, List<String> texts, @Nullable Statement statement) throws SQLException {
        ChangeAnnouncer announcer = services.versions().announcer();
        if (announcer != null && isAnnouncedInside(announcer, texts)) {
            try {
                ownTransaction = AnnouncedStatement.begin(delegate, announcer, own, statement);
                own.markAnnounced();
            } catch (SQLException e) {
                services.versions().committed(own);
                throw e;
            }
        }
    }

    // Migrations and maintenance may be in a transaction that was begun by text.
    private boolean isAnnouncedInside(ChangeAnnouncer announcer, List<String> texts) {
        return announcer.isTransactional()
                && services.role() != ConnectionRole.MAINTENANCE
                && texts.stream()
                        .allMatch(sql -> AnnouncedStatement.isPossible(
                                sql, services.kinds().syntax()));
    }

    /** After a statement has been executed, before its result is handed on: commits what was made a transaction. */
    void succeeded() throws SQLException {
        AnnouncedStatement own = ownTransaction;
        if (own != null) {
            own.commit(services.versions().schemaVersion());
            ownTransaction = null;
        }
    }

    /** After a statement has failed: rolls back what was made a transaction. */
    void failed(SQLException error) {
        AnnouncedStatement own = ownTransaction;
        ownTransaction = null;
        if (own != null) {
            own.rollBack(error);
        }
    }

    /** In a transaction that is about to be committed, if others are to be told in it. */
    void announce(TableChanges changes) throws SQLException {
        ChangeAnnouncer announcer = services.versions().announcer();
        if (announcer != null && announcer.isTransactional()) {
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

    /** After a commit of which nobody was told in its transaction. */
    void tellIfUntold(TableChanges changes) {
        if (!changes.isAnnounced()) {
            tell(changes.summary());
        }
    }

    /** After a commit. */
    void tell(ChangedTables changes) {
        ChangeAnnouncer announcer = services.versions().announcer();
        if (announcer != null) {
            announcer.committed(changes);
        }
    }
}
