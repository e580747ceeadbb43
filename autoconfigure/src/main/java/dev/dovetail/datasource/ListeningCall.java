package dev.dovetail.datasource;

import dev.dovetail.sql.StatementKind;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Listens to a callable statement. A dynamic proxy, unlike the others: a procedure's call is rare and costs far more than
 * reflection does, and {@link CallableStatement} has 120 methods of its own.
 */
final class ListeningCall implements InvocationHandler {

    private final ListeningConnection connection;
    private final CallableStatement delegate;
    private final String sql;
    private final StatementRun run;
    private boolean closed;

    private ListeningCall(ListeningConnection connection, CallableStatement delegate, String sql) {
        this.connection = connection;
        this.delegate = delegate;
        this.sql = sql;
        this.run = new StatementRun(connection);
    }

    static CallableStatement of(ListeningConnection connection, CallableStatement delegate, String sql) {
        return (CallableStatement) Proxy.newProxyInstance(
                ListeningCall.class.getClassLoader(),
                new Class<?>[] {CallableStatement.class},
                new ListeningCall(connection, delegate, sql));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        CallableStatement statement = (CallableStatement) proxy;
        return switch (method.getName()) {
            case "execute", "executeQuery", "executeUpdate", "executeLargeUpdate", "executeBatch" ->
                execute(statement, method, arguments);
            case "getResultSet" -> run.resultOf(delegate, statement);
            case "getConnection" -> connection;
            case "setQueryTimeout" -> setQueryTimeout(arguments);
            case "close" -> close();
            case "toString" -> sql;
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> invoke(method, arguments);
        };
    }

    private @Nullable Object execute(CallableStatement statement, Method method, Object @Nullable [] arguments)
            throws Throwable {
        run.begin(sql, StatementKind.WRITE, 1);
        try {
            Object outcome = invoke(method, arguments);
            if (outcome instanceof ResultSet opened) {
                return run.opened(opened, statement);
            }
            if (outcome instanceof Boolean hasResult) {
                run.executed(hasResult, delegate);
            } else {
                run.updated(rowsOf(outcome));
            }
            return outcome;
        } catch (SQLException e) {
            throw run.failed(e);
        }
    }

    private static long rowsOf(@Nullable Object outcome) {
        if (outcome instanceof Number rows) {
            return rows.longValue();
        }
        return outcome instanceof int[] counts ? RowCounts.sum(counts) : -1;
    }

    private @Nullable Object setQueryTimeout(Object @Nullable [] arguments) throws SQLException {
        if (arguments != null) {
            QueryTimeouts.set(connection, delegate, run, (Integer) arguments[0]);
        }
        return null;
    }

    private @Nullable Object close() throws SQLException {
        if (!closed) {
            closed = true;
            run.end();
            connection.statementClosed();
        }
        delegate.close();
        return null;
    }

    private @Nullable Object invoke(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(delegate, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
