package dev.dovetail.repository;

import dev.dovetail.datasource.KnownRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.data.jdbc.core.convert.QueryMappingConfiguration;
import org.springframework.data.relational.core.dialect.Dialect;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.SqlProvider;

/**
 * Reads and writes single rows of entities without children by statements that are written once, with values by position.
 * Transactions, exceptions and listeners are those of every other statement. Safe for use by several threads.
 */
final class DirectAccess {

    private final RepositoryJdbcTemplate jdbc;
    private final CompiledEntities entities;
    private final QueryMappingConfiguration own;
    private final Dialect dialect;

    /** @param own mappers of the application, whose entities go Spring Data's own way */
    DirectAccess(
            RepositoryJdbcTemplate jdbc,
            CompiledEntities entities,
            @Nullable QueryMappingConfiguration own,
            Dialect dialect) {
        this.jdbc = jdbc;
        this.entities = entities;
        this.own = own == null ? QueryMappingConfiguration.EMPTY : own;
        this.dialect = dialect;
    }

    /** The entity, if its rows can be reached directly; null if it has to go Spring Data's own way. */
    <T> @Nullable CompiledEntity<T> of(Class<T> type) {
        CompiledEntity<T> entity = entities.of(type);
        return entity != null && entity.hasId() && own.getRowMapper(type) == null ? entity : null;
    }

    <T> @Nullable T findById(CompiledEntity<T> entity, Object id) {
        return query(statements(entity).byId(), byId(entity, id), rows -> single(entity, rows))
                .orElse(null);
    }

    private static <T> Optional<T> single(CompiledEntity<T> entity, ResultSet rows) throws SQLException {
        if (!rows.next()) {
            return Optional.empty();
        }
        T found = entity.read(rows);
        if (!entity.hasUniqueId() && rows.next()) {
            throw new IncorrectResultSizeDataAccessException(1, 2);
        }
        return Optional.of(found);
    }

    boolean existsById(CompiledEntity<?> entity, Object id) {
        return query(statements(entity).exists(), byId(entity, id), ResultSet::next);
    }

    long count(CompiledEntity<?> entity) {
        return query(statements(entity).count(), statement -> {}, rows -> {
            rows.next();
            return rows.getLong(1);
        });
    }

