package dev.dovetail.datasource;

import java.time.Duration;
import java.util.List;

/** Pools that give out no connections until this is closed. Whoever wants one waits, as long as for any other. */
public final class PausedPools implements AutoCloseable {

    private final List<ConnectionPool> pools;

    PausedPools(List<ConnectionPool> pools) {
        this.pools = pools;
        pools.forEach(ConnectionPool::pause);
    }

    /** Lets whoever has a connection end by himself for so long, then ends what is still open. */
    public void drain(Duration grace) {
        ConnectionPool.awaitRest(pools, grace);
        pools.forEach(ConnectionPool::disconnect);
    }

    /** Gives out new connections from now on. */
    @Override
    public void close() {
        pools.forEach(ConnectionPool::resume);
    }
}
