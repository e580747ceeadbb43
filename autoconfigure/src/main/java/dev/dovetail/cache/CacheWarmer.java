package dev.dovetail.cache;

/**
 * Reads what is soon to be read, so that it is there already. Beans of this type are called when the application is ready. One
 * that fails is logged, and stops nothing.
 */
@FunctionalInterface
public interface CacheWarmer {

    /** Calls what is cached. */
    void warm() throws Exception;
}
