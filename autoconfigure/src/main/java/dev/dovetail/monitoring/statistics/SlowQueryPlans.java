package dev.dovetail.monitoring.statistics;

import dev.dovetail.datasource.OperationContext;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.sql.SqlSyntax;
import dev.dovetail.sql.StatementKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the database how it runs a slow query, without running it: on a thread of its own, so that nobody waits, one after the
 * other, and on a connection that only reads. What changes anything is never asked about. Safe for use by several threads.
 */
public final class SlowQueryPlans implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SlowQueryPlans.class);

    private static final int MOST_WAITING = 16;

    private final DatabaseEngine engine;
    private final DataSource dataSource;
    // There is no thread while there is nothing to do. Where there is too much, a plan is asked for the next time.
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            0,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            SlowQueryPlans::daemon,
            (discarded, executor) -> ((Question) discarded).statement().explainLater());

    private record Question(SlowQueryPlans plans, KeptStatement statement, String sql) implements Runnable {

        @Override
        public void run() {
            plans.ask(statement, sql);
        }
    }

    public SlowQueryPlans(DatabaseEngine engine, DataSource dataSource) {
        this.engine = engine;
        this.dataSource = dataSource;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "dovetail-plans");
        thread.setDaemon(true);
        return thread;
    }

    void explain(KeptStatement statement, String sql) {
        if (isQuery(sql, engine.syntax())) {
            thread.execute(new Question(this, statement, sql));
        }
    }

    private static boolean isQuery(String sql, SqlSyntax syntax) {
        String first = StatementKind.firstWord(sql, syntax);
        return (first.equals("SELECT") || first.equals("WITH"))
                && StatementKind.of(sql, syntax) == StatementKind.READ
                && !StatementKind.isSeveral(sql, syntax);
    }

    private void ask(KeptStatement statement, String sql) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setReadOnly(true);
            OperationContext.upkeep(() -> Optional.ofNullable(engine.planOf(connection, sql)))
                    .ifPresent(statement::runsBy);
        } catch (SQLException | RuntimeException e) {
            statement.couldNotBeExplained();
            // What the driver says may hold values of the query.
            log.debug(
                    "How a slow query runs could not be found out: {}",
                    e.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
