package dev.dovetail.repository;

import dev.dovetail.datasource.OperationContext;
import dev.dovetail.engine.DatabaseEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.convert.InsertSubject;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.mapping.PersistentPropertyAccessor;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.data.relational.core.sql.SqlIdentifier;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Gives new rows their ids before they are inserted, where the driver would not tell them afterwards. Which row has which id
 * is then certain, whatever order the database works in.
 */
final class BatchInserts {

    private final DatabaseEngine engine;
    private final JdbcConverter converter;
    private final JdbcOperations jdbc;

    BatchInserts(DatabaseEngine engine, JdbcConverter converter, JdbcOperations jdbc) {
        this.engine = engine;
        this.converter = converter;
        this.jdbc = jdbc;
    }

    /** The first of as many ids as there are rows; empty if they cannot be known beforehand. */
    OptionalLong reserve(Class<?> type, int count) {
        RelationalPersistentEntity<?> entity = entity(type);
        RelationalPersistentProperty id = entity.getIdProperty();
        boolean inOwnSchema = !entity.getQualifiedTableName().equals(entity.getTableName());
        if (id == null || id.isEntity() || inOwnSchema) {
            return OptionalLong.empty();
        }
        String table = name(entity.getTableName());
        String column = name(id.getColumnName());
        // Outside a transaction somebody else may take them before the rows are there.
        ConnectionCallback<OptionalLong> reservation = connection -> connection.getAutoCommit()
                ? OptionalLong.empty()
                : OperationContext.own(() -> engine.reserveIds(connection, table, column, count));
        OptionalLong first = jdbc.execute(reservation);
        return first != null ? first : OptionalLong.empty();
    }

    /** Inserts rows that have their ids, from the first one on. */
    <T> Object[] insert(List<InsertSubject<T>> subjects, Class<T> type, long first, Insertion<T> insertion) {
        RelationalPersistentEntity<T> entity = entity(type);
        RelationalPersistentProperty id = entity.getRequiredIdProperty();
        Object[] ids = new Object[subjects.size()];
        List<@Nullable Object> before = new ArrayList<>(ids.length);
        List<InsertSubject<T>> numbered = new ArrayList<>(ids.length);
        boolean done = false;
        try {
            for (InsertSubject<T> subject : subjects) {
                PersistentPropertyAccessor<T> accessor = converter.getPropertyAccessor(entity, subject.getInstance());
                before.add(accessor.getProperty(id));
                ids[numbered.size()] = first + numbered.size();
                accessor.setProperty(id, ids[numbered.size()]);
                numbered.add(InsertSubject.describedBy(accessor.getBean(), subject.getIdentifier()));
            }
            insertion.insert(numbered);
            done = true;
        } finally {
            if (!done) {
                takeBack(subjects, entity, before);
            }
        }
        return ids;
    }

    // A mutable entity that kept the id of a row that is not there would be updated by its next save.
    private <T> void takeBack(
            List<InsertSubject<T>> subjects, RelationalPersistentEntity<?> entity, List<@Nullable Object> before) {
        RelationalPersistentProperty id = entity.getRequiredIdProperty();
        if (id.isImmutable()) {
            return;
        }
        for (int i = 0; i < before.size(); i++) {
            entity.getPropertyAccessor(subjects.get(i).getInstance()).setProperty(id, before.get(i));
        }
    }

    @SuppressWarnings("unchecked")
    private <T> RelationalPersistentEntity<T> entity(Class<T> type) {
        return (RelationalPersistentEntity<T>) converter.getMappingContext().getRequiredPersistentEntity(type);
    }

    private static String name(SqlIdentifier identifier) {
        return identifier.getReference();
    }

    /**
     * How rows with ids are inserted.
     *
     * @param <T> the entity
     */
    interface Insertion<T> {
        void insert(List<InsertSubject<T>> subjects);
    }
}
