package dev.dovetail.migration;

import dev.dovetail.engine.DatabaseStartException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waiting for another instance, with an end. For one thread. */
final class Waiting {

    private static final Logger logger = LoggerFactory.getLogger(Waiting.class);

    private final String what;
    private final Duration patience;
    private final long since = System.nanoTime();
    private boolean announced;

    /** @param what is locked, for messages */
    Waiting(String what, Duration patience) {
        this.what = what;
        this.patience = patience;
    }

    /** Asks until the answer is yes; an attempt takes the time between two questions itself. */
    void until(Attempt attempt) {
        try {
            while (!attempt.succeeds()) {
                announce();
                if (Duration.ofNanos(System.nanoTime() - since).compareTo(patience) >= 0) {
                    throw tooLong(null);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooLong(e);
        }
    }

    private void announce() {
        if (!announced) {
            announced = true;
            logger.info("Another instance is migrating the database, waiting for it: {}", what);
        }
    }

    private DatabaseStartException tooLong(@Nullable InterruptedException interrupted) {
        return new DatabaseStartException(
                (interrupted == null
                                ? "Another instance has been migrating the database for more than %2$d s: %1$s is locked"
                                : "Interrupted while another instance was migrating the database: %1$s is locked")
                        .formatted(what, patience.toSeconds()),
                "Let the other instance finish, or end it, and start again. spring.flyway.lock-retry-count is how many"
                        + " seconds to wait, -1 for without end.",
                interrupted);
    }

    /** One question. */
    @FunctionalInterface
    interface Attempt {
        boolean succeeds() throws InterruptedException;
    }
}
