package dev.dovetail.monitoring.statistics;

import org.jspecify.annotations.Nullable;

/**
 * Tells to which unit of work the current thread belongs outside of transactions: a request, for example, or a message. In a
 * web application it is the request. Must be quick and safe for use by several threads.
 */
@FunctionalInterface
public interface CurrentUnit {

    /** No unit but transactions. */
    CurrentUnit NONE = () -> null;

    /** The same object for as long as the unit lasts, and for no other unit; null outside of any. It is not held on to. */
    @Nullable
    Object current();
}
