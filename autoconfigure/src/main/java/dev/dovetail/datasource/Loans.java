package dev.dovetail.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Since when each connection of a pool has been in use. Costs a few nanoseconds each time; safe for use by several threads. */
final class Loans {

    private final List<Loan> known = new CopyOnWriteArrayList<>();
    private final AtomicInteger most = new AtomicInteger();

    /** @param since a moment of {@link System#nanoTime()} */
    void begin(Connection pooled, long since) throws SQLException {
        Loan loan = pooled.unwrap(ListeningConnection.class).loan();
        if (loan.begin(since)) {
            known.removeIf(Loan::isOver);
            known.add(loan);
        }
        int lent = lent();
        if (lent > most.get()) {
            most.accumulateAndGet(lent, Math::max);
        }
    }

    private int lent() {
        int lent = 0;
        for (Loan each : known) {
            lent += each.isLent() ? 1 : 0;
        }
        return lent;
    }

    /** How many were in use at once at most. */
    int most() {
        return most.get();
    }

    void end(Connection pooled) throws SQLException {
        if (!pooled.isClosed()) {
            pooled.unwrap(ListeningConnection.class).loan().end();
        }
    }

    /** For how long the one has been in use that has been so for the longest; zero if all are at rest. */
    Duration longest() {
        long now = System.nanoTime();
        return Duration.ofNanos(
                known.stream().mapToLong(each -> each.nanos(now)).max().orElse(0));
    }
}
