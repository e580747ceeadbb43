package dev.dovetail.engine;

import java.time.Duration;

/**
 * How one pool holds its connections.
 *
 * @param name under which it appears in meters, health and messages
 * @param size how many connections it holds at most
 * @param fixed whether {@code size} is part of the engine's design, so that no property may change it
 * @param connectionTimeout how long a caller waits for a free connection
 * @param maxLifetime after which a connection is replaced; zero for never
 * @param keepalive how often an idle connection is checked; zero for never
 */
public record PoolSettings(
        String name, int size, boolean fixed, Duration connectionTimeout, Duration maxLifetime, Duration keepalive) {}
