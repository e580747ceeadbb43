package dev.dovetail.schema;

import dev.dovetail.datasource.OperationContext;
import dev.dovetail.datasource.RestoreListener;
import dev.dovetail.datasource.TableReading;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.TableInfo;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What the database's tables look like, read when it is first asked for and kept until {@link #refresh()}.
 *
 * <p>A table that is not known is looked for again, since it may be new; the catalog is only read if the database says that
 * its schema has changed, so that names that do not exist are cheap. What is read inside a transaction is that transaction's
 * own: others see it when it has committed and nothing newer is known, and it is forgotten with a rollback, to a savepoint
 * too. Safe for use by several threads, none of which waits for another.
 */
public final class SchemaCatalog implements RestoreListener {

    private final DatabaseEngine engine;
    private final JdbcOperations jdbc;
    private final AtomicReference<@Nullable Reading> committed = new AtomicReference<>();

    /**
     * @param engine says which tables there are
     * @param jdbc takes part in the transaction of the thread, if there is one
     */
    public SchemaCatalog(DatabaseEngine engine, JdbcOperations jdbc) {
        this.engine = engine;
        this.jdbc = jdbc;
    }

    /** The engine whose tables these are. */
    public DatabaseEngine engine() {
        return engine;
    }

    /** The schema as it was last read. */
    public Schema current() {
        Reading known = known();
        return known != null ? known.schema : refresh();
    }

    @Override
    public void onRestore() {
        committed.set(null);
    }

    /** Reads the schema anew. */
    public Schema refresh() {
        return keep(read(null));
    }

    /** Reads the schema anew, unless the database says that it is still the one that was last read. */
    public Schema refreshIfChanged() {
        Reading known = known();
        Reading read = read(known);
        return read.equals(known) ? read.schema : keep(read);
    }

    // Whoever asks in the middle of a result does not depend on it: a change of the schema changes all that was ever
    // read.
    private Reading read(@Nullable Reading known) {
        return TableReading.apart(() -> Objects.requireNonNull(
                jdbc.execute((Connection connection) -> OperationContext.own(() -> read(connection, known)))));
    }

    // The version comes first: if the schema changes in between, it is only read once more than needed.
    private Reading read(Connection connection, @Nullable Reading known) throws SQLException {
        String version = engine.schemaVersion(connection);
        return known != null && version != null && version.equals(known.version)
                ? known
                : new Reading(new Schema(engine.tables(connection)), version);
    }

    private @Nullable Reading known() {
        OfTransaction own = OfTransaction.of(this);
        return own != null && own.reading != null ? own.reading : committed.get();
    }

    private Schema keep(Reading read) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            committed.set(read);
        } else if (TransactionSynchronizationManager.isSynchronizationActive()) {
            OfTransaction.orNew(this).reading = read;
        }
        return read.schema;
    }

    /** The table of this name, with or without its schema; empty if there is none now. */
    public Optional<TableInfo> find(String table) {
        Optional<TableInfo> found = current().find(table);
        return found.isPresent() ? found : refreshIfChanged().find(table);
    }

    /**
     * The table of this name, with or without its schema.
     *
     * @throws UnknownNameException if there is none now; it names those that are most alike, and all there are
     */
    public TableInfo table(String name) {
        return find(name)
                .orElseThrow(() -> UnknownNameException.of(
                        "table",
                        name,
                        "the database",
                        current().tables().stream().map(TableInfo::name).toList()));
    }

    private record Reading(Schema schema, @Nullable String version) {}

    /** What one transaction has read, changes of its own included. Used by its thread only. */
    private static final class OfTransaction implements TransactionSynchronization {

        private final SchemaCatalog catalog;
        private @Nullable Reading reading;

        private OfTransaction(SchemaCatalog catalog) {
            this.catalog = catalog;
        }

        static @Nullable OfTransaction of(SchemaCatalog catalog) {
            if (!TransactionSynchronizationManager.isSynchronizationActive()) {
                return null;
            }
            for (TransactionSynchronization each : TransactionSynchronizationManager.getSynchronizations()) {
                if (each instanceof OfTransaction own && own.catalog == catalog) {
                    return own;
                }
            }
            return null;
        }

        static OfTransaction orNew(SchemaCatalog catalog) {
            OfTransaction own = of(catalog);
            if (own != null) {
                return own;
            }
            OfTransaction made = new OfTransaction(catalog);
            TransactionSynchronizationManager.registerSynchronization(made);
            return made;
        }

        @Override
        public void savepointRollback(Object savepoint) {
            reading = null;
        }

        // A transaction may see an older schema than others do, so it never replaces theirs: where the two differ, the
        // next
        // one to ask reads anew.
        @Override
        public void afterCompletion(int status) {
            Reading own = reading;
            if (status != STATUS_COMMITTED || own == null || catalog.committed.compareAndSet(null, own)) {
                return;
            }
            Reading others = catalog.committed.get();
            if (others != null && (own.version == null || !own.version.equals(others.version))) {
                catalog.committed.compareAndSet(others, null);
            }
        }
    }
}
