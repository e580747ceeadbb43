package dev.dovetail.coordination;

import dev.dovetail.engine.SqlDialect;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Rights that one instance has at a time, kept in table {@code dovetail_lease} and measured by the database's clock, so that the
 * instances' clocks need not agree. A right that is not renewed in time goes to whoever asks next. Safe for use by several
 * threads and several instances.
 */
public final class Leases {

    private final JdbcOperations jdbc;
    private final String owner;
    private final String acquisition;
    private final String renewal;

    /**
     * @param owner who this instance is; another text for each
     */
    public Leases(JdbcOperations jdbc, SqlDialect sql, String owner) {
        this.jdbc = jdbc;
        this.owner = owner;
        String now = sql.currentMillis();
        this.acquisition =
                "INSERT INTO dovetail_lease (name, owner, token, expires_at) VALUES (?, ?, 1, " + now + " + ?)"
                        + " ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, token = dovetail_lease.token + 1,"
                        + " expires_at = excluded.expires_at"
                        + " WHERE dovetail_lease.expires_at < " + now
                        + " RETURNING token";
        this.renewal = "UPDATE dovetail_lease SET expires_at = " + now + " + ?"
                + " WHERE name = ? AND owner = ? AND token = ? AND expires_at >= " + now;
    }

    /** Who this instance is. */
    public String owner() {
        return owner;
    }

    /**
     * Takes the right, if nobody has it.
     *
     * @param duration how long it lasts unless it is renewed
     * @return empty if somebody has it, be it another thread of this instance
     */
    public Optional<Lease> acquire(String name, Duration duration) {
        return jdbc.query(acquisition, (row, number) -> row.getLong(1), name, owner, duration.toMillis()).stream()
                .findFirst()
                .map(token -> new Lease(name, token));
    }

    /** Makes the right last that long from now; false if it has expired. */
    public boolean renew(Lease lease, Duration duration) {
        return jdbc.update(renewal, duration.toMillis(), lease.name(), owner, lease.token()) == 1;
    }

    /** Gives the right back. */
    public void release(Lease lease) {
        jdbc.update(
                "UPDATE dovetail_lease SET expires_at = 0 WHERE name = ? AND owner = ? AND token = ?",
                lease.name(),
                owner,
                lease.token());
    }
}
