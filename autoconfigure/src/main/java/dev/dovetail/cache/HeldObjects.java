package dev.dovetail.cache;

/**
 * What the current thread has read before, and is given again in place of what the database says now: JPA's persistence context.
 * Must be safe for use by several threads.
 */
@FunctionalInterface
public interface HeldObjects {

    /** Whether there are any. */
    boolean areThere();
}
