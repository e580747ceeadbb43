package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What SQLite's extended result codes mean (sqlite.org/rescode.html), with the SQLState that PostgreSQL reports for the
 * same thing.
 */
final class SqliteErrors {

    private static final Pattern CONSTRAINT_COLUMNS =
            Pattern.compile("(?:UNIQUE|NOT NULL) constraint failed: (.+)\\)", Pattern.DOTALL);
    private static final Pattern CHECK = Pattern.compile("CHECK constraint failed: (.+)\\)", Pattern.DOTALL);
    private static final Pattern DATATYPE =
            Pattern.compile("cannot store \\w+ value in \\w+ column (.+)\\)", Pattern.DOTALL);
    private static final Pattern INDEX = Pattern.compile("constraint failed: index '((?:[^']|'')+)'\\)");
    private static final Pattern NO_TABLE =
            Pattern.compile("no such (?:table|view|index): (?:main\\.)?(.+?)\\)?$", Pattern.DOTALL);
    private static final Pattern NO_COLUMN =
            Pattern.compile("(?:no such column: ([^)\\s]+)|table (\\S+) has no column named ([^)\\s]+))");
    private static final Pattern LIMIT =
            Pattern.compile("too many|too large|Expression tree|parser stack overflow|string or blob too big");

    private static final Pattern VALUE =
            Pattern.compile("integer overflow|malformed JSON|bad JSON path|JSON path error");

    private SqliteErrors() {}

    /** What the error means; the transaction's own errors are not SQLite's and keep the SQLState they carry. */
    static DatabaseError classify(SQLException error) {
        if (error instanceof DescribedSqlException described) {
            return described.error();
        }
        SQLiteException original = find(error);
        if (original == null) {
            return withoutCode(error);
        }
        String message = String.valueOf(original.getMessage());
        return about(DatabaseError.of(code(original, message), state(original, message)), message);
    }

    /** The same error with its SQLState. */
    static SQLException refine(SQLException error, boolean readOnly) {
        SQLiteException original = find(error);
        if (original == null || original instanceof SqliteStateException || error instanceof DescribedSqlException) {
            return error;
        }
        String state =
                readOnly && isReadOnly(original) ? "25006" : state(original, String.valueOf(original.getMessage()));
        SqliteStateException refined = new SqliteStateException(original, original.getResultCode(), state);
        return error instanceof BatchUpdateException batch ? refineBatch(batch, refined) : refined;
    }

    private static BatchUpdateException refineBatch(BatchUpdateException batch, SqliteStateException refined) {
        BatchUpdateException result = new BatchUpdateException(
                batch.getMessage(), refined.getSQLState(), refined.getErrorCode(), batch.getUpdateCounts(), refined);
        result.setNextException(refined);
        return result;
    }

