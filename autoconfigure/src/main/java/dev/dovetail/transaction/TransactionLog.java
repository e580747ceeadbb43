package dev.dovetail.transaction;

import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One line for each transaction that took too long, or that an error of the database kept from being committed. */
final class TransactionLog {

    private static final Logger log = LoggerFactory.getLogger(TransactionJournal.class);

    private final Duration slow;
    private final Function<SQLException, Optional<DatabaseError>> describing;

    /**
     * @param slow from which duration on a transaction takes too long; zero for never
     * @param describing what an error means
     */
    TransactionLog(Duration slow, Function<SQLException, Optional<DatabaseError>> describing) {
        if (slow.isNegative()) {
            throw new IllegalArgumentException("dovetail.transaction.slow-threshold must be 0, for never, or longer");
        }
        this.slow = slow;
        this.describing = describing;
    }

    Duration slowThreshold() {
        return slow;
    }

    void ended(RunningTransaction running, boolean committed, long now) {
        boolean tooLong = !slow.isZero() && running.elapsed(now).compareTo(slow) >= 0;
        ErrorCode code = committed ? null : codeOf(running.failure());
        Level level = tooLong ? Level.WARN : level(code);
        if (level != null && log.isEnabledForLevel(level)) {
            log.atLevel(level)
                    .log(
                            "{}, {}: {}",
                            tooLong ? "Slow transaction" : "Transaction",
                            outcome(committed, code),
                            running.context(now).summary());
        }
    }

    /** Whether the connection was lost while the transaction was committed. */
    boolean isOutcomeUnknown(RunningTransaction running) {
        return codeOf(running.failure()) == ErrorCode.OUTCOME_UNKNOWN;
    }

    void notObserved(RuntimeException failure) {
        log.warn("A transaction could not be observed, and goes on without", failure);
    }

    private @Nullable ErrorCode codeOf(@Nullable SQLException failure) {
        return failure == null
                ? null
                : describing.apply(failure).map(DatabaseError::code).orElse(null);
    }

    // What may be run again, and what was wrong with what was asked, is not for those who look after the application.
    private static @Nullable Level level(@Nullable ErrorCode code) {
        if (code == null) {
            return null;
        }
        return code.httpStatus() < 500 || code.retryable() ? Level.DEBUG : Level.WARN;
    }

    private static String outcome(boolean committed, @Nullable ErrorCode code) {
        if (committed) {
            return "committed";
        }
        return code == null ? "rolled back" : "failed with " + code;
    }
}
