package dev.dovetail.engine;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An error of the database, described the same way on every engine. Holds names from the schema, never values.
 *
 * @param code what went wrong
 * @param sqlState the standard's code for it
 * @param constraint the constraint that refused, if the database names it
 * @param table the table concerned, if the database names it
 * @param columns the columns concerned, if the database names them
 * @param suggestion what to do next
 */
public record DatabaseError(
        ErrorCode code,
        String sqlState,
        @Nullable String constraint,
        @Nullable String table,
        List<String> columns,
        @Nullable String suggestion) {

    public DatabaseError {
        Objects.requireNonNull(code, "code");
        columns = List.copyOf(columns);
    }

    /** An error of which nothing is known but its code. */
    public static DatabaseError of(ErrorCode code, String sqlState) {
        return new DatabaseError(code, sqlState, null, null, List.of(), null);
    }

    /** The same error, about this constraint. */
    public DatabaseError onConstraint(@Nullable String constraint) {
        return new DatabaseError(code, sqlState, constraint, table, columns, suggestion);
    }

    /** The same error, about this table and these columns. */
    public DatabaseError on(@Nullable String table, List<String> columns) {
        return new DatabaseError(code, sqlState, constraint, table, columns, suggestion);
    }

    /** The same error, with a next step. */
    public DatabaseError suggesting(@Nullable String suggestion) {
        return new DatabaseError(code, sqlState, constraint, table, columns, suggestion);
    }

    /** One sentence: what went wrong, where, and what to do next. */
    public String summary() {
        StringBuilder text = new StringBuilder(code.meaning());
        if (table != null) {
            text.append(": ").append(table);
            if (!columns.isEmpty()) {
                text.append('(').append(String.join(", ", columns)).append(')');
            }
        }
        if (constraint != null) {
            text.append(" [").append(constraint).append(']');
        }
        text.append('.');
        if (suggestion != null) {
            text.append(' ').append(suggestion);
        }
        return text.toString();
    }
}
