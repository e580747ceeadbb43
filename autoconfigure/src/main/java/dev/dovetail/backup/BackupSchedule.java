package dev.dovetail.backup;

import dev.dovetail.coordination.HeldLease;
import dev.dovetail.coordination.Lease;
import dev.dovetail.coordination.Leases;
import dev.dovetail.coordination.Rounds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Makes a backup whenever the newest good one is older than the interval, also if that was missed while nothing ran. Of several
 * instances on one database one makes it, wherever it keeps its own.
 */
public final class BackupSchedule implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(BackupSchedule.class);

    private static final String RUNNING = "dovetail-backup";
    private static final String DONE = "dovetail-backup-done";
    private static final Duration OWNERSHIP = Duration.ofMinutes(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LOOKS = 10;
    private static final int DOUBLINGS = 10;
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Backups backups;
    private final Leases leases;
    private final Duration interval;
    private final Clock clock;
    private final Duration pause;
    private final Rounds rounds;
    private final Instant made;
    // Of the thread of the rounds, read by others.
    private volatile int failures;
    private volatile @Nullable Instant madeElsewhere;
    // Of the thread of the rounds only.
    private long notBefore;
    private boolean running;

    /**
     * @param leases on the database that is backed up
     * @throws IllegalArgumentException if the interval is out of range; names the property
     */
    public BackupSchedule(Backups backups, Leases leases, Duration interval, Clock clock) {
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("dovetail.backup.interval must be from 1s to 365d, but is " + interval);
        }
        this.backups = backups;
        this.leases = leases;
        this.interval = interval;
        this.clock = clock;
        this.made = clock.instant();
        this.pause = shorter(interval.dividedBy(LOOKS), LONGEST_PAUSE);
        this.rounds = new Rounds("dovetail-backup", pause, goesOn -> makeIfDue());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** How often one is made. */
    public Duration interval() {
        return interval;
    }

    /** Since when they are made so often. */
    public Instant startedAt() {
        return made;
    }

    /** When the next one is due; in the past if it is. */
    public Instant next() {
        BackupReport newest = backups.newest();
        Instant now = clock.instant();
        return newest == null || BackupName.isOfFuture(newest.name(), now)
                ? now
                : newest.createdAt().plus(interval);
    }

    /** How many have failed in a row; 0 as soon as one is good, whoever made it. */
    int failures() {
        return failures;
    }

    /** When this instance last saw that another one, which keeps its own elsewhere, has made the one that was due; null if never. */
    @Nullable
    Instant madeElsewhere() {
        return madeElsewhere;
    }

    // Where it cannot be seen, making one fails too, and says why.
    private boolean isDue() {
        try {
            return !next().isAfter(clock.instant());
        } catch (BackupException e) {
            return true;
        }
    }

    private void makeIfDue() {
        if (!isDue()) {
            failures = 0;
            return;
        }
        if (failures > 0 && System.nanoTime() - notBefore < 0) {
            return;
        }
        makeInTurn();
    }

    private void makeInTurn() {
        Optional<HeldLease> right = leases.hold(RUNNING, OWNERSHIP, () -> {});
        if (right.isPresent()) {
            try (HeldLease held = right.get()) {
                if (held.isHeld() && isDue()) {
                    makeUnlessDone();
                }
            }
        }
    }

    // The second right lasts until the next one is due, so that an instance that keeps its backups elsewhere knows of
    // this one.
    private void makeUnlessDone() {
        Optional<Lease> done = leases.acquire(DONE, OWNERSHIP);
        if (done.isEmpty()) {
            madeElsewhere = clock.instant();
            failures = 0;
            return;
        }
        try {
            backups.backup();
            failures = 0;
        } catch (BackupException e) {
            leases.release(done.get());
            failed(e);
            return;
        }
        Duration rest = Duration.between(clock.instant(), next());
        if (!rest.isNegative()) {
            Optional<Lease> kept = leases.acquire(DONE, rest);
            log.debug("The next backup is due in {} ms: {}", rest.toMillis(), kept);
        }
    }

    // Whoever came second has not failed. Each one reads the whole database, so what goes on failing is tried less and
    // less often.
    private void failed(BackupException failure) {
        if (failure.reason() == BackupException.Reason.ALREADY_RUNNING) {
            log.info("The scheduled backup waits: {}", failure.getMessage());
            return;
        }
        int inARow = failures + 1;
        failures = inARow;
        Duration delay = shorter(pause.multipliedBy(1L << Math.min(inARow, DOUBLINGS)), LONGEST_DELAY);
        notBefore = System.nanoTime() + delay.toNanos();
        // Where something of the program's own broke, where it broke says more than its message.
        Throwable unexplained = failure.reason() == BackupException.Reason.FAILED ? failure : null;
        log.error(
                "The scheduled backup failed, and is tried again in {} s: {}",
                delay.toSeconds(),
                failure.getMessage(),
                unexplained);
    }

    @Override
    public synchronized void start() {
        running = true;
        rounds.start();
    }

    // A backup that is being made is given up: its rest is cleared away with the next one.
    @Override
    public synchronized void stop() {
        running = false;
        boolean cancelled = backups.cancel();
        log.debug("A running backup was given up: {}", cancelled);
        rounds.stop(PATIENCE);
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }
}
