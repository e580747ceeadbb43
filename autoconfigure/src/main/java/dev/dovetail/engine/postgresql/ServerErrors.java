package dev.dovetail.engine.postgresql;

import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Finds what the server said in whatever a pool or a batch wrapped around it. */
final class ServerErrors {

    private ServerErrors() {}

    /** The driver's own error: a failed batch keeps it as its next one, a pool as its cause. */
    static SQLException primary(SQLException error) {
        PSQLException driversOwn = find(error, PSQLException.class);
        return driversOwn != null ? driversOwn : error;
    }

    /** What the server said, field by field; {@code null} if the driver itself complains. */
    static @Nullable ServerErrorMessage message(SQLException error) {
        PSQLException driversOwn = find(error, PSQLException.class);
        return driversOwn == null ? null : driversOwn.getServerErrorMessage();
    }

    /** The first of this type among the error, its next ones and their causes. */
    static <T extends Throwable> @Nullable T find(Throwable error, Class<T> type) {
        return find(error, type, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static <T extends Throwable> @Nullable T find(
            @Nullable Throwable error, Class<T> type, Set<Throwable> seen) {
        if (error == null || !seen.add(error)) {
            return null;
        }
        if (type.isInstance(error)) {
            return type.cast(error);
        }
        T next = error instanceof SQLException sql ? find(sql.getNextException(), type, seen) : null;
        return next != null ? next : find(error.getCause(), type, seen);
    }
}
