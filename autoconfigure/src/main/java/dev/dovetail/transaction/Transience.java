package dev.dovetail.transaction;

import dev.dovetail.engine.DatabaseError;

/** Why a unit of work that failed may succeed when it is run again. */
enum Transience {
    /** It may not. */
    NONE(0),
    /** Others were in the way: they will have gone on soon. */
    CONTENTION(Integer.MAX_VALUE),
    /** Others held a lock for as long as anybody may wait: two more such waits are enough. */
    LOCK_TIMEOUT(2),
    /** The connection was lost, and with it everything that was not committed. */
    CONNECTION(Integer.MAX_VALUE),
    /** The server cannot be written: after a failover another one can. If it is meant to be like that, it stays so. */
    FAILOVER(2);

    private final int mostRetries;

    Transience(int mostRetries) {
        this.mostRetries = mostRetries;
    }

    /** How often at most to retry because of it. */
    int mostRetries() {
        return mostRetries;
    }

    static Transience of(DatabaseError error) {
        return switch (error.code()) {
            case SERIALIZATION_FAILURE, DEADLOCK -> CONTENTION;
            case LOCK_TIMEOUT -> LOCK_TIMEOUT;
            case UNREACHABLE -> CONNECTION;
            case READ_ONLY_DATABASE -> FAILOVER;
            // Whoever waited in vain for a connection would only lengthen the queue, and an unknown outcome is no
            // failure.
            default -> NONE;
        };
    }
}
