package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.ServerErrorMessage;

/** Next steps, where one is known. */
final class Suggestions {

    private Suggestions() {}

    static @Nullable String of(ErrorCode code, String state, @Nullable ServerErrorMessage message) {
        String byState = ofState(state, message);
        return byState != null ? byState : ofCode(code);
    }

    private static @Nullable String ofState(String state, @Nullable ServerErrorMessage message) {
        return switch (state) {
            case "3D000" -> "Create the database with createdb, or correct its name in spring.datasource.url.";
            case "53300" -> "Raise max_connections of the server, or lower the size of the pools.";
            case "57P03" -> "The server is starting up or shutting down; try again shortly.";
            case "57P01", "57P02" -> "The server ended the session; a new connection will serve.";
            case "25P03" ->
                "The session sat in an open transaction for longer than dovetail.postgresql.idle-in-transaction-timeout;"
                        + " keep slow work outside of transactions.";
            case "0A000" -> ofUnsupported(message);
            default -> null;
        };
    }

    /** A prepared statement whose result changed its shape under it; the routine's name is the only sure sign. */
    private static @Nullable String ofUnsupported(@Nullable ServerErrorMessage message) {
        return message != null && "RevalidateCachedQuery".equals(message.getRoutine())
                ? "A table changed since the statement was prepared; roll back and run the transaction again."
                : null;
    }

    private static @Nullable String ofCode(ErrorCode code) {
        return switch (code) {
            case SERIALIZATION_FAILURE, DEADLOCK -> "Run the whole transaction again.";
            case LOCK_TIMEOUT ->
                "Run the transaction again, or find who holds the lock with pg_blocking_pids(); the limit is"
                        + " dovetail.postgresql.lock-timeout.";
            case QUERY_TIMEOUT ->
                "Look at the plan with EXPLAIN; the limits are dovetail.postgresql.statement-timeout and"
                        + " dovetail.query-timeout.";
            case READ_ONLY_DATABASE ->
                "The server is a standby or is set to read-only; connect to the primary, for example with several hosts"
                        + " in the URL.";
            case READ_ONLY_TRANSACTION -> "Take readOnly = true away from the transaction that writes.";
            case TRANSACTION_ABORTED -> "Look for the first error of this transaction, and roll back.";
            case STORAGE_FULL -> "Free space on the server's disk.";
            case AUTHENTICATION_FAILED ->
                "Check spring.datasource.username and spring.datasource.password, and pg_hba.conf on the server.";
            case UNKNOWN_TABLE -> "Check the name, the search_path, and whether the migrations ran.";
            case PERMISSION_DENIED -> "GRANT the privilege to the database user.";
            case CORRUPT -> "Stop writing, keep a copy of the data directory, and restore from a backup.";
            default -> null;
        };
    }
}
