package dev.dovetail.transaction;

import dev.dovetail.engine.SqlDialect;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Messages that are stored in the same transaction as the data they tell of, and delivered after its commit by an
 * {@link OutboxHandler}: neither is there without the other. Safe for use by several threads.
 */
public final class Outbox {

    private static final Pattern TOPIC = Pattern.compile("\\S{1,200}");

    private final JdbcOperations jdbc;
    private final PayloadFormat format;
    private final Runnable afterCommit;
    private final String insertion;

    /** @param afterCommit called when there is something to deliver */
    public Outbox(JdbcOperations jdbc, SqlDialect sql, PayloadFormat format, Runnable afterCommit) {
        this.jdbc = jdbc;
        this.format = format;
        this.afterCommit = afterCommit;
        this.insertion =
                "INSERT INTO dovetail_outbox (message_id, topic, payload, created_at, attempts, next_attempt_at)"
                        + " VALUES (?, ?, ?, " + sql.currentMillis() + ", 0, 0)";
    }

    /**
     * Stores a message with what else the transaction stores.
     *
     * @param payload a text, or an object that is stored as JSON
     * @return its id, which is the same for every delivery
     * @throws IllegalTransactionStateException outside a transaction
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
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalTransactionStateException(
                    "A message is stored in the transaction of the data it tells of, and there is none: use @Transactional or"
                            + " database.inTransaction");
        }
        if (!TOPIC.matcher(topic).matches()) {
            throw new IllegalArgumentException("A topic has 1 to 200 characters and no white space");
        }
        jdbc.update(insertion, id, topic, format.write(payload));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                afterCommit.run();
            }
        });
    }
}
