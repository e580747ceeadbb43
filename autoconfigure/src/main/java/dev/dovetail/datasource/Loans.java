package dev.dovetail.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Since when each connection of a pool has been in use. Costs a few nanoseconds each time; safe for use by several threads. */
final class Loans {

    private final List<Loan> known = new CopyOnWriteArrayList<>();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicLong usedOfClosed = new AtomicLong();

    /**
     * @param asked a moment of {@link System#nanoTime()}: when somebody asked for it
     * @param given when it was given out
     */
    void begin(Connection pooled, long asked, long given) throws SQLException {
        Loan loan = pooled.unwrap(ListeningConnection.class).loan();
        if (loan.begin(asked, given)) {
            remember(loan, given);
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

    private synchronized void remember(Loan loan, long now) {
        List<Loan> over = known.stream().filter(Loan::isOver).toList();
        over.forEach(each -> usedOfClosed.addAndGet(each.usedNanos(now)));
        known.removeAll(over);
        known.add(loan);
    }

    void end(Connection pooled) throws SQLException {
        if (!pooled.isClosed()) {
            pooled.unwrap(ListeningConnection.class).loan().end();
        }
    }

    /** For how long connections have been in use in all, one added to the other. */
    synchronized Duration used() {
        // Together with remember: one that is being closed is not to be counted twice.
        long now = System.nanoTime();
        return Duration.ofNanos(usedOfClosed.get()
                + known.stream().mapToLong(each -> each.usedNanos(now)).sum());
    }

    /** For how long the one has been in use that has been so for the longest; zero if all are at rest. */
    Duration longest() {
        long now = System.nanoTime();
        return Duration.ofNanos(
                known.stream().mapToLong(each -> each.nanos(now)).max().orElse(0));
    }

    /** Those in use, the one first that has been so for the longest. */
    List<ConnectionUse> uses() {
        long now = System.nanoTime();
        return known.stream()
                .filter(Loan::isLent)
                .map(each -> each.use(now))
                .sorted(Comparator.comparing(ConnectionUse::lasting).reversed())
                .toList();
    }
}
