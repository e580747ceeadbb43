package dev.dovetail.datasource;

import dev.dovetail.sql.StatementKind;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
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
    private int batchSize;

    private ListeningCall(ListeningConnection connection, CallableStatement delegate, String sql) {
        this.connection = connection;
        this.delegate = delegate;
        this.sql = sql;
        this.run = new StatementRun(connection, delegate);
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
            case "execute", "executeQuery", "executeUpdate", "executeLargeUpdate" ->
                execute(statement, method, arguments);
            case "executeBatch", "executeLargeBatch" -> executeBatch(statement, method);
            case "addBatch" -> addBatch(method, arguments);
            case "clearBatch" -> clearBatch(method);
            case "getResultSet" -> run.resultOf(delegate, statement);
            case "getMoreResults" -> moreResults(method, arguments);
            case "getConnection" -> connection;
            case "setQueryTimeout" -> setQueryTimeout(arguments);
            case "getQueryTimeout" -> run.time().timeoutSeconds();
            case "close" -> close();
            case "toString" -> sql;
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> invoke(method, arguments);
        };
    }

    private @Nullable Object execute(CallableStatement statement, Method method, Object @Nullable [] arguments)
            throws Throwable {
        return execute(statement, method, arguments, 1);
    }

    private @Nullable Object executeBatch(CallableStatement statement, Method method) throws Throwable {
        int size = Math.max(1, batchSize);
        batchSize = 0;
        return execute(statement, method, null, size);
    }

    private @Nullable Object addBatch(Method method, Object @Nullable [] arguments) throws Throwable {
        batchSize++;
        return invoke(method, arguments);
    }

    private @Nullable Object clearBatch(Method method) throws Throwable {
        batchSize = 0;
        return invoke(method, null);
    }

    private @Nullable Object moreResults(Method method, Object @Nullable [] arguments) throws Throwable {
        run.end();
        return invoke(method, arguments);
    }

    private @Nullable Object execute(
            CallableStatement statement, Method method, Object @Nullable [] arguments, int size) throws Throwable {
        run.begin(List.of(sql), kind(), size);
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

    // What is called may write, whatever the word for it is.
    private StatementKind kind() {
        StatementKind kind = connection.services().kinds().of(sql);
        return kind == StatementKind.READ ? StatementKind.WRITE : kind;
    }

    private static long rowsOf(@Nullable Object outcome) {
        if (outcome instanceof Number rows) {
            return rows.longValue();
        }
        if (outcome instanceof long[] counts) {
            return RowCounts.sum(counts);
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
        run.close();
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
