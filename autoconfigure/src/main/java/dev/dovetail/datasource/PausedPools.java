package dev.dovetail.datasource;

import java.time.Duration;
import java.util.List;

/** Pools that give out no connections until this is closed. Whoever wants one waits, as long as for any other. */
public final class PausedPools implements AutoCloseable {

    private final List<ConnectionPool> pools;

    private PausedPools(List<ConnectionPool> pools) {
        this.pools = pools;
    }

    static PausedPools of(List<ConnectionPool> pools, Duration grace) {
        PausedPools paused = new PausedPools(pools);
        pools.forEach(ConnectionPool::pause);
        ConnectionPool.awaitRest(pools, grace);
        pools.forEach(ConnectionPool::disconnect);
        return paused;
    }

    /** Gives out new connections from now on. */
    @Override
    public void close() {
        pools.forEach(ConnectionPool::resume);
    }
}
