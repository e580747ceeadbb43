package dev.dovetail.transaction;

import dev.dovetail.sql.SqlFingerprint;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionExecution;

/** A transaction that has begun. Used by its thread. */
final class RunningTransaction {

    private static final int OPERATIONS_KEPT = 50;
    private static final int CHARACTERS_KEPT = 200;

    private final String id;
    private final TransactionExecution execution;
    private final Instant start;
    private final long startNanos;
    // As they were executed: most transactions end without anybody asking what they did.
    private final List<String> statements = new ArrayList<>();
    private int further;
    private @Nullable SQLException failure;
    private long failedNanos;

    RunningTransaction(String id, TransactionExecution execution, Instant start, long startNanos) {
        this.id = id;
        this.execution = execution;
        this.start = start;
        this.startNanos = startNanos;
    }

    String id() {
        return id;
    }

    boolean isOf(TransactionExecution other) {
        return execution == other;
    }

    /** Whether nothing has been executed in it. */
    boolean isUntouched() {
        return statements.isEmpty();
    }

    void executed(String sql) {
        if (statements.size() < OPERATIONS_KEPT) {
            statements.add(sql);
        } else {
            further++;
        }
    }

    /** The first error counts: those that follow say that the transaction has failed already. */
    void failed(SQLException error, long nanos) {
        if (failure == null) {
            failure = error;
            failedNanos = nanos;
        }
    }

    /** After a statement that succeeded: if it began after the error, there was a savepoint to go back to. */
    void succeeded(long totalNanos) {
        if (failure != null && System.nanoTime() - totalNanos - failedNanos > 0) {
            failure = null;
        }
    }

    /** What makes it impossible to commit. */
    @Nullable
    SQLException failure() {
        return failure;
    }

    Duration elapsed(long nanos) {
        return Duration.ofNanos(nanos - startNanos);
    }

    TransactionContext context(long nanos) {
        return new TransactionContext(
                id,
                execution.getTransactionName(),
                execution.isReadOnly(),
                start,
                elapsed(nanos),
                statements.stream().map(RunningTransaction::shortened).toList(),
                further);
    }

    private static String shortened(String sql) {
        String fingerprint = SqlFingerprint.of(sql);
        return fingerprint.length() <= CHARACTERS_KEPT
                ? fingerprint
                : fingerprint.substring(0, CHARACTERS_KEPT - 1) + "…";
    }
}
