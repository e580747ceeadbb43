package dev.dovetail.monitoring.advice;

import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseUpkeep;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the database when it is asked to, and remembers what it has advised last. It works on a thread and on connections of
 * its own, one run at a time, reads the catalogue and a few rows, and changes nothing. Safe for use by several threads.
 */
public final class Advisor implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Advisor.class);

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final DatabaseEngine engine;
    private final DataSource connections;
    private final @Nullable DatabaseUpkeep upkeep;
    private final ObservedStatements statements;
    private final AdviceLimits limits;
    private final Clock clock;
    private @Nullable CompletableFuture<AdviceReport> running;
    private volatile @Nullable AdviceReport last;
    private volatile boolean closed;

    /**
     * @param dataSource past whose pools connections are taken if they are ours, and else from it
     * @param statements those that were run so far
     */
    public Advisor(
            DatabaseEngine engine,
            DataSource dataSource,
            ObservedStatements statements,
            AdviceLimits limits,
            Clock clock) {
        RoutingDataSource own = RoutingDataSource.behind(dataSource);
        this.engine = engine;
        this.connections = own == null ? dataSource : own.maintenance();
        this.upkeep = own == null ? null : engine.upkeep();
        this.statements = statements;
        this.limits = limits;
        this.clock = clock;
    }

    /** What was advised last; empty if nothing has been yet. */
    public Optional<AdviceReport> last() {
        return Optional.ofNullable(last);
    }

    /** Whether it is looking at the moment. */
    public synchronized boolean isRunning() {
        CompletableFuture<AdviceReport> now = running;
        return now != null && !now.isDone();
    }

    /** Looks anew and waits for the result, of a run that is under way if there is one. */
    public AdviceReport advise() {
        return start().join();
    }

    /** As {@link #advise()}, but waits no longer than this: then it is empty, and the result comes with {@link #last()}. */
    public Optional<AdviceReport> advise(Duration longest) throws InterruptedException {
        try {
            return Optional.of(start().get(longest.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private synchronized CompletableFuture<AdviceReport> start() {
        CompletableFuture<AdviceReport> now = running;
        if (now != null && !now.isDone()) {
            return now;
        }
        if (closed) {
            throw new CancellationException("The application ends, and no advice is given any more");
        }
        CompletableFuture<AdviceReport> result = new CompletableFuture<>();
        running = result;
        Thread thread = new Thread(() -> run(result), "dovetail-advice");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    private void run(CompletableFuture<AdviceReport> result) {
        try {
            long deadline = System.nanoTime() + limits.duration().toNanos();
            BooleanSupplier goesOn = () -> !closed && System.nanoTime() - deadline < 0;
            AdviceReport report =
                    new AdviceRun(engine, connections, upkeep, limits, goesOn).run(statements.get(), clock);
            last = report;
            log.debug(
                    "{} pieces of advice after {} ms",
                    report.advice().size(),
                    report.duration().toMillis());
            result.complete(report);
        } catch (SQLException e) {
            result.completeExceptionally(new IllegalStateException(
                    "No advice can be given: " + engine.classify(e).summary(), e));
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    /** Ends what is being looked at, after the statement it is at. */
    @Override
    public void close() {
        CompletableFuture<AdviceReport> now;
        synchronized (this) {
            closed = true;
            now = running;
        }
        if (now == null) {
            return;
        }
        try {
            now.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.debug("The advisor did not come to an end", e);
        }
    }
}
