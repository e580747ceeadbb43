package dev.dovetail.sample.registry;

import org.springframework.dao.OptimisticLockingFailureException;

/** The change is based on a version that is no longer the current one. */
public final class OutdatedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long current;

    OutdatedException(long current, OptimisticLockingFailureException cause) {
        super("It was changed by another request; its version is %d.".formatted(current), cause);
        this.current = current;
    }

    /** The version there is now. */
    public long current() {
        return current;
    }
}
