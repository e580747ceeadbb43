package dev.dovetail.transaction;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is known of one transaction at one moment.
 *
 * @param id unique within this process and, by chance, beyond it
 * @param name that its options or the method that began it gave it; empty without one
 * @param readOnly whether it was declared read-only
 * @param start when it began
 * @param duration how long it has taken until then
 * @param operations its first statements in order, as fingerprints without values
 * @param furtherOperations how many more there were
 */
public record TransactionContext(
        String id,
        String name,
        boolean readOnly,
        Instant start,
        Duration duration,
        List<String> operations,
        int furtherOperations) {

    public TransactionContext {
        operations = List.copyOf(operations);
    }

    /** One line for a log: name, id, duration and statements. */
    public String summary() {
        String further = furtherOperations == 0 ? "" : "; and %d more".formatted(furtherOperations);
        return "'%s' (%s), %d ms, %d statement(s): %s%s"
                .formatted(
                        name.isEmpty() ? "transaction" : name,
                        id,
                        duration.toMillis(),
                        operations.size() + furtherOperations,
                        String.join("; ", operations),
                        further);
    }
}
