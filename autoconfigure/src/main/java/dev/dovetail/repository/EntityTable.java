package dev.dovetail.repository;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.TableInfo;
import java.sql.JDBCType;
import java.sql.SQLType;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.jdbc.core.convert.JdbcConverter;

/**
 * The table that entities of one class are inserted into.
 *
 * @param <T> the entity
 * @param table as the database describes it
 * @param name as SQL has it
 * @param columns those that are given values, in their order
 * @param values of the entities
 * @param types as what plain values are bound
 * @param idPlace which of the columns is the id; -1 if it is none of them
 */
record EntityTable<T>(
        TableInfo table,
        String name,
        List<ColumnInfo> columns,
        RowValues<T> values,
        List<SQLType> types,
        int idPlace,
        JdbcConverter converter) {

    /** The column by which the database numbers the rows; null if it does not. */
    @Nullable
    ColumnInfo numberedColumn() {
        ColumnInfo id = idPlace < 0 ? null : columns.get(idPlace);
        return id != null && id.identity() && table.primaryKey().equals(List.of(id.name())) ? id : null;
    }

    /** What is bound for the columns, as {@link RowValues} has it. */
    @Nullable
    Object[] values(T entity) {
        return values.of(entity);
    }

    /** A number as the value of the id. */
    Object number(Long number) {
        SQLType idType = types.get(idPlace);
        return idType == JDBCType.BIGINT
                ? number
                : converter.writeJdbcValue(number, TypeInformation.of(Long.class), idType);
    }

    /** A statement for one row. */
    String insert(String beforeValues) {
        return columns.stream()
                .map(column -> '"' + column.name().replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(
                        ", ",
                        "INSERT INTO " + name + " (",
                        ") " + beforeValues + "VALUES (" + "?, ".repeat(columns.size() - 1) + "?)"));
    }
}
