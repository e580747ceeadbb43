package dev.dovetail.transaction;

/**
 * Delivers messages of the outbox, for example to a broker. A bean of this type gets them after the commit of the transaction that
 * stored them, one after the other in the order in which they were stored, at least once each, from one instance at a time.
 */
@FunctionalInterface
public interface OutboxHandler {

    /**
     * Delivers a message. If it throws, the message is delivered again later, and others meanwhile.
     *
     * @throws Exception if it could not be delivered
     */
    void handle(OutboxMessage message) throws Exception;

    /** Whether messages of this topic are for this handler. */
    default boolean handles(String topic) {
        return true;
    }
}
