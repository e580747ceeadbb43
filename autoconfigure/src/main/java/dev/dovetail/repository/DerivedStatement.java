package dev.dovetail.repository;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.PreparedStatementSetter;

/**
 * The statement of a derived query, as it is rendered for arguments that are not null. Safe for use by several threads.
 *
 * @param <T> the entity that it reads
 */
final class DerivedStatement<T> {

    private final CompiledEntity<T> entity;
    private final String sql;
    private final List<EntityColumn> columns;
    // The same for every result, as the text names its columns.
    private volatile int @Nullable [] positions;

    /** @param columns that the arguments are compared with, in their order */
    DerivedStatement(CompiledEntity<T> entity, String sql, List<EntityColumn> columns) {
        this.entity = entity;
        this.sql = sql;
        this.columns = List.copyOf(columns);
    }

    CompiledEntity<T> entity() {
        return entity;
    }

    String sql() {
        return sql;
    }

    PreparedStatementSetter values(Object[] arguments) {
        @Nullable Object[] written = new @Nullable Object[arguments.length];
        for (int i = 0; i < written.length; i++) {
            written[i] = columns.get(i).writer().write(arguments[i]);
        }
        return (PreparedStatement statement) -> {
            for (int i = 0; i < written.length; i++) {
                columns.get(i).writer().bind(statement, i + 1, written[i]);
            }
        };
    }

    T read(ResultSet rows) throws SQLException {
        int[] known = positions;
        if (known == null) {
            known = entity.positions(rows.getMetaData());
            if (known == null) {
                throw new IllegalStateException("A derived query returns a column twice: " + sql);
            }
            positions = known;
        }
        return entity.read(rows, known);
    }
}