    <T> List<T> findAll(CompiledEntity<T> entity) {
        return query(statements(entity).all(), statement -> {}, rows -> {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(entity.read(rows));
            }
            return found;
        });
    }

    /** Inserts a row without an id, and returns the one that the database gave it. */
    <T> @Nullable Object insert(CompiledEntity<T> entity, T instance) {
        EntityStatements statements = statements(entity);
        @Nullable Object[] values = entity.write(instance, statements.insertable());
        PreparedStatementSetter setter = statement -> bind(statement, 1, entity, statements.insertable(), values);
        return jdbc.queryAsIs(new Plain(statements.insert()), setter, rows -> generatedId(entity, rows))
                .orElse(null);
    }

    private static Optional<Object> generatedId(CompiledEntity<?> entity, ResultSet rows) throws SQLException {
        if (!rows.next()) {
            throw new IncorrectResultSizeDataAccessException(
                    "Table \"%s\" stored no row: a trigger or a rule of the database kept it away"
                            .formatted(entity.table().name()),
                    1,
                    0);
        }
        Optional<Object> id = Optional.ofNullable(entity.id().place().codec().read(rows, 1));
        // SQLite commits behind the last row only, and what goes wrong there would not be told otherwise.
        rows.next();
        return id;
    }

    /** Inserts a row that has its id. */
    <T> void insertGiven(CompiledEntity<T> entity, T instance) {
        EntityStatements statements = statements(entity);
        @Nullable Object[] values = entity.write(instance, statements.givenInsertable());
        update(statements.insertGiven(), statement -> bind(statement, 1, entity, statements.givenInsertable(), values));
    }

    /** Changes a row, and returns whether there was one. */
    <T> boolean update(CompiledEntity<T> entity, T instance) {
        return change(entity, instance, null);
    }

    /** Changes a row if it has the version, and returns whether there was one. */
    <T> boolean update(CompiledEntity<T> entity, T instance, Number version) {
        return change(entity, instance, version);
    }

    private <T> boolean change(CompiledEntity<T> entity, T instance, @Nullable Number version) {
        EntityStatements statements = statements(entity);
        KeepingUpdate keeping = statements.keeping();
        if (keeping != null && keeping.isWorthTrying()) {
            boolean found = change(keeping.update(), entity, instance, version);
            keeping.tried(found);
            if (found) {
                return true;
            }
        }
        return change(statements.update(), entity, instance, version);
    }

    private <T> boolean change(RowUpdate update, CompiledEntity<T> entity, T instance, @Nullable Number version) {
        // Anew for each statement: of what a converter makes there may be something that can be read once.
        @Nullable
        Object[] values = entity.write(instance, statements(entity).update().set());
        ColumnWriter id = entity.id().writer();
        Object writtenId = id.write(values[entity.idPlace()]);
        PreparedStatementSetter setter = statement -> {
            int next = bind(statement, 1, entity, update.set(), values);
            id.bind(statement, next++, writtenId);
            if (version != null) {
                bindVersion(statement, next++, entity, version);
            }
            bind(statement, next, entity, update.kept(), values);
        };
        String sql = version == null ? update.sql() : update.versionSql();
        return updateRow(entity, values[entity.idPlace()], sql, setter);
    }

    /** Removes a row, and returns whether there was one. */
    boolean delete(CompiledEntity<?> entity, Object id) {
        return updateRow(entity, id, statements(entity).delete(), byId(entity, id));
    }

    /** Removes a row if it has the version, and returns whether there was one. */
    boolean delete(CompiledEntity<?> entity, Object id, Number version) {
        PreparedStatementSetter values = byId(entity, id);
        return updateRow(entity, id, statements(entity).deleteVersion(), statement -> {
            values.setValues(statement);
            bindVersion(statement, 2, entity, version);
        });
    }

    private static PreparedStatementSetter byId(CompiledEntity<?> entity, Object id) {
        ColumnWriter writer = entity.id().writer();
        Object written = writer.write(id);
        return statement -> writer.bind(statement, 1, written);
    }

    // Returns the index of the next value.
    private static int bind(
            PreparedStatement statement,
            int first,
            CompiledEntity<?> entity,
            List<Integer> places,
            @Nullable Object[] values)
            throws SQLException {
        int index = first;
        for (int place : places) {
            entity.columns().get(place).writer().bind(statement, index++, values[place]);
        }
        return index;
    }

    private static void bindVersion(PreparedStatement statement, int index, CompiledEntity<?> entity, Number version)
            throws SQLException {
        EntityColumn column = entity.version();
        if (column != null) {
            column.writer().bind(statement, index, column.writer().write(version));
        }
    }

    /** The entities that a derived query finds. */
    <T> List<T> list(DerivedStatement<T> statement, CompiledRowMapper<T> mapper, Object[] arguments) {
        return jdbc.queryAsIs(new Plain(statement.sql()), statement.values(arguments), rows -> {
            UnaryOperator<T> afterwards = mapper.afterwards();
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(afterwards.apply(statement.read(rows)));
            }
            return found;
        });
    }

    /** The entity that a derived query finds; null if there is none. */
    <T> @Nullable T single(DerivedStatement<T> statement, CompiledRowMapper<T> mapper, Object[] arguments) {
        return jdbc.queryAsIs(
                        new Plain(statement.sql()),
                        statement.values(arguments),
                        rows -> single(statement, mapper, rows))
                .orElse(null);
    }

    private static <T> Optional<T> single(DerivedStatement<T> statement, CompiledRowMapper<T> mapper, ResultSet rows)
            throws SQLException {
        if (!rows.next()) {
            return Optional.empty();
        }
        T found = mapper.afterwards().apply(statement.read(rows));
        int count = 1;
        while (rows.next()) {
            count++;
        }
        if (count > 1) {
            throw new IncorrectResultSizeDataAccessException(1, count);
        }
        return Optional.of(found);
    }

    private EntityStatements statements(CompiledEntity<?> entity) {
        return entity.statements(dialect);
    }

    private <R extends @Nullable Object> R query(
            String sql, PreparedStatementSetter values, ResultSetExtractor<R> reading) {
        return jdbc.queryAsIs(new Plain(sql), values, reading);
    }

    // What was read of other rows by their ids stays current. Another class may call the rows of this table by another
    // id:
    // everybody knows those of the primary key.
    private boolean updateRow(
            CompiledEntity<?> entity, @Nullable Object id, String sql, PreparedStatementSetter values) {
        if (id != null && entity.hasUniqueId()) {
            KnownRow.isChangedNext(id);
        }
        try {
            return update(sql, values) != 0;
        } finally {
            KnownRow.clear();
        }
    }

    private int update(String sql, PreparedStatementSetter values) {
        return jdbc.updateAsIs(new Plain(sql), values);
    }

    /** A statement whose text is known to the exceptions that are made of its errors. */
    private record Plain(String sql) implements PreparedStatementCreator, SqlProvider {

        @Override
        public PreparedStatement createPreparedStatement(Connection connection) throws SQLException {
            return connection.prepareStatement(sql);
        }

        @Override
        public String getSql() {
            return sql;
        }
    }
}
