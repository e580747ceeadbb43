package dev.dovetail.transaction;

import dev.dovetail.engine.SqlDialect;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.function.SingletonSupplier;

/**
 * Messages that are stored in the same transaction as the data they tell of, and delivered after its commit by an
 * {@link OutboxHandler}: neither is there without the other. Safe for use by several threads.
 */
public final class Outbox {

    private static final Pattern TOPIC = Pattern.compile("\\S{1,200}");

    private final JdbcTemplate jdbc;
    // An engine whose clock cannot be asked has no outbox, and everything else.
    private final Supplier<OutboxTable> tables;
    private final PayloadFormat format;
    private final Runnable afterCommit;

    /** @param afterCommit called when there is something to deliver */
    public Outbox(JdbcTemplate jdbc, SqlDialect sql, PayloadFormat format, Runnable afterCommit) {
        this.jdbc = jdbc;
        this.tables = SingletonSupplier.of(() -> new OutboxTable(jdbc, sql));
        this.format = format;
        this.afterCommit = afterCommit;
    }

    /**
     * Stores a message with what else the transaction stores.
     *
     * @param payload a text, or an object that is stored as JSON
     * @return its id, which is the same for every delivery
     * @throws IllegalTransactionStateException outside a transaction of the data source
     */
    public String send(String topic, Object payload) {
        String id = UUID.randomUUID().toString();
        send(id, topic, payload);
        return id;
    }

    /**
     * Stores a message under an id of the caller's, by which its receiver knows a repetition.
     *
     * @throws org.springframework.dao.DuplicateKeyException if one of this id is waiting to be delivered
     */
    public void send(String id, String topic, Object payload) {
        if (!OwnTransaction.isActiveOn(jdbc)) {
            throw new IllegalTransactionStateException(
                    "A message is stored in the transaction of the data it tells of, and there is none on this data source: use"
                            + " @Transactional or database.inTransaction, and where there are several transaction managers the"
                            + " one of this data source");
        }
        if (!TOPIC.matcher(topic).matches()) {
            throw new IllegalArgumentException("A topic has 1 to 200 characters and no white space");
        }
        tables.get().insert(id, topic, format.write(payload));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                afterCommit.run();
            }
        });
    }
}
