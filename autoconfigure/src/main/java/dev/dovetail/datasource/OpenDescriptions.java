package dev.dovetail.datasource;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The results of {@link DatabaseMetaData} that are open on one physical connection. The driver asks for them past everything that
 * listens, and on SQLite a connection reads what was true when the oldest open one was asked for.
 */
final class OpenDescriptions {

    private final List<ResultSet> open = new ArrayList<>();

    /** The same, whose results are remembered for as long as they are open. */
    DatabaseMetaData of(DatabaseMetaData delegate) {
        return (DatabaseMetaData) Proxy.newProxyInstance(
                OpenDescriptions.class.getClassLoader(),
                new Class<?>[] {DatabaseMetaData.class},
                (proxy, method, arguments) -> remembered(invoke(delegate, method, arguments)));
    }

    private @Nullable Object remembered(@Nullable Object result) {
        if (result instanceof ResultSet opened) {
            forgetClosed();
            open.add(opened);
        }
        return result;
    }

    private static @Nullable Object invoke(DatabaseMetaData delegate, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(delegate, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    boolean areOpen() {
        forgetClosed();
        return !open.isEmpty();
    }

    private void forgetClosed() {
        open.removeIf(OpenDescriptions::isClosed);
    }

    // What cannot tell may be open.
    private static boolean isClosed(ResultSet result) {
        try {
            return result.isClosed();
        } catch (SQLException e) {
            return false;
        }
    }

    /** Closes what its user has forgotten: whoever gets the connection next would read what was true back then. */
    void close() throws SQLException {
        for (ResultSet each : List.copyOf(open)) {
            each.close();
        }
        open.clear();
    }
}
