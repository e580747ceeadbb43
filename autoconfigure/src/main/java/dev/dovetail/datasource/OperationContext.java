package dev.dovetail.datasource;

import java.sql.SQLException;
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

    /** Work of the layer itself. */
    @FunctionalInterface
    public interface OwnWork<T> {

        /** Does it. */
        T run() throws SQLException;
    }

    /** Does something that the layer does for itself. */
    public static <T> T own(OwnWork<T> work) throws SQLException {
        return as(OWN, work);
    }

    /** Asks how the database is. */
    public static <T> T health(OwnWork<T> work) throws SQLException {
        return as(HEALTH, work);
    }

    private static <T> T as(String operation, OwnWork<T> work) throws SQLException {
        String before = replace(operation);
        try {
            return work.run();
        } finally {
            replace(before);
        }
    }
}
