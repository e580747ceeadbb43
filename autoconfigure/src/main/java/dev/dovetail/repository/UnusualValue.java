package dev.dovetail.repository;

import org.jspecify.annotations.Nullable;

/**
 * What a column has that is neither NULL nor a value of its property: something that is read as null, or that cannot be
 * converted.
 *
 * <p>What cannot be converted fails only when its property is asked for, as with Spring Data: of two faults in one row the
 * same one is reported, and an embedded object is there though all of its properties are null.
 *
 * @param failure why it cannot be converted; null if it is read as null
 */
record UnusualValue(@Nullable RuntimeException failure) {

    static final UnusualValue NOTHING = new UnusualValue(null);

    /** Null, unless it cannot be converted. */
    @Nullable
    Object get() {
        if (failure != null) {
            throw failure;
        }
        return null;
    }
}
