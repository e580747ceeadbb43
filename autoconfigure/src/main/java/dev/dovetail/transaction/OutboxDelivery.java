package dev.dovetail.transaction;

import dev.dovetail.coordination.HeldLease;
import dev.dovetail.coordination.Leases;
import dev.dovetail.coordination.Rounds;
import dev.dovetail.datasource.OperationContext;
import dev.dovetail.engine.SqlDialect;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Delivers what is in the outbox, while this instance has the right to: one at a time has it, takes it when there is something to
 * deliver, and gives it back when a round finds nothing. Used by one thread.
 *
 * <p>A message is removed after its handler has returned: if the process ends in between, it is delivered again.
 */
public final class OutboxDelivery implements Rounds.Round {

    private static final Logger log = LoggerFactory.getLogger(OutboxDelivery.class);

    private static final String LEASE = "outbox";
    private static final int LARGEST_DELAY_EXPONENT = 30;
    private static final int MOST_TOPICS_TOLD = 1000;

    private record Handling(OutboxMessage message, long since) {}

    private final OutboxTable table;
    private final Transactions transactions;
    private final Leases leases;
    private final List<OutboxHandler> handlers;
    private final OutboxSettings settings;
    private final Set<String> topicsOfNobody = new HashSet<>();
    private @Nullable HeldLease lease;
    // The thread that renews the lease looks at it, too.
    private volatile @Nullable Handling handling;
    private @Nullable String slowest;

    /**
     * @param transactions on the data source of {@code jdbc}
     * @param handlers of those that handle a message's topic the first one gets it
     */
    public OutboxDelivery(
            JdbcOperations jdbc,
            Transactions transactions,
            SqlDialect sql,
            Leases leases,
            List<OutboxHandler> handlers,
            OutboxSettings settings) {
        this.table = new OutboxTable(jdbc, sql);
        this.transactions = transactions;
        this.leases = leases;
        this.handlers = List.copyOf(handlers);
        this.settings = settings;
    }

    @Override
    public void run(BooleanSupplier goesOn) {
        deliver(goesOn);
    }

    /** Gives back the right to deliver. */
    @Override
    public void end() {
        HeldLease held = lease;
        lease = null;
        if (held != null) {
            held.close();
        }
    }

    /**
     * Delivers what is due.
     *
     * @param goesOn asked before each message
     * @return how many messages that were, none if another instance delivers
     */
    public int deliver(BooleanSupplier goesOn) {
        List<Long> due = due();
        if (due.isEmpty()) {
            end();
            return 0;
        }
        if (!holds()) {
            if (!acquires()) {
                return 0;
            }
            // Whoever had the right may have delivered these meanwhile.
            due = due();
        }
        int delivered = 0;
        while (!due.isEmpty()) {
            for (Long number : due) {
                if (!goesOn.getAsBoolean() || !holds()) {
                    return delivered;
                }
                delivered += deliver(number) ? 1 : 0;
            }
            due = due();
        }
        return delivered;
    }

    private List<Long> due() {
        return OperationContext.upkeep(
                () -> table.due(settings.batchSize(), settings.maxDelay().multipliedBy(2)));
    }

    private boolean holds() {
        return lease != null && lease.isHeld();
    }

    private boolean acquires() {
        end();
        lease = leases.hold(LEASE, settings.ownership(), this::complain).orElse(null);
        return lease != null;
    }

    private boolean deliver(long number) {
        Optional<OutboxMessage> found = OperationContext.upkeep(() -> table.find(number));
        if (found.isEmpty()) {
            return false;
        }
        OutboxMessage message = found.get();
        try {
            OutboxHandler handler = handlerOf(message.topic());
            if (handler == null) {
                putOff(number, message);
                return false;
            }
            handling = new Handling(message, System.nanoTime());
            handler.handle(message);
        } catch (Throwable e) {
            failed(number, message, e);
            return false;
        } finally {
            handling = null;
        }
        write("outbox, delivered", () -> table.remove(number, message.id()));
        return true;
    }

    private @Nullable OutboxHandler handlerOf(String topic) {
        return handlers.stream().filter(each -> each.handles(topic)).findFirst().orElse(null);
    }

    // Another version of the application may have a handler for it.
    private void putOff(long number, OutboxMessage message) {
        if (topicsOfNobody.size() < MOST_TOPICS_TOLD && topicsOfNobody.add(message.topic())) {
            log.warn(
                    "No OutboxHandler bean handles topic '{}': its messages wait, the first of them is {}",
                    message.topic(),
                    message.id());
        }
        write("outbox, put off", () -> table.delay(number, message.id(), settings.maxDelay()));
    }

    private void failed(long number, OutboxMessage message, Throwable failure) {
        Duration delay = delay(message.attempt());
        String text = "Message {} of topic '{}' could not be delivered, attempt {}; it is tried again in {} ms";
        Object[] values = {message.id(), message.topic(), message.attempt(), delay.toMillis(), failure};
        if (failure instanceof Error) {
            log.error(text, values);
        } else if (Integer.bitCount(message.attempt()) == 1) {
            // Ever more seldom, as it is tried.
            log.warn(text, values);
        } else {
            log.debug(text, values);
        }
        write("outbox, failed", () -> table.failed(number, message.id(), failure, delay));
    }

    // What a handler has left of an interrupt would keep it from being stored what became of its message.
    private void write(String name, Runnable change) {
        Thread.interrupted();
        OperationContext.upkeep(() -> transactions.run(TransactionOptions.named(name), transaction -> {
            change.run();
            return name;
        }));
    }

    private Duration delay(int attempt) {
        double grown = settings.firstDelay().toMillis() * Math.pow(2, Math.min(attempt - 1, LARGEST_DELAY_EXPONENT));
        return Duration.ofMillis(
                (long) Math.min(grown, (double) settings.maxDelay().toMillis()));
    }

    private void complain() {
        Handling current = handling;
        if (current == null || current.message.id().equals(slowest)) {
            return;
        }
        long taken = System.nanoTime() - current.since;
        if (taken > settings.ownership().toNanos()) {
            slowest = current.message.id();
            log.warn(
                    "Handling message {} of topic '{}' has taken {} s so far, and no other message is delivered meanwhile: give"
                            + " whatever the handler waits for a time limit",
                    current.message.id(),
                    current.message.topic(),
                    Duration.ofNanos(taken).toSeconds());
        }
    }
}
