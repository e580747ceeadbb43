package dev.dovetail.datasource;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says which row the statement changes that the current thread executes next, where whoever executes it knows: then only what
 * was read of that row is not current any more, and not what was read of other rows by their ids.
 */
public final class KnownRow {

    private static final ThreadLocal<@Nullable Object> NEXT = new ThreadLocal<>();

    private KnownRow() {}

    /**
     * Whether two ids of this class are equal if and only if the database takes them for the same: not so for texts, of which a
     * collation may say that they are the same although their letters differ.
     */
    public static boolean isIdentifying(Object id) {
        return id instanceof Long || id instanceof Integer || id instanceof Short || id instanceof UUID;
    }

    /** The statement that is executed next changes the row with this id, and no other. */
    public static void isChangedNext(Object id) {
        if (isIdentifying(id)) {
            NEXT.set(id);
        }
    }

    /** Nothing is known of the statement that is executed next. */
    public static void clear() {
        take();
    }

    static @Nullable Object take() {
        Object known = NEXT.get();
        // Not removed: the thread's next look would put an empty entry there again.
        if (known != null) {
            NEXT.set(null);
        }
        return known;
    }
}
