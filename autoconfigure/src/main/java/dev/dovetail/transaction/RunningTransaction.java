package dev.dovetail.transaction;

import dev.dovetail.sql.SqlFingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A transaction that has begun. Used by its thread. */
final class RunningTransaction {

    private static final int OPERATIONS_KEPT = 50;
    private static final int CHARACTERS_KEPT = 200;

    private final Object execution;
    private final String id;
    private final String name;
    private final boolean readOnly;
    private final Instant start;
    private final long startNanos;
    private final @Nullable RunningTransaction suspended;
    // As they were executed: most transactions end without anybody asking what they did.
    private final List<String> statements = new ArrayList<>();
    private int further;

    /** @param suspended the one that goes on when this one has ended */
    RunningTransaction(
            Object execution,
            String id,
            String name,
            boolean readOnly,
            Instant start,
            long startNanos,
            @Nullable RunningTransaction suspended) {
        this.execution = execution;
        this.id = id;
        this.name = name;
        this.readOnly = readOnly;
        this.start = start;
        this.startNanos = startNanos;
        this.suspended = suspended;
    }

    boolean is(Object other) {
        return execution == other;
    }

    String id() {
        return id;
    }

    @Nullable
    RunningTransaction suspended() {
        return suspended;
    }

    void executed(String sql) {
        if (statements.size() < OPERATIONS_KEPT) {
            statements.add(sql);
        } else {
            further++;
        }
    }

    Duration elapsed(long nanos) {
        return Duration.ofNanos(nanos - startNanos);
    }

    TransactionContext context(long nanos) {
        return new TransactionContext(
                id,
                name,
                readOnly,
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
