package dev.dovetail.actuator;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a trace may show of a failure: its class, where it happened and its SQLState, but neither its message nor its causes, in
 * which drivers and libraries quote values.
 */
final class ShownFailure {

    private ShownFailure() {}

    /** One of the same class, or of the nearest one above it that can be made of a message. */
    static Throwable of(Throwable failure) {
        String state = sqlState(failure);
        String message = failure.getClass().getName() + (state == null ? "" : ", SQLState " + state);
        Throwable shown = null;
        for (Class<?> kind = failure.getClass();
                shown == null && kind != Throwable.class;
                kind = kind.getSuperclass()) {
            shown = made(kind, message, state);
        }
        Throwable any = shown == null ? new IllegalStateException(message) : shown;
        any.setStackTrace(failure.getStackTrace());
        return any;
    }

    private static @Nullable String sqlState(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLException error && error.getSQLState() != null) {
                return error.getSQLState();
            }
        }
        return null;
    }

    private static @Nullable Throwable made(Class<?> kind, String message, @Nullable String state) {
        Throwable ofMessage = made(kind, new Class<?>[] {String.class}, message);
        Throwable ofCause = ofMessage != null
                ? ofMessage
                : made(kind, new Class<?>[] {String.class, Throwable.class}, message, null);
        // As those of Spring that show a statement.
        return ofCause != null
                ? ofCause
                : made(
                        kind,
                        new Class<?>[] {String.class, String.class, SQLException.class},
                        message,
                        "",
                        new SQLException(message, state));
    }

    private static @Nullable Throwable made(Class<?> kind, Class<?>[] types, @Nullable Object... values) {
        try {
            return (Throwable) kind.getConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
