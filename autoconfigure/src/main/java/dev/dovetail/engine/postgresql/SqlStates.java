package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.ErrorCode;

/** What the server's codes mean: first the code itself, then the class its first two characters name. */
final class SqlStates {

    static final String TOO_MANY_CONNECTIONS = "53300";

    private static final String NO_SUCH_DATABASE = "3D000";

    private SqlStates() {}

    /**
     * Whether the server serves others and would do the same again: the database does not exist, or the transaction was idle, or
     * ran, for longer than it may.
     */
    static boolean isOfOneSession(String state) {
        return state.equals(NO_SUCH_DATABASE) || state.equals("25P03") || state.equals("25P04");
    }

    static ErrorCode codeOf(String state) {
        return switch (state) {
            case "23505" -> ErrorCode.UNIQUE_VIOLATION;
            case "23503", "23001" -> ErrorCode.FOREIGN_KEY_VIOLATION;
            case "23502" -> ErrorCode.NOT_NULL_VIOLATION;
            case "23514" -> ErrorCode.CHECK_VIOLATION;
            // What RAISE EXCEPTION in a trigger or a function says unless it names another code.
            case "P0001" -> ErrorCode.CONSTRAINT_VIOLATION;
            case "40001" -> ErrorCode.SERIALIZATION_FAILURE;
            case "40P01" -> ErrorCode.DEADLOCK;
            case "40002" -> ErrorCode.CONSTRAINT_VIOLATION;
            case "55P03" -> ErrorCode.LOCK_TIMEOUT;
            case "57014" -> ErrorCode.QUERY_TIMEOUT;
            default -> ofTransactionOrSession(state);
        };
    }

    private static ErrorCode ofTransactionOrSession(String state) {
        return switch (state) {
            case "25006" -> ErrorCode.READ_ONLY_DATABASE;
            case "25P02" -> ErrorCode.TRANSACTION_ABORTED;
            // Both end the session: idle in a transaction for too long, or the transaction itself took too long.
            case "25P03", "25P04" -> ErrorCode.UNREACHABLE;
            case "57P01", "57P02", "57P03", "57P04", "57P05" -> ErrorCode.UNREACHABLE;
            case NO_SUCH_DATABASE -> ErrorCode.UNREACHABLE;
            case "08007" -> ErrorCode.OUTCOME_UNKNOWN;
            case "42P01", "3F000" -> ErrorCode.UNKNOWN_TABLE;
            case "42703" -> ErrorCode.UNKNOWN_COLUMN;
            // A text bound for a number, for example: SQLite tells by the value, PostgreSQL already by its type.
            case "42804" -> ErrorCode.INVALID_VALUE;
            case "42501" -> ErrorCode.PERMISSION_DENIED;
            default -> ofServer(state);
        };
    }

    private static ErrorCode ofServer(String state) {
        return switch (state) {
            case "53100" -> ErrorCode.STORAGE_FULL;
            case "53200" -> ErrorCode.OUT_OF_MEMORY;
            case TOO_MANY_CONNECTIONS -> ErrorCode.UNREACHABLE;
            case "53400" -> ErrorCode.LIMIT_EXCEEDED;
            case "58030" -> ErrorCode.STORAGE_FAILURE;
            case "XX001", "XX002" -> ErrorCode.CORRUPT;
            // No rows where some were asked for, or rows where none were: the driver's way to say "wrong method".
            case "02000", "0100E", "07006" -> ErrorCode.INVALID_USAGE;
            default -> ofClass(state);
        };
    }

    private static ErrorCode ofClass(String state) {
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "08" -> ErrorCode.UNREACHABLE;
            case "22" -> ErrorCode.INVALID_VALUE;
            case "23", "27", "44" -> ErrorCode.CONSTRAINT_VIOLATION;
            case "28" -> ErrorCode.AUTHENTICATION_FAILED;
            case "42" -> ErrorCode.SYNTAX_ERROR;
            case "54" -> ErrorCode.LIMIT_EXCEEDED;
            // Cursors, statements, savepoints and transactions in a state in which the call makes no sense.
            case "0A", "24", "25", "26", "2D", "34", "3B", "55" -> ErrorCode.INVALID_USAGE;
            // 40003 among them: what is unknown is not run again.
            default -> ErrorCode.DATABASE_ERROR;
        };
    }
}
