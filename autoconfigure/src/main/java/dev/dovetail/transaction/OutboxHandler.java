package dev.dovetail.transaction;

/**
 * Delivers messages of the outbox, for example to a broker. A bean of this type gets them after the commit of the transaction that
 * stored them, one after the other, at least once each, from one instance at a time.
 *
 * <p>Messages of one transaction come in the order in which it stored them, and those of different transactions about in the order
 * of their commits; but one whose delivery failed comes later than others. No other message is delivered while one is handled, so
 * whatever a handler waits for needs a time limit.
 */
@FunctionalInterface
public interface OutboxHandler {

    /**
     * Delivers a message. If it throws, the message is delivered again later, and others meanwhile. When the application ends, a
     * handler has five seconds before it is interrupted.
     *
     * @throws Exception if it could not be delivered
     */
    void handle(OutboxMessage message) throws Exception;

    /**
     * Whether messages of this topic are for this handler. Of several that say so the first one by {@code @Order} gets them; those
     * that are for none wait.
     */
    default boolean handles(String topic) {
        return true;
    }
}
