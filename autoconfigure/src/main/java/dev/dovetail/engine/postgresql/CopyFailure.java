package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.BulkLoad;
import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What a failed COPY says: which row and column, but not the row itself, which the server quotes. */
final class CopyFailure {

    // COPY item, line 3, column amount: "…"; in the server's language, but for the first word.
    private static final Pattern PLACE = Pattern.compile("(?m)^COPY .*?, \\S+ (\\d{1,18})(?:, \\S+ (.*)|:.*)?$");

    private CopyFailure() {}

    static SQLException of(SQLException error, BulkLoad load) {
        ServerErrorMessage message = ServerErrors.message(error);
        String where = message == null ? null : message.getWhere();
        if (message == null || where == null) {
            return error;
        }
        DatabaseError described = PostgresqlErrors.classify(error);
        Matcher place = PLACE.matcher(where);
        if (!place.find()) {
            return unquoted("The rows were refused", described, error, message);
        }
        String column = described.columns().isEmpty() ? column(place.group(2), load.columns()) : null;
        return unquoted(
                row(load, Long.parseLong(place.group(1))) + " was refused",
                column == null ? described : described.on(described.table(), List.of(column)),
                error,
                message);
    }

    static SQLException stopped(Duration limit, SQLException error) {
        return new DescribedSqlException(
                "The statement was stopped because it ran longer than %d ms, which is dovetail.query-timeout or what was left of its transaction's time."
                        .formatted(limit.toMillis()),
                DatabaseError.of(ErrorCode.QUERY_TIMEOUT, "57014"),
                unquoted(error, ServerErrors.message(error)));
    }

    /** Which row that is of those the caller gave, counted from 1. */
    static String row(BulkLoad load, long line) {
        return load.before() < 0 ? "A row" : "Row " + (load.before() + line);
    }

    private static @Nullable String column(@Nullable String rest, List<ColumnInfo> columns) {
        return rest == null
                ? null
                : columns.stream()
                        .map(ColumnInfo::name)
                        .filter(name -> rest.equals(name) || rest.startsWith(name + ":"))
                        .findFirst()
                        .orElse(null);
    }

    private static SQLException unquoted(
            String what, DatabaseError error, SQLException original, ServerErrorMessage message) {
        return new DescribedSqlException("%s. %s".formatted(what, error.summary()), error, unquoted(original, message));
    }

    // The driver's own text has the row in it, as part of where the error was.
    private static SQLException unquoted(SQLException original, @Nullable ServerErrorMessage message) {
        if (message == null) {
            return original;
        }
        PSQLException unquoted = new PSQLException(message, false);
        unquoted.setStackTrace(original.getStackTrace());
        return unquoted;
    }
}
