package dev.dovetail.coordination;

import dev.dovetail.datasource.OperationContext;
import dev.dovetail.engine.SqlDialect;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Rights that one instance has at a time, kept in table {@code dovetail_lease} and measured by the database's clock, so that the
 * instances' clocks need not agree. A right that is not renewed in time goes to whoever asks next, as does one that was renewed
 * in what is the future since the clock was set back. Safe for use by several threads and several instances.
 */
public final class Leases {

    private final JdbcOperations jdbc;
    private final TransactionOperations transactions;
    private final String owner;
    private final String acquisition;
    private final String renewal;

    /**
     * @param transactions on the same data source; connections need not commit by themselves
     * @param owner who this instance is; another text for each
     */
    public Leases(JdbcOperations jdbc, TransactionOperations transactions, SqlDialect sql, String owner) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.owner = owner;
        String now = sql.currentMillis();
        this.acquisition = """
                INSERT INTO dovetail_lease AS held (name, owner, token, renewed_at, expires_at)
                VALUES (?, ?, 1, %1$s, %1$s + ?)
                ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, token = held.token + 1,
                    renewed_at = excluded.renewed_at, expires_at = excluded.expires_at
                WHERE held.owner = excluded.owner OR held.expires_at < %1$s
                    OR held.renewed_at - %1$s > held.expires_at - held.renewed_at
                RETURNING token""".formatted(now);
        this.renewal = """
                UPDATE dovetail_lease SET renewed_at = %1$s, expires_at = %1$s + ?
                WHERE name = ? AND owner = ? AND token = ? AND expires_at >= %1$s""".formatted(now);
    }

    /**
     * Takes the right, if no other instance has it. What this instance had under this name before ends.
     *
     * @param duration how long it lasts unless it is renewed
     */
    public Optional<Lease> acquire(String name, Duration duration) {
        return inTransaction(() ->
                        jdbc.query(acquisition, (row, number) -> row.getLong(1), name, owner, duration.toMillis()))
                .stream()
                .findFirst()
                .map(token -> new Lease(name, token));
    }

    /**
     * Takes the right, if no other instance has it, and keeps it until it is given back or the database does not answer in time.
     *
     * @param duration how long others wait for an instance that does not answer any more
     * @param meanwhile called with each renewal, on the thread that renews
     */
    public Optional<HeldLease> hold(String name, Duration duration, Runnable meanwhile) {
        long asked = System.nanoTime();
        return acquire(name, duration).map(lease -> new HeldLease(this, lease, duration, asked, meanwhile));
    }

    /** Makes the right last that long from now; false if it has expired. */
    public boolean renew(Lease lease, Duration duration) {
        return changes(renewal, duration.toMillis(), lease.name(), owner, lease.token());
    }

    /** Gives the right back. */
    public void release(Lease lease) {
        changes(
                "UPDATE dovetail_lease SET expires_at = 0 WHERE name = ? AND owner = ? AND token = ?",
                lease.name(),
                owner,
                lease.token());
    }

    private boolean changes(String sql, Object... values) {
        return inTransaction(() -> jdbc.update(sql, values)) == 1;
    }

    private <T> T inTransaction(Supplier<T> work) {
        return OperationContext.upkeep(() -> transactions.execute(status -> work.get()));
    }
}
