package dev.dovetail.transaction;

import dev.dovetail.datasource.CommitOutcomeUnknownException;
import dev.dovetail.datasource.DatabaseExceptionTranslator;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.SqlDialect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.function.SingletonSupplier;

/** Does the steps of sagas, and undoes them. Safe for use by several threads and several instances. */
public final class SagaRunner {

    private static final Logger log = LoggerFactory.getLogger(SagaRunner.class);

    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final int LARGEST_DELAY_EXPONENT = 8;

    private final Transactions transactions;
    // An engine whose clock cannot be asked has no sagas, and everything else.
    private final Supplier<SagaStore> stores;
    private final PayloadFormat format;

    /** @param ownership how long a step may take before another instance takes the saga over */
    public SagaRunner(
            Transactions transactions, JdbcOperations jdbc, SqlDialect sql, PayloadFormat format, Duration ownership) {
        this.transactions = transactions;
        this.stores = SingletonSupplier.of(() -> new SagaStore(jdbc, sql, ownership));
        this.format = format;
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
        SagaRecord running = stores.get().create(UUID.randomUUID().toString(), saga.name(), format.write(payload));
        for (SagaStep<P> step : saga.steps()) {
            try {
                running = done(saga, payload, running, step);
            } catch (Exception failure) {
                boolean compensated = undo(saga, payload, running);
                throw new SagaFailedException(saga.name(), running.id(), step.name(), compensated, failure);
            }
        }
        if (saga.steps().isEmpty()) {
            stores.get().keep(running, in(running, SagaState.COMPLETED));
        }
        return running.id();
    }

    private <P> SagaRecord done(Saga<P> saga, P payload, SagaRecord before, SagaStep<P> step) throws Exception {
        try {
            return transactions.<SagaRecord, Exception>run(named(saga, step), transaction -> {
                SagaContext<P> context = new SagaContext<>(before.id(), payload, before.notes());
                step.action().run(context);
                List<String> completed = new ArrayList<>(before.completed());
                completed.add(step.name());
                boolean last = completed.size() == saga.steps().size();
                SagaRecord after = with(before, last ? SagaState.COMPLETED : SagaState.RUNNING, completed, context);
                stores.get().keep(before, after);
                return after;
            });
        } catch (CommitOutcomeUnknownException e) {
            // Step and record were committed together, so that the one tells of the other.
            return stores.get()
                    .find(before.id())
                    .filter(stored -> stored.completed().contains(step.name()))
                    .orElseThrow(() -> e);
        }
    }

    private static TransactionOptions named(Saga<?> saga, SagaStep<?> step) {
        return TransactionOptions.named("saga " + saga.name() + "/" + step.name());
    }

    private static SagaRecord with(SagaRecord saga, SagaState state, List<String> completed, SagaContext<?> context) {
        return new SagaRecord(
                saga.id(),
                saga.name(),
                state,
                saga.payload(),
                context.notes(),
                List.copyOf(completed),
                saga.token(),
                saga.attempts());
    }

    private static SagaRecord in(SagaRecord saga, SagaState state) {
        return new SagaRecord(
                saga.id(),
                saga.name(),
                state,
                saga.payload(),
                saga.notes(),
                saga.completed(),
                saga.token(),
                saga.attempts());
    }

    /** Undoes the steps that were done, the last one first; returns whether all of them are undone. */
    private <P> boolean undo(Saga<P> saga, P payload, SagaRecord from) {
        SagaRecord undoing = in(from, SagaState.COMPENSATING);
        try {
            stores.get().keep(from, undoing);
            while (!undoing.completed().isEmpty()) {
                undoing = undone(saga, payload, undoing);
            }
            stores.get().keep(undoing, in(undoing, SagaState.COMPENSATED));
            return true;
        } catch (Exception failure) {
            postponed(undoing, failure);
            return false;
        }
    }

    private <P> SagaRecord undone(Saga<P> saga, P payload, SagaRecord before) throws Exception {
        String name = before.completed().get(before.completed().size() - 1);
        SagaStep<P> step = saga.step(name);
        if (step == null) {
            throw new IllegalStateException(
                    "Saga '%s' (%s) did a step '%s' that it does not have any more: define it again to undo it"
                            .formatted(saga.name(), before.id(), name));
        }
        List<String> left = before.completed().subList(0, before.completed().size() - 1);
        return transactions.<SagaRecord, Exception>run(named(saga, step), transaction -> {
            SagaContext<P> context = new SagaContext<>(before.id(), payload, before.notes());
            if (step.compensation() != null) {
                step.compensation().run(context);
            }
            SagaRecord after = with(before, SagaState.COMPENSATING, left, context);
            stores.get().keep(before, after);
            return after;
        });
    }

    private void postponed(SagaRecord saga, Exception failure) {
        int exponent = Math.min(saga.attempts(), LARGEST_DELAY_EXPONENT);
        Duration delay = FIRST_DELAY.multipliedBy(1L << exponent);
        log.error(
                "Saga '{}' ({}) could not be undone, attempt {}; steps that are still done: {}. It is tried again in {} s or"
                        + " later.",
                saga.name(),
                saga.id(),
                saga.attempts() + 1,
                saga.completed(),
                delay.toSeconds(),
                failure);
        try {
            stores.get().postpone(saga, failure, delay);
        } catch (RuntimeException e) {
            // Whoever owned it does so no longer, or its time will come without a word.
            log.debug("Saga '{}' ({}) could not be postponed", saga.name(), saga.id(), e);
        }
    }

    Optional<SagaState> state(String id) {
        return stores.get().find(id).map(SagaRecord::state);
    }

    /**
     * Undoes the sagas whose process has ended, or whose undoing has failed before.
     *
     * @param sagas those that are known here
     * @return how many were taken over
     */
    public int recover(List<Saga<?>> sagas) {
        List<String> names = sagas.stream().map(Saga::name).toList();
        int count = 0;
        Optional<SagaRecord> next =
                names.isEmpty() ? Optional.empty() : stores.get().takeOver(names);
        while (next.isPresent()) {
            count++;
            SagaRecord taken = next.get();
            sagas.stream()
                    .filter(saga -> saga.name().equals(taken.name()))
                    .findFirst()
                    .ifPresent(saga -> resume(saga, taken));
            next = stores.get().takeOver(names);
        }
        return count;
    }

    private <P> void resume(Saga<P> saga, SagaRecord taken) {
        log.warn(
                "Saga '{}' ({}) was left {} with these steps done: {}. They are undone now.",
                saga.name(),
                taken.id(),
                taken.state(),
                taken.completed());
        String payload = taken.payload();
        if (payload == null) {
            postponed(taken, new IllegalStateException("It has no payload"));
            return;
        }
        P restored;
        try {
            restored = format.read(payload, saga.payload());
        } catch (RuntimeException e) {
            postponed(taken, e);
            return;
        }
        undo(saga, restored, taken);
    }
}
