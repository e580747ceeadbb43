package dev.dovetail.transaction;

import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Undoes the steps of sagas, each in a transaction of its own. Safe for use by several threads and several instances. */
final class SagaCompensation {

    private static final Logger log = LoggerFactory.getLogger(SagaCompensation.class);

    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final int LARGEST_DELAY_EXPONENT = 8;

    private final Transactions transactions;
    private final Supplier<SagaStore> stores;

    SagaCompensation(Transactions transactions, Supplier<SagaStore> stores) {
        this.transactions = transactions;
        this.stores = stores;
    }

    static TransactionOptions named(Saga<?> saga, SagaStep<?> step) {
        return TransactionOptions.named("saga " + saga.name() + "/" + step.name());
    }

    /**
     * Undoes the step that was begun and those that were done, the last one first.
     *
     * @return whether all of them are undone; if not, that is stored and logged
     */
    <P> boolean undo(Saga<P> saga, P payload, SagaRecord from) {
        SagaRecord undoing = from.in(SagaState.COMPENSATING);
        try {
            keep(from, undoing);
            for (String step = undoing.latest(); step != null; step = undoing.latest()) {
                undoing = undone(saga, payload, undoing, step);
            }
            keep(undoing, undoing.in(SagaState.COMPENSATED));
            return true;
        } catch (Throwable failure) {
            postponed(undoing, failure);
            return false;
        }
    }

    private void keep(SagaRecord before, SagaRecord after) {
        transactions.run(TransactionOptions.named("saga " + before.name()), transaction -> {
            stores.get().keep(before, after);
            return after;
        });
    }

    private <P> SagaRecord undone(Saga<P> saga, P payload, SagaRecord before, String name) throws Exception {
        SagaStep<P> step = saga.step(name);
        if (step == null) {
            throw new IllegalStateException(
                    "Saga '%s' (%s) did a step '%s' that it does not have any more: define it again to undo it"
                            .formatted(saga.name(), before.id(), name));
        }
        return transactions.<SagaRecord, Exception>run(named(saga, step), transaction -> {
            SagaContext<P> context = new SagaContext<>(before, payload, before.begun() == null);
            if (step.compensation() != null) {
                step.compensation().run(context);
            }
            SagaRecord after = before.withoutLatest(context.notes());
            stores.get().keep(before, after);
            return after;
        });
    }

    /** Leaves the saga to whoever comes first after a while that grows with each time. */
    void postponed(SagaRecord saga, Throwable failure) {
        int exponent = Math.min(saga.attempts(), LARGEST_DELAY_EXPONENT);
        Duration delay = FIRST_DELAY.multipliedBy(1L << exponent);
        log.error(
                "Saga '{}' ({}) could not be undone, attempt {}; steps that are still done: {}, and begun: {}. An instance that has"
                        + " this saga as a bean tries it again in {} s or later.",
                saga.name(),
                saga.id(),
                saga.attempts() + 1,
                saga.completed(),
                saga.begun(),
                delay.toSeconds(),
                failure);
        // Whoever was interrupted did so for good reason; that the saga waits is stored all the same.
        boolean interrupted = Thread.interrupted();
        try {
            transactions.run(TransactionOptions.named("saga " + saga.name()), transaction -> {
                stores.get().postpone(saga, failure, delay);
                return saga;
            });
        } catch (RuntimeException e) {
            // Whoever owned it does so no longer, or its time will come without a word.
            log.debug("Saga '{}' ({}) could not be postponed", saga.name(), saga.id(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
