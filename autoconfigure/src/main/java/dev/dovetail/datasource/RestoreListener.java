package dev.dovetail.datasource;

/**
 * Hears that the database was replaced by another one, and forgets what it knew of it. Called before anybody gets a connection to
 * the new one; what it throws is logged. A bean of this type is told.
 */
@FunctionalInterface
public interface RestoreListener {

    /** Nothing that was read before is true any more: rows, tables, ids. */
    void onRestore();
}
