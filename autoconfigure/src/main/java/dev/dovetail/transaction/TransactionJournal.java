package dev.dovetail.transaction;

import dev.dovetail.datasource.PassiveTransactionListener;
import dev.dovetail.datasource.StatementEvent;
import dev.dovetail.datasource.StatementListener;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ConcurrentReferenceHashMap;

/**
 * Knows of each transaction who it is and what it did: its id is in the log's context ({@value #MDC_KEY}) while it runs, an
 * error of a statement leads to the transaction it happened in, and one that took too long is logged. Safe for use by several
 * threads.
 */
public final class TransactionJournal implements PassiveTransactionListener, StatementListener {

    /** The key under which the log's context has the id. */
    public static final String MDC_KEY = "transactionId";

    private static final Logger log = LoggerFactory.getLogger(TransactionJournal.class);

    // By chance another one's is not the same; a random one for each transaction would cost more than many a
    // transaction.
    private static final String PROCESS = UUID.randomUUID().toString().substring(0, 8) + "-";

    private static final AtomicLong NUMBERS = new AtomicLong();

    // Each application has its own.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable RunningTransaction> current = new ThreadLocal<>();
    // By identity and weakly: an error is asked about soon after it was thrown, if at all.
    private final Map<SQLException, TransactionContext> ofErrors =
            new ConcurrentReferenceHashMap<>(16, ConcurrentReferenceHashMap.ReferenceType.WEAK);

    private final Clock clock;
    private final Duration slow;
    private final List<TransactionListener> listeners;

    /**
     * @param clock says when a transaction began
     * @param slow from which duration on a transaction is logged; zero for never
     * @param listeners told of each transaction that has ended
     */
    public TransactionJournal(Clock clock, Duration slow, List<TransactionListener> listeners) {
        this.clock = clock;
        this.slow = slow;
        this.listeners = List.copyOf(listeners);
    }

    /** From which duration on a transaction is logged; zero for never. */
    public Duration slowThreshold() {
        return slow;
    }

    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable beginFailure) {
        boolean begun = beginFailure == null && transaction.isNewTransaction();
        if (begun && TransactionSynchronizationManager.isSynchronizationActive()) {
            RunningTransaction running = new RunningTransaction(
                    PROCESS + Long.toHexString(NUMBERS.incrementAndGet()),
                    transaction.getTransactionName(),
                    transaction.isReadOnly(),
                    clock.instant(),
                    System.nanoTime());
            // Of every end, and of a suspension, only a synchronization is told.
            TransactionSynchronizationManager.registerSynchronization(new Following(running));
            enter(running);
        }
    }

    private void enter(RunningTransaction running) {
        current.set(running);
        MDC.put(MDC_KEY, running.id());
    }

    private void leave() {
        current.remove();
        MDC.remove(MDC_KEY);
    }

    private void ended(RunningTransaction running, boolean committed) {
        long now = System.nanoTime();
        Duration duration = running.elapsed(now);
        listeners.forEach(each -> each.onTransaction(duration, committed));
        if (!slow.isZero() && duration.compareTo(slow) >= 0) {
            log.warn(
                    "Slow transaction, {}: {}",
                    committed ? "committed" : "rolled back",
                    running.context(now).summary());
        }
    }

    private final class Following implements TransactionSynchronization {

        private final RunningTransaction running;

        Following(RunningTransaction running) {
            this.running = running;
        }

        @Override
        public void suspend() {
            leave();
        }

        @Override
        public void resume() {
            enter(running);
        }

        @Override
        public void afterCompletion(int status) {
            try {
                ended(running, status == STATUS_COMMITTED);
            } finally {
                leave();
            }
        }
    }

    /** Those outside of transactions belong to none. */
    @Override
    public void onStatement(StatementEvent event) {
        RunningTransaction running = current.get();
        if (running == null || event.transactionId() == 0) {
            return;
        }
        running.executed(event.sql());
        SQLException error = event.error();
        if (error != null) {
            ofErrors.put(error, running.context(System.nanoTime()));
        }
    }

    /** The transaction that this thread is in; empty without one. */
    public Optional<TransactionContext> current() {
        return Optional.ofNullable(current.get()).map(running -> running.context(System.nanoTime()));
    }

    /** The transaction in which an exception, or one of its causes, was thrown by a statement; empty if there was none. */
    public Optional<TransactionContext> of(Throwable exception) {
        for (Throwable each = exception; each != null; each = each.getCause()) {
            TransactionContext context = each instanceof SQLException error ? ofErrors.get(error) : null;
            if (context != null) {
                return Optional.of(context);
            }
        }
        return Optional.empty();
    }
}