    private static @Nullable SQLiteException find(@Nullable Throwable error) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            if (each instanceof SQLiteException found) {
                return found;
            }
        }
        return null;
    }

    private static ErrorCode code(SQLiteException error, String message) {
        // A reader says READONLY because it was opened so, and refine() has then marked it.
        if (isReadOnly(error)) {
            return "25006".equals(error.getSQLState()) ? ErrorCode.READ_ONLY_TRANSACTION : ErrorCode.READ_ONLY_DATABASE;
        }
        return meaning(error.getResultCode(), message).code();
    }

    private static String state(SQLiteException error, String message) {
        String refined = error.getSQLState();
        return refined != null
                ? refined
                : meaning(error.getResultCode(), message).sqlState();
    }

    private static boolean isReadOnly(SQLiteException error) {
        return (error.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_READONLY.code;
    }

    private record Meaning(ErrorCode code, String sqlState) {}

    private static Meaning meaning(SQLiteErrorCode result, String message) {
        Meaning constraint = constraint(result);
        if (constraint != null) {
            return constraint;
        }
        if (result == SQLiteErrorCode.SQLITE_BUSY_SNAPSHOT) {
            return new Meaning(ErrorCode.SERIALIZATION_FAILURE, "40001");
        }
        // The low byte is the primary code; what stands above only says where it happened.
        return switch (result.code & 0xff) {
            case 1 -> statement(message);
            case 5, 6 -> new Meaning(ErrorCode.LOCK_TIMEOUT, "55P03");
            case 7 -> new Meaning(ErrorCode.OUT_OF_MEMORY, "53200");
            case 8 -> new Meaning(ErrorCode.READ_ONLY_DATABASE, "58030");
            case 9 -> new Meaning(ErrorCode.QUERY_TIMEOUT, "57014");
            case 10 -> new Meaning(ErrorCode.STORAGE_FAILURE, "58030");
            case 11, 26 -> new Meaning(ErrorCode.CORRUPT, "XX001");
            case 13 -> new Meaning(ErrorCode.STORAGE_FULL, "53100");
            case 14 -> new Meaning(ErrorCode.UNREACHABLE, "08001");
            case 3, 23 -> new Meaning(ErrorCode.PERMISSION_DENIED, "42501");
            case 18 -> new Meaning(ErrorCode.LIMIT_EXCEEDED, "54000");
            case 20, 25 -> new Meaning(ErrorCode.INVALID_VALUE, "22000");
            case 21 -> new Meaning(ErrorCode.INVALID_USAGE, "HY010");
            default -> new Meaning(ErrorCode.DATABASE_ERROR, "HY000");
        };
    }

    private static @Nullable Meaning constraint(SQLiteErrorCode result) {
        return switch (result) {
            case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID ->
                new Meaning(ErrorCode.UNIQUE_VIOLATION, "23505");
            case SQLITE_CONSTRAINT_FOREIGNKEY -> new Meaning(ErrorCode.FOREIGN_KEY_VIOLATION, "23503");
            case SQLITE_CONSTRAINT_NOTNULL -> new Meaning(ErrorCode.NOT_NULL_VIOLATION, "23502");
            case SQLITE_CONSTRAINT_CHECK -> new Meaning(ErrorCode.CHECK_VIOLATION, "23514");
            case SQLITE_CONSTRAINT_DATATYPE -> new Meaning(ErrorCode.INVALID_VALUE, "22000");
            default ->
                (result.code & 0xff) == SQLiteErrorCode.SQLITE_CONSTRAINT.code
                        ? new Meaning(ErrorCode.CONSTRAINT_VIOLATION, "23000")
                        : null;
        };
    }

    // Result code 1 says everything from a typing error to an exceeded limit; only the text tells which.
    private static Meaning statement(String message) {
        if (NO_TABLE.matcher(message).find()) {
            return new Meaning(ErrorCode.UNKNOWN_TABLE, "42P01");
        }
        if (NO_COLUMN.matcher(message).find()) {
            return new Meaning(ErrorCode.UNKNOWN_COLUMN, "42703");
        }
        if (LIMIT.matcher(message).find()) {
            return new Meaning(ErrorCode.LIMIT_EXCEEDED, "54000");
        }
        if (VALUE.matcher(message).find()) {
            return new Meaning(ErrorCode.INVALID_VALUE, "22000");
        }
        if (message.contains("transaction") || message.contains("no such savepoint")) {
            return new Meaning(ErrorCode.INVALID_USAGE, "25000");
        }
        return new Meaning(ErrorCode.SYNTAX_ERROR, "42601");
    }

    private static DatabaseError about(DatabaseError error, String message) {
        return switch (error.code()) {
            case UNIQUE_VIOLATION -> aboutUnique(error, message);
            case NOT_NULL_VIOLATION -> error.on(table(message), columns(message));
            case CHECK_VIOLATION -> error.onConstraint(group(CHECK, message));
            case INVALID_VALUE -> aboutColumn(error, group(DATATYPE, message));
            case UNKNOWN_TABLE -> error.on(group(NO_TABLE, message), List.of());
            case UNKNOWN_COLUMN -> aboutUnknownColumn(error, message);
            default -> error;
        };
    }

    private static DatabaseError aboutUnique(DatabaseError error, String message) {
        String index = group(INDEX, message);
        return index != null
                ? error.onConstraint(index.replace("''", "'"))
                : error.on(table(message), columns(message));
    }

    private static DatabaseError aboutUnknownColumn(DatabaseError error, String message) {
        Matcher matcher = NO_COLUMN.matcher(message);
        if (!matcher.find()) {
            return error;
        }
        return matcher.group(1) != null
                ? error.on(null, List.of(matcher.group(1)))
                : error.on(matcher.group(2), List.of(matcher.group(3)));
    }

    private static DatabaseError aboutColumn(DatabaseError error, @Nullable String qualified) {
        if (qualified == null || qualified.indexOf('.') < 0) {
            return error;
        }
        int dot = qualified.indexOf('.');
        return error.on(qualified.substring(0, dot), List.of(qualified.substring(dot + 1)));
    }

    private static @Nullable String table(String message) {
        String list = group(CONSTRAINT_COLUMNS, message);
        return list == null || list.indexOf('.') < 0 ? null : list.substring(0, list.indexOf('.'));
    }

    // "item.a, item.b", with names as they are: a comma parts two columns only if the table follows.
    private static List<String> columns(String message) {
        String list = group(CONSTRAINT_COLUMNS, message);
        String table = table(message);
        return list == null || table == null
                ? List.of()
                : List.of(list.substring(table.length() + 1).split(Pattern.quote(", " + table + "."), -1));
    }

    private static @Nullable String group(Pattern pattern, String message) {
        Matcher matcher = pattern.matcher(message);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static DatabaseError withoutCode(SQLException error) {
        String state = error.getSQLState();
        return DatabaseError.of(ErrorCode.DATABASE_ERROR, state == null ? "HY000" : state);
    }
}
