package dev.dovetail.datasource;

import org.jspecify.annotations.Nullable;

/**
 * What this thread is doing with the database, in words of the application: a repository's method, such as
 * {@code OrderRepository.findByCustomer}, or the name of a query. Statements are told with it. Belongs to the thread.
 */
public final class OperationContext {

    /** The operation of what the layer executes for itself, such as reading the schema. */
    public static final String OWN = "Dovetail";

    /** The operation of what the layer asks to know how the database is: no work of the application, and not counted as such. */
    public static final String HEALTH = "Dovetail health";

    /** The operation of what the layer does beside the application, such as looking for messages to deliver: not counted either. */
    public static final String UPKEEP = "Dovetail upkeep";

    private static final ThreadLocal<@Nullable String> CURRENT = new ThreadLocal<>();

    private OperationContext() {}

    /** What is being done; null if nobody said so. */
    public static @Nullable String current() {
        return CURRENT.get();
    }

    /**
     * Says what is done from now on. Whoever calls it puts back, in a {@code finally}, what it returned.
     *
     * @param operation never with a value in it; null for nothing
     * @return what was being done before
     */
    public static @Nullable String replace(@Nullable String operation) {
        String before = CURRENT.get();
        CURRENT.set(operation);
        return before;
    }

    static boolean isBesideApplication(@Nullable String operation) {
        return HEALTH.equals(operation) || UPKEEP.equals(operation);
    }

    /**
     * Work of the layer itself.
     *
     * @param <E> what it may fail with
     */
    @FunctionalInterface
    public interface OwnWork<T extends @Nullable Object, E extends Exception> {

        /** Does it. */
        T run() throws E;
    }

    /** Does something that the layer does for itself; what is beside the application stays so. */
    public static <T extends @Nullable Object, E extends Exception> T own(OwnWork<T, E> work) throws E {
        return isBesideApplication(current()) ? work.run() : as(OWN, work);
    }

    /** Asks how the database is. */
    public static <T extends @Nullable Object, E extends Exception> T health(OwnWork<T, E> work) throws E {
        return as(HEALTH, work);
    }

    /** Does something beside the application. */
    public static <T extends @Nullable Object, E extends Exception> T upkeep(OwnWork<T, E> work) throws E {
        return as(UPKEEP, work);
    }

    private static <T extends @Nullable Object, E extends Exception> T as(String operation, OwnWork<T, E> work)
            throws E {
        String before = replace(operation);
        try {
            return work.run();
        } finally {
            replace(before);
        }
    }
}
