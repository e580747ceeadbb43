package dev.dovetail.maintenance;

import dev.dovetail.coordination.HeldLease;
import dev.dovetail.coordination.Leases;
import dev.dovetail.maintenance.MaintenanceRun.Cause;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Runs the steps that keep the database small and fast, one run at a time among all instances. A step that fails stops none of
 * the others. Safe for use by several threads.
 */
public final class Optimizer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Optimizer.class);

    private static final String LEASE = "dovetail-optimizer";

    // While a file is rewritten nobody can write, and so nobody can renew.
    private static final Duration LEASE_DURATION = Duration.ofMinutes(10);

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final StepRunner steps;
    private final Supplier<Leases> leases;
    private final MaintenanceHistory history;
    private final Clock clock;
    private final MaintenanceListeners listeners;
    private final AtomicReference<@Nullable RunningMaintenance> running = new AtomicReference<>();
    // Of the thread that runs only; null where nobody can tell who else is at it.
    private @Nullable HeldLease right;

    Optimizer(
            StepRunner steps,
            Supplier<Leases> leases,
            MaintenanceHistory history,
            Clock clock,
            MaintenanceListeners listeners) {
        this.steps = steps;
        this.leases = leases;
        this.history = history;
        this.clock = clock;
        this.listeners = listeners;
    }

    /** As {@link #optimize(OptimizationOptions)} with what is done every night. */
    public OptimizationReport optimize() {
        return optimize(OptimizationOptions.defaults());
    }

    /**
     * Runs every step, and returns when the last one has ended.
     *
     * @throws MaintenanceRunningException if this or another instance is at it already
     * @throws IllegalTransactionStateException if the calling thread is in a transaction, whose locks the steps would wait for
     */
    public OptimizationReport optimize(OptimizationOptions options) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalTransactionStateException(
                    "The optimizer cannot run inside a transaction, whose locks it would wait for. Call it outside.");
        }
        Instant startedAt = clock.instant();
        if (!running.compareAndSet(null, new RunningMaintenance(startedAt, null))) {
            throw isRunning();
        }
        try {
            // A plan changes nothing, a lease neither.
            return options.dryRun()
                    ? steps.run(options, startedAt, () -> true, this::enter)
                    : alone(() -> recorded(Cause.REQUESTED, options, startedAt))
                            .orElseThrow(() -> new MaintenanceRunningException(
                                    "Another instance is optimizing this database. Try again when it has ended."));
        } finally {
            leave();
        }
    }

    /**
     * Does what is due, unless another instance does or has done so.
     *
     * @param due asked when no other instance can do it any more
     * @return empty if it was not done
     */
    Optional<OptimizationReport> optimizeIf(Supplier<Boolean> due) {
        Instant startedAt = clock.instant();
        if (!running.compareAndSet(null, new RunningMaintenance(startedAt, null))) {
            log.debug("The scheduled run of the optimizer waits, because one that was asked for goes on");
            return Optional.empty();
        }
        try {
            return alone(() -> due.get() ? recorded(Cause.SCHEDULED, OptimizationOptions.defaults(), startedAt) : null);
        } finally {
            leave();
        }
    }

    private MaintenanceRunningException isRunning() {
        RunningMaintenance now = running.get();
        return new MaintenanceRunningException("The optimizer is running already%s. Try again when it has ended."
                .formatted(
                        now == null
                                ? ""
                                : ", since " + now.startedAt()
                                        + (now.step() == null ? "" : ", at step '" + now.step() + "'")));
    }

    private synchronized void leave() {
        running.set(null);
        notifyAll();
    }

    private void enter(String step) {
        running.updateAndGet(now -> now == null ? null : new RunningMaintenance(now.startedAt(), step));
    }

    private Optional<OptimizationReport> alone(Supplier<@Nullable OptimizationReport> work) {
        Optional<HeldLease> lease;
        try {
            lease = leases.get().hold(LEASE, LEASE_DURATION, () -> {});
        } catch (BadSqlGrammarException | UnsupportedOperationException e) {
            log.debug("Without table dovetail_lease nobody can tell whether another instance is at it", e);
            return Optional.ofNullable(work.get());
        }
        if (lease.isEmpty()) {
            return Optional.empty();
        }
        right = lease.get();
        try {
            return Optional.ofNullable(work.get());
        } finally {
            uninterrupted(this::giveBack);
        }
    }

    // A step may have taken longer than the right lasts, with nobody able to renew it meanwhile.
    private boolean isAlone() {
        HeldLease held = right;
        if (held == null || held.renew()) {
            return true;
        }
        try {
            held.close();
            right = leases.get().hold(LEASE, LEASE_DURATION, () -> {}).orElse(null);
            return right != null;
        } catch (RuntimeException e) {
            log.warn("Whether another instance optimizes this database meanwhile could not be asked", e);
            return true;
        }
    }

    // Whoever was interrupted gets no connection, and would stand there as running for ever.
    private static void uninterrupted(Runnable last) {
        boolean interrupted = Thread.interrupted();
        try {
            last.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    // What was done is done, also if nobody else may do it for a while.
    private void giveBack() {
        HeldLease held = right;
        right = null;
        try {
            if (held != null) {
                held.close();
            }
        } catch (RuntimeException e) {
            log.warn("The right to optimize could not be given back; it expires in {}", LEASE_DURATION, e);
        }
    }

    private OptimizationReport recorded(Cause cause, OptimizationOptions options, Instant startedAt) {
        Long id = history.begin(cause, startedAt);
        OptimizationReport report = steps.run(options, startedAt, this::isAlone, this::enter);
        if (id != null) {
            uninterrupted(() -> history.end(id, report));
        }
        if (report.interrupted()) {
            log.info(
                    "Optimizing the database was interrupted after {} ms",
                    report.duration().toMillis());
        } else if (report.success()) {
            log.info("The database was optimized in {} ms", report.duration().toMillis());
        } else {
            log.warn(
                    "The database was optimized in {} ms, but steps failed: {}",
                    report.duration().toMillis(),
                    report.steps().stream()
                            .filter(StepResult::failed)
                            .map(StepResult::step)
                            .toList());
        }
        listeners.forEach(each -> each.onRun(report));
        return report;
    }

    /** What it is doing at the moment; null if nothing. */
    public @Nullable RunningMaintenance running() {
        return running.get();
    }

    /** What it has done, and other instances, too. */
    public MaintenanceHistory history() {
        return history;
    }

    /** Ends what is being done: after a while in which it may end by itself, by having the database stop it. */
    @Override
    public void close() {
        steps.end();
        try {
            if (!awaitRest(System.nanoTime() + GRACE.toNanos())) {
                steps.abort();
                // It has to write down how it ended, while there are connections.
                boolean ended = awaitRest(System.nanoTime() + GRACE.toNanos());
                log.debug("The step of the optimizer that was stopped has ended: {}", ended);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            log.debug("A step of the optimizer could not be ended", e);
        }
    }

    private synchronized boolean awaitRest(long deadline) throws InterruptedException {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        while (running.get() != null && millis > 0) {
            wait(millis);
            millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }
        return running.get() == null;
    }
}
