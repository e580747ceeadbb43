package dev.dovetail.repository;

import java.sql.SQLType;
import java.util.List;
import org.springframework.data.jdbc.core.mapping.JdbcValue;
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

    /** What is bound for each of them. */
    JdbcValue[] of(T entity);
}
