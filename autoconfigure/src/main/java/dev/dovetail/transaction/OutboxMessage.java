package dev.dovetail.transaction;

import java.time.Instant;

/**
 * A message that was stored with the data it tells of.
 *
 * @param id the same for every delivery of it: whoever has seen it before leaves it out
 * @param topic what it is about
 * @param payload as it was stored
 * @param created when it was stored, by the database's clock
 * @param attempt how often it is delivered, this time included
 */
public record OutboxMessage(String id, String topic, String payload, Instant created, int attempt) {}
