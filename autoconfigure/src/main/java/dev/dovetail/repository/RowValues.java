package dev.dovetail.repository;

import java.sql.SQLType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.relational.core.sql.SqlIdentifier;

/**
 * What of an entity is stored in which columns of its own table.
 *
 * @param <T> the entity
 */
interface RowValues<T> {

    /** The columns, in the order of the values. */
    List<SqlIdentifier> columns();

    /** The type each column's values are bound as. */
    List<SQLType> types();

    /** What is bound for each of them: plain, or with the type that a converter wants. */
    @Nullable
    Object[] of(T entity);
}
