package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.ServerErrorMessage;

/**
 * What an error of PostgreSQL means. Names come from the fields of the server's message, never from its text, which is
 * translated and holds values.
 */
final class PostgresqlErrors {

    /** The standard's "general error", for those that come without a code. */
    private static final String GENERAL = "HY000";

    private PostgresqlErrors() {}

    static DatabaseError classify(SQLException error) {
        if (error instanceof DescribedSqlException described) {
            return described.error();
        }
        if (ServerErrors.find(error, ReadOnlyTransactionException.class) != null) {
            return suggested(ErrorCode.READ_ONLY_TRANSACTION, ReadOnlyTransactionException.SQL_STATE, null);
        }
        String state = stateOf(ServerErrors.primary(error), error);
        ServerErrorMessage message = ServerErrors.message(error);
        DatabaseError described = suggested(SqlStates.codeOf(state), state, message);
        return message == null ? described : located(described, message);
    }

    private static String stateOf(SQLException primary, SQLException error) {
        String state = primary.getSQLState() != null ? primary.getSQLState() : error.getSQLState();
        return state == null || state.isEmpty() ? GENERAL : state;
    }

    private static DatabaseError suggested(ErrorCode code, String state, @Nullable ServerErrorMessage message) {
        return DatabaseError.of(code, state).suggesting(Suggestions.of(code, state, message));
    }

    private static DatabaseError located(DatabaseError error, ServerErrorMessage message) {
        return error.onConstraint(message.getConstraint()).on(message.getTable(), columns(message));
    }

    private static List<String> columns(ServerErrorMessage message) {
        String column = message.getColumn();
        if (column != null) {
            return List.of(column);
        }
        return isAboutKey(message.getSQLState()) || isAboutMissingParent(message)
                ? KeyColumns.of(message.getDetail())
                : List.of();
    }

    /**
     * A foreign key's detail ends with the other table's name: that of the parent, if it speaks of the columns that refer;
     * that of the table that refers, if it speaks of the parent's columns, which must not be put under its name.
     */
    private static boolean isAboutMissingParent(ServerErrorMessage message) {
        String detail = message.getDetail();
        String table = message.getTable();
        return "23503".equals(message.getSQLState())
                && detail != null
                && table != null
                && table.indexOf(')') < 0
                && !detail.substring(detail.lastIndexOf(')') + 1).contains(table);
    }

    private static boolean isAboutKey(@Nullable String state) {
        return "23505".equals(state) || "23P01".equals(state);
    }
}
