package dev.dovetail.transaction;

import dev.dovetail.datasource.DatabaseExceptionTranslator;
import dev.dovetail.datasource.OperationContext;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.SqlDialect;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.function.SingletonSupplier;

/** Does the steps of sagas, and undoes them. Safe for use by several threads and several instances. */
public final class SagaRunner {

    private static final Logger log = LoggerFactory.getLogger(SagaRunner.class);

    private static final TransactionOptions RECOVERY = TransactionOptions.named("saga recovery");
    private static final int PORTION = 500;

    private final Transactions transactions;
    // An engine whose clock cannot be asked has no sagas, and everything else.
    private final Supplier<SagaStore> stores;
    private final PayloadFormat format;
    private final SagaCompensation compensation;

    /** @param ownership how long a step may take before another instance takes the saga over */
    public SagaRunner(
            Transactions transactions, JdbcTemplate jdbc, SqlDialect sql, PayloadFormat format, Duration ownership) {
        this.transactions = transactions;
        this.stores = SingletonSupplier.of(() -> new SagaStore(jdbc, sql, ownership));
        this.format = format;
        this.compensation = new SagaCompensation(transactions, stores);
    }

    /** One whose payloads are texts, with default settings. */
    public static SagaRunner on(DataSource dataSource, DatabaseEngine engine, Transactions transactions) {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        jdbc.setExceptionTranslator(new DatabaseExceptionTranslator(engine));
        return new SagaRunner(transactions, jdbc, engine.sql(), PayloadFormat.TEXT, SagaSettings.DEFAULTS.ownership());
    }

    /** A saga without steps, started with a text. */
    public Saga<String> saga(String name) {
        return new Saga<>(this, name, String.class, List.of());
    }

    <P> String run(Saga<P> saga, P payload) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "Saga '%s' was started inside a transaction, which would take its steps back when it is rolled back. Start"
                                    .formatted(saga.name())
                            + " it after the commit, or send a message to the outbox whose handler starts it.");
        }
        String id = UUID.randomUUID().toString();
        String text = format.write(payload);
        TransactionOptions named = TransactionOptions.named("saga " + saga.name());
        SagaRecord running = inTransaction(named, store -> store.create(id, saga.name(), text));
        for (SagaStep<P> step : saga.steps()) {
            SagaRecord begun = running;
            try {
                begun = step.external() ? kept(named, running, running.beginning(step.name())) : running;
                running = done(saga, payload, begun, step);
            } catch (SagaOutcomeUnknownException unknown) {
                throw unknown;
            } catch (Throwable failure) {
                throw undone(saga, payload, begun, step, failure);
            }
        }
        if (saga.steps().isEmpty()) {
            kept(named, running, running.in(SagaState.COMPLETED));
        }
        return id;
    }

    private <T> T inTransaction(TransactionOptions options, Function<SagaStore, T> work) {
        return transactions.<T, RuntimeException>run(options, transaction -> work.apply(stores.get()));
    }

    private SagaRecord kept(TransactionOptions options, SagaRecord before, SagaRecord after) {
        return inTransaction(options, store -> {
            store.keep(before, after);
            return after;
        });
    }

    private <P> SagaRecord done(Saga<P> saga, P payload, SagaRecord before, SagaStep<P> step) throws Exception {
        TransactionOptions named = SagaCompensation.named(saga, step);
        try {
            return transactions.<SagaRecord, Exception>run(named, transaction -> {
                SagaContext<P> context = new SagaContext<>(before, payload, false);
                step.action().run(context);
                boolean last = before.completed().size() + 1 == saga.steps().size();
                SagaRecord after = before.after(step.name(), context.notes(), last);
                stores.get().keep(before, after);
                return after;
            });
        } catch (Exception failure) {
            // Step and record were committed together, so that the one tells of the other.
            if (TransientErrors.isUnknown(failure)) {
                SagaRecord stored = reclaimed(named, before, step.name(), failure);
                if (stored.completed().contains(step.name())) {
                    return stored;
                }
            }
            throw failure;
        }
    }

    private SagaRecord reclaimed(TransactionOptions options, SagaRecord saga, String step, Exception failure) {
        Optional<SagaRecord> stored;
        try {
            stored = inTransaction(options, store -> store.reclaim(saga));
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            stored = Optional.empty();
        }
        return stored.orElseThrow(() -> new SagaOutcomeUnknownException(saga.name(), saga.id(), step, failure));
    }

    // An interrupt would keep the steps from being undone, and waits until they are.
    private <P> SagaFailedException undone(
            Saga<P> saga, P payload, SagaRecord from, SagaStep<P> step, Throwable failure) {
        boolean interrupted = Thread.interrupted() || failure instanceof InterruptedException;
        boolean compensated = compensation.undo(saga, payload, from);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        SagaFailedException failed = new SagaFailedException(saga.name(), from.id(), step.name(), compensated, failure);
        if (failure instanceof Error error) {
            log.error(failed.getMessage());
            throw error;
        }
        return failed;
    }

    Optional<SagaState> state(String id) {
        return stores.get().find(id).map(SagaRecord::state);
    }

    /**
     * Undoes the sagas whose process has ended, or whose undoing has failed before.
     *
     * @param sagas those that are known here
     * @param goesOn asked before each saga
     * @return how many were taken over
     */
    public int recover(List<Saga<?>> sagas, BooleanSupplier goesOn) {
        List<String> names = sagas.stream().map(Saga::name).toList();
        int count = 0;
        while (!names.isEmpty() && goesOn.getAsBoolean()) {
            Optional<SagaRecord> taken = recovering(store -> store.takeOver(names));
            if (taken.isEmpty()) {
                break;
            }
            count++;
            sagas.stream()
                    .filter(saga -> saga.name().equals(taken.get().name()))
                    .findFirst()
                    .ifPresent(saga -> resume(saga, taken.get()));
        }
        return count;
    }

    private <P> void resume(Saga<P> saga, SagaRecord taken) {
        log.warn(
                "Saga '{}' ({}) was left {} with these steps done: {}, and this one begun: {}. They are undone now.",
                saga.name(),
                taken.id(),
                taken.state(),
                taken.completed(),
                taken.begun());
        try {
            compensation.undo(saga, restored(saga, taken.payload()), taken);
        } catch (RuntimeException e) {
            compensation.postponed(taken, e);
        }
    }

    private <P> P restored(Saga<P> saga, @Nullable String payload) {
        if (payload == null) {
            throw new IllegalStateException("It has no payload");
        }
        return format.read(payload, saga.payload());
    }

    /** Names of abandoned sagas that are not among these. */
    List<String> abandonedOthers(List<String> names) {
        return OperationContext.upkeep(() -> stores.get().abandonedOthers(names));
    }

    /** Removes some of the sagas that ended longer ago than this; returns whether there may be more of them. */
    boolean removesEnded(Duration retention) {
        return recovering(store -> store.removeEnded(retention, PORTION)) == PORTION;
    }

    // What undoes a step is the application's, but not what looks for it.
    private <T> T recovering(Function<SagaStore, T> work) {
        return OperationContext.upkeep(() -> inTransaction(RECOVERY, work));
    }
}
