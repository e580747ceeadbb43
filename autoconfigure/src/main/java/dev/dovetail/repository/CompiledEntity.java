package dev.dovetail.repository;

import dev.dovetail.engine.TableInfo;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.core.PropertyPath;
import org.springframework.data.relational.core.dialect.Dialect;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * An entity without children whose way from a row and to a statement is worked out: each of its values is one column, read and
 * written by its position. Safe for use by several threads.
 *
 * @param <T> the entity
 */
final class CompiledEntity<T> {

    private final RelationalPersistentEntity<T> entity;
    private final TableInfo table;
    private final List<EntityColumn> columns;
    private final EntityAssembly<T> assembly;
    private final int id;
    private final @Nullable EntityColumn version;
    private final boolean updatable;
    private final boolean uniqueId;
    private final boolean alwaysHasAnId;
    private volatile @Nullable EntityStatements statements;

    CompiledEntity(
            RelationalPersistentEntity<T> entity,
            TableInfo table,
            List<EntityColumn> columns,
            EntityAssembly<T> assembly) {
        this.entity = entity;
        this.table = table;
        this.columns = List.copyOf(columns);
        this.assembly = assembly;
        this.id = columns.stream().map(EntityColumn::isId).toList().indexOf(true);
        this.version =
                columns.stream().filter(EntityColumn::isVersion).findFirst().orElse(null);
        this.uniqueId =
                id >= 0 && table.primaryKey().equals(List.of(id().place().column()));
        this.updatable = columns.stream().anyMatch(EntityColumn::isUpdated);
        this.alwaysHasAnId = id >= 0
                && table.column(id().place().column())
                        .filter(column -> column.identity() || !column.nullable())
                        .isPresent();
    }

    RelationalPersistentEntity<T> entity() {
        return entity;
    }

    TableInfo table() {
        return table;
    }

    List<EntityColumn> columns() {
        return columns;
    }

    /** The column that stores the property at the end of this path; null if there is none. */
    @Nullable
    EntityColumn column(PropertyPath path) {
        return columns.stream()
                .filter(column -> column.path().equals(path.toDotPath()))
                .findFirst()
                .orElse(null);
    }

    boolean hasId() {
        return id >= 0;
    }

    EntityColumn id() {
        return columns.get(id);
    }

    int idPlace() {
        return id;
    }

    /** The column of the version; null without one. */
    @Nullable
    EntityColumn version() {
        return version;
    }

    /** Whether any of its columns is changed by an update. */
    boolean isUpdatable() {
        return updatable;
    }

    /** Whether no two rows have the same id. */
    boolean hasUniqueId() {
        return uniqueId;
    }

    /** Whether no row can be without an id, as rows can whose key SQLite does not number. */
    boolean alwaysHasAnId() {
        return alwaysHasAnId;
    }

    /** The statements that are written once for every entity. */
    EntityStatements statements(Dialect dialect) {
        EntityStatements known = statements;
        if (known == null) {
            known = EntityStatements.of(this, dialect.getIdentifierProcessing());
            statements = known;
        }
        return known;
    }

    /** Makes the entity of the current row of a result that has exactly its columns, in their order. */
    T read(ResultSet rows) throws SQLException {
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(rows, i, columns.get(i).reader(), i + 1, id + 1);
        }
        return assembly.assemble(values);
    }

    /**
     * Makes the entity of the current row.
     *
     * @param positions where the result has the columns, counted from 1; 0 where it has not
     */
    T read(ResultSet rows, int[] positions) throws SQLException {
        @Nullable Object[] values = new @Nullable Object[positions.length];
        int idPosition = id < 0 ? 0 : positions[id];
        for (int i = 0; i < values.length; i++) {
            values[i] = positions[i] == 0 ? null : value(rows, i, columns.get(i).anyReader(), positions[i], idPosition);
        }
        return assembly.assemble(values);
    }

    private @Nullable Object value(ResultSet rows, int column, ColumnReader reader, int position, int idPosition)
            throws SQLException {
        try {
            Object value = reader.read(rows, position);
            return value != null || rows.wasNull() ? value : UnusualValue.NOTHING;
        } catch (IllegalArgumentException e) {
            // Before anything is made of the row, as by the converter: of several faults the same one is reported.
            throw unreadable(rows, column, idPosition, e);
        } catch (RuntimeException e) {
            return new UnusualValue(e);
        }
    }

    /**
     * The values of columns as they are bound, by their places among all of them.
     *
     * @param places of the columns that are written: another may have a value that it cannot hold
     * @throws ColumnValueException if a column cannot hold its value
     */
    @Nullable
    Object[] write(T instance, List<Integer> places) {
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        assembly.disassemble(instance, values);
        for (int i = 0; i < places.size(); i++) {
            int place = places.get(i);
            values[place] = columns.get(place).writer().write(values[place]);
        }
        return values;
    }

    /** Where a result has the columns, counted from 1, and 0 where it has not; null if it has one of them twice. */
    int @Nullable [] positions(ResultSetMetaData result) throws SQLException {
        int[] positions = new int[columns.size()];
        for (int i = 1; i <= result.getColumnCount(); i++) {
            int column = column(JdbcUtils.lookupColumnName(result, i));
            if (column >= 0 && positions[column] > 0) {
                return null;
            }
            if (column >= 0) {
                positions[column] = i;
            }
        }
        return positions;
    }

    private int column(String label) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).label().equalsIgnoreCase(label)) {
                return i;
            }
        }
        return -1;
    }

    private StoredValueException unreadable(ResultSet rows, int column, int id, IllegalArgumentException reason)
            throws SQLException {
        return columns.get(column).unreadable(id == 0 ? null : rows.getString(id), reason);
    }
}
