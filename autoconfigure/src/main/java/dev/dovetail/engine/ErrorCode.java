package dev.dovetail.engine;

/**
 * What went wrong, in words that are the same on every engine.
 *
 * <p>Numbers group by who must act: 1000s the operator, 3000s and 4000s the caller, 5000s the developer.
 */
public enum ErrorCode {
    UNREACHABLE(1010, 503, true, "The database cannot be reached"),
    POOL_EXHAUSTED(1011, 503, true, "No connection became free in time"),
    QUERY_TIMEOUT(1012, 503, false, "The statement ran longer than it may"),
    READ_ONLY_DATABASE(1013, 503, false, "The database as a whole cannot be written"),
    STORAGE_FULL(1014, 503, false, "There is no room left to write"),
    STORAGE_FAILURE(1015, 503, false, "Reading or writing the storage failed"),
    CORRUPT(1016, 503, false, "The database is damaged or is not a database"),
    AUTHENTICATION_FAILED(1017, 503, false, "The database refused the credentials"),
    OUT_OF_MEMORY(1018, 503, false, "The database ran out of memory"),
    OUTCOME_UNKNOWN(
            1019, 503, false, "The connection was lost while a change was committed, and nobody knows whether it was"),
    CIRCUIT_OPEN(1020, 503, false, "The database has failed several times and is not asked for a while"),
    INVALID_VALUE(3000, 400, false, "A value does not fit its column or its type"),
    NOT_NULL_VIOLATION(3010, 400, false, "A column that must have a value has none"),
    CHECK_VIOLATION(3020, 400, false, "A value breaks a check constraint"),
    LIMIT_EXCEEDED(3030, 400, false, "The statement is larger than the database accepts"),
    UNIQUE_VIOLATION(4010, 409, false, "Another row already has this value"),
    FOREIGN_KEY_VIOLATION(4020, 409, false, "The row that is referred to is missing, or is still referred to"),
    CONSTRAINT_VIOLATION(4025, 409, false, "A trigger or another constraint refused the change"),
    LOCK_TIMEOUT(4030, 503, true, "Another transaction held a lock for too long"),
    SERIALIZATION_FAILURE(4031, 503, true, "Another transaction changed what this one had read"),
    DEADLOCK(4032, 503, true, "Two transactions waited for each other"),
    DATABASE_ERROR(5000, 500, false, "The database reported an error"),
    SYNTAX_ERROR(5010, 500, false, "The statement is not understood"),
    UNKNOWN_TABLE(5011, 500, false, "The statement names a table that does not exist"),
    UNKNOWN_COLUMN(5012, 500, false, "The statement names a column that does not exist"),
    TRANSACTION_ABORTED(5020, 500, false, "An earlier statement failed; the transaction can only be rolled back"),
    READ_ONLY_TRANSACTION(5021, 500, false, "A read-only transaction tried to write"),
    WRITER_HELD(5022, 500, false, "This thread waits for the write connection that it holds itself"),
    INVALID_USAGE(5023, 500, false, "The connection was used in a way that cannot work"),
    PERMISSION_DENIED(5030, 500, false, "The database user may not do this");

    private final int number;
    private final int httpStatus;
    private final boolean retryable;
    private final String meaning;

    ErrorCode(int number, int httpStatus, boolean retryable, String meaning) {
        this.number = number;
        this.httpStatus = httpStatus;
        this.retryable = retryable;
        this.meaning = meaning;
    }

    /** The number under which this error is documented. */
    public int number() {
        return number;
    }

    /** The HTTP status with which a web application answers. */
    public int httpStatus() {
        return httpStatus;
    }

    /** Whether the whole unit of work may succeed if it is run again. */
    public boolean retryable() {
        return retryable;
    }

    /** One sentence, without a full stop. */
    public String meaning() {
        return meaning;
    }

    /** Whether the connection that reported it must not be used again. */
    public boolean breaksConnection() {
        return switch (this) {
            case UNREACHABLE, READ_ONLY_DATABASE, STORAGE_FAILURE, CORRUPT, OUTCOME_UNKNOWN -> true;
            case POOL_EXHAUSTED,
                    CIRCUIT_OPEN,
                    QUERY_TIMEOUT,
                    STORAGE_FULL,
                    AUTHENTICATION_FAILED,
                    OUT_OF_MEMORY,
                    INVALID_VALUE,
                    NOT_NULL_VIOLATION,
                    CHECK_VIOLATION,
                    LIMIT_EXCEEDED,
                    UNIQUE_VIOLATION,
                    FOREIGN_KEY_VIOLATION,
                    CONSTRAINT_VIOLATION,
                    LOCK_TIMEOUT,
                    SERIALIZATION_FAILURE,
                    DEADLOCK,
                    DATABASE_ERROR,
                    SYNTAX_ERROR,
                    UNKNOWN_TABLE,
                    UNKNOWN_COLUMN,
                    TRANSACTION_ABORTED,
                    READ_ONLY_TRANSACTION,
                    WRITER_HELD,
                    INVALID_USAGE,
                    PERMISSION_DENIED -> false;
        };
    }
}
