package dev.dovetail.transaction;

import dev.dovetail.datasource.PassiveTransactionListener;
import dev.dovetail.datasource.StatementEvent;
import dev.dovetail.datasource.StatementListener;
import dev.dovetail.engine.DatabaseError;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Knows of each transaction who it is and what it did: its id is in the log's context ({@value #MDC_KEY}) while it runs, an
 * error of a statement or of COMMIT leads to the transaction it happened in, and one that took too long, or that the database
 * failed, is logged. Safe for use by several threads.
 */
public final class TransactionJournal implements PassiveTransactionListener, StatementListener {

    /** The key under which the log's context has the id. */
    public static final String MDC_KEY = "transactionId";

    // By chance another one's is not the same; a random one for each transaction would cost more than many a
    // transaction.
    private static final String PROCESS = UUID.randomUUID().toString().substring(0, 8) + "-";

    private static final AtomicLong NUMBERS = new AtomicLong();

    // Each application has its own.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable RunningTransaction> current = new ThreadLocal<>();
    // Some transaction managers tell only afterwards why it is not known how a transaction has ended.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable RunningTransaction> unexplained = new ThreadLocal<>();
    // By identity, which is how exceptions are equal, and for as long as somebody has the error.
    private final Map<SQLException, TransactionContext> ofErrors = Collections.synchronizedMap(new WeakHashMap<>());

    private final Clock clock;
    private final TransactionLog log;
    private final List<TransactionListener> listeners;
    private final TransactionObserver observer;

    /**
     * @param clock says when a transaction began
     * @param slow from which duration on a transaction is logged; zero for never
     * @param describing what an error of the database means; asked when one has ended a transaction
     * @param listeners told of each transaction that has ended
     * @param observer follows each transaction
     * @throws IllegalArgumentException if the duration is negative
     */
    public TransactionJournal(
            Clock clock,
            Duration slow,
            Function<SQLException, Optional<DatabaseError>> describing,
            List<TransactionListener> listeners,
            TransactionObserver observer) {
        this.clock = clock;
        this.log = new TransactionLog(slow, describing);
        this.listeners = List.copyOf(listeners);
        this.observer = observer;
    }

    /** From which duration on a transaction is logged; zero for never. */
    public Duration slowThreshold() {
        return log.slowThreshold();
    }

    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable beginFailure) {
        boolean begun = beginFailure == null && transaction.isNewTransaction();
        if (begun && TransactionSynchronizationManager.isSynchronizationActive()) {
            RunningTransaction running = new RunningTransaction(
                    PROCESS + Long.toHexString(NUMBERS.incrementAndGet()),
                    transaction,
                    clock.instant(),
                    System.nanoTime());
            Following following = new Following(running);
            // Of every end, and of a suspension, only a synchronization is told.
            TransactionSynchronizationManager.registerSynchronization(following);
            following.enter();
            following.observed = observed(transaction);
        }
    }

    // It has begun already, and whoever began it would not learn that it has to end it.
    private Consumer<TransactionOutcome> observed(TransactionExecution transaction) {
        try {
            return observer.onBegin(transaction.getTransactionName(), transaction.isReadOnly());
        } catch (RuntimeException e) {
            log.notObserved(e);
            return outcome -> {};
        }
    }

    @Override
    public void afterCommit(TransactionExecution transaction, @Nullable Throwable commitFailure) {
        explained(transaction, commitFailure);
    }

    @Override
    public void afterRollback(TransactionExecution transaction, @Nullable Throwable rollbackFailure) {
        explained(transaction, rollbackFailure);
    }

    private void explained(TransactionExecution transaction, @Nullable Throwable failure) {
        RunningTransaction ended = failure == null ? null : unexplained.get();
        if (ended != null) {
            unexplained.remove();
            SQLException error = sqlException(failure);
            if (error != null && ended.isOf(transaction)) {
                failed(ended, error);
                log.ended(ended, false, System.nanoTime());
            }
        }
    }

    private static @Nullable SQLException sqlException(@Nullable Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLException error) {
                return error;
            }
        }
        return null;
    }

    private void failed(RunningTransaction running, SQLException error) {
        long now = System.nanoTime();
        running.failed(error, now);
        ofErrors.putIfAbsent(error, running.context(now));
    }

    private void ended(RunningTransaction running, int status) {
        long now = System.nanoTime();
        boolean committed = status == TransactionSynchronization.STATUS_COMMITTED;
        if (isUnexplained(running, status)) {
            unexplained.set(running);
        } else {
            log.ended(running, committed, now);
        }
        Duration duration = running.elapsed(now);
        listeners.forEach(each -> each.onTransaction(duration, committed));
    }

    private static boolean isUnexplained(RunningTransaction running, int status) {
        return status == TransactionSynchronization.STATUS_UNKNOWN && running.failure() == null;
    }

    private TransactionOutcome outcome(RunningTransaction running, int status) {
        if (status == TransactionSynchronization.STATUS_COMMITTED) {
            return TransactionOutcome.COMMIT;
        }
        return isUnexplained(running, status) || log.isOutcomeUnknown(running)
                ? TransactionOutcome.UNKNOWN
                : TransactionOutcome.ROLLBACK;
    }

    private final class Following implements TransactionSynchronization {

        private final RunningTransaction running;
        private Consumer<TransactionOutcome> observed = outcome -> {};
        private @Nullable String idBefore;

        Following(RunningTransaction running) {
            this.running = running;
        }

        // The application may use the same key.
        void enter() {
            current.set(running);
            idBefore = MDC.get(MDC_KEY);
            MDC.put(MDC_KEY, running.id());
        }

        private void leave() {
            current.remove();
            if (idBefore == null) {
                MDC.remove(MDC_KEY);
            } else {
                MDC.put(MDC_KEY, idBefore);
            }
        }

        @Override
        public void suspend() {
            leave();
        }

        @Override
        public void resume() {
            enter();
        }

        @Override
        public void afterCompletion(int status) {
            try {
                ended(running, status);
            } finally {
                stopObserving(status);
            }
        }

        // After the log, whose lines then have what the observation brings into the log's context.
        private void stopObserving(int status) {
            try {
                observed.accept(outcome(running, status));
            } finally {
                leave();
            }
        }
    }

    @Override
    public void onStatement(StatementEvent event) {
        RunningTransaction running = current.get();
        if (running == null || !isIn(running, event)) {
            return;
        }
        running.executed(event.sql());
        SQLException error = event.error();
        if (error == null) {
            running.succeeded(event.totalNanos());
        } else {
            failed(running, error);
        }
    }

    // Those outside of transactions belong to none; but a first one that cannot be prepared never begins the one it is
    // in.
    private static boolean isIn(RunningTransaction running, StatementEvent event) {
        boolean unprepared = !event.succeeded() && event.executionNanos() == 0;
        return event.transactionId() != 0 || (unprepared && running.isUntouched());
    }

    /**
     * The same translator, which also remembers the transaction of each error that it translates: of an error of COMMIT or
     * ROLLBACK most transaction managers tell nobody else.
     */
    public SQLExceptionTranslator remembering(SQLExceptionTranslator translator) {
        return (task, sql, error) -> {
            RunningTransaction running = current.get();
            if (running != null) {
                failed(running, error);
            }
            return translator.translate(task, sql, error);
        };
    }

    /** The transaction that this thread is in; empty without one. */
    public Optional<TransactionContext> current() {
        return Optional.ofNullable(current.get()).map(running -> running.context(System.nanoTime()));
    }

    /**
     * The transaction in which an exception, or one of its causes, was thrown by a statement or by COMMIT; empty if there was
     * none.
     */
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
