package dev.dovetail.engine.sqlite;

import java.util.Set;
import java.util.UUID;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
import org.springframework.data.relational.core.dialect.AbstractDialect;
import org.springframework.data.relational.core.dialect.IdGeneration;
import org.springframework.data.relational.core.dialect.LimitClause;
import org.springframework.data.relational.core.dialect.LockClause;
import org.springframework.data.relational.core.sql.IdentifierProcessing;
import org.springframework.data.relational.core.sql.IdentifierProcessing.LetterCasing;
import org.springframework.data.relational.core.sql.IdentifierProcessing.Quoting;
import org.springframework.data.relational.core.sql.LockOptions;
import org.springframework.data.relational.core.sql.SqlIdentifier;

/** SQLite for Spring Data JDBC, which has no dialect of its own for it. */
final class SqliteDialect extends AbstractDialect implements JdbcDialect {

    // SQLite heeds no letter case in names, and Java's lower case depends on the machine's language.
    private static final IdentifierProcessing IDENTIFIERS =
            IdentifierProcessing.create(Quoting.ANSI, LetterCasing.AS_IS);

    // Spring Data chooses how to render an upsert by this name, and PostgreSQL's ON CONFLICT is SQLite's too.
    @Override
    public String getName() {
        return "Postgres";
    }

    @Override
    public IdentifierProcessing getIdentifierProcessing() {
        return IDENTIFIERS;
    }

    @Override
    public IdGeneration getIdGeneration() {
        return KeysOneByOne.INSTANCE;
    }

    @Override
    public LimitClause limit() {
        return Limit.INSTANCE;
    }

    @Override
    public LockClause lock() {
        return NoLock.INSTANCE;
    }

    // Its query needs GREATEST, which SQLite does not have; aggregates are then read table by table.
    @Override
    public boolean supportsSingleQueryLoading() {
        return false;
    }

    @Override
    public Set<Class<?>> simpleTypes() {
        return Set.of(UUID.class);
    }

    private enum KeysOneByOne implements IdGeneration {
        INSTANCE;

        // The driver returns no keys for a batch.
        @Override
        public boolean supportedForBatchOperations() {
            return false;
        }

        @Override
        public String createSequenceQuery(SqlIdentifier sequence) {
            throw new UnsupportedOperationException(
                    "SQLite has no sequences, so %s cannot be asked for the next id: remove @Sequence from the entity and"
                                    .formatted(sequence)
                            + " give its table an id that the database generates, in portable migrations ${identity}");
        }
    }

    private enum Limit implements LimitClause {
        INSTANCE;

        @Override
        public String getLimit(long limit) {
            return "LIMIT " + limit;
        }

        // OFFSET cannot stand alone.
        @Override
        public String getOffset(long offset) {
            return "LIMIT -1 OFFSET " + offset;
        }

        @Override
        public String getLimitOffset(long limit, long offset) {
            return "LIMIT " + limit + " OFFSET " + offset;
        }

        @Override
        public LimitClause.Position getClausePosition() {
            return LimitClause.Position.AFTER_ORDER_BY;
        }
    }

    // A writing transaction already holds the one write lock from its first statement on.
    private enum NoLock implements LockClause {
        INSTANCE;

        @Override
        public String getLock(LockOptions lockOptions) {
            return "";
        }

        @Override
        public LockClause.Position getClausePosition() {
            return LockClause.Position.AFTER_ORDER_BY;
        }
    }
}
