package dev.dovetail.transaction;

import dev.dovetail.sql.SqlFingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A transaction that has begun. Used by its thread. */
final class RunningTransaction {

    private static final int OPERATIONS_KEPT = 50;
    private static final int CHARACTERS_KEPT = 200;

    private final String id;
    private final String name;
    private final boolean readOnly;
    private final Instant start;
    private final long startNanos;
    // As they were executed: most transactions end without anybody asking what they did.
    private final List<String> statements = new ArrayList<>();
    private int further;

    RunningTransaction(String id, String name, boolean readOnly, Instant start, long startNanos) {
        this.id = id;
        this.name = name;
        this.readOnly = readOnly;
        this.start = start;
        this.startNanos = startNanos;
    }

    String id() {
        return id;
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
