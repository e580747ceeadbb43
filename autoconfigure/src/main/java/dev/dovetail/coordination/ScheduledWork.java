package dev.dovetail.coordination;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.Trigger;
import org.springframework.scheduling.TriggerContext;

/**
 * Work that is done by a {@link Schedule}, for one of Spring's task schedulers. What was missed, because no instance ran or
 * the machine slept, is made up for once, a minute after the start at the earliest, and not as often as it was missed.
 * While another instance keeps from it and has not done it either, it is tried again each minute. Whatever the work throws is
 * logged; the next time comes all the same. Safe for use by several threads.
 */
public final class ScheduledWork implements Trigger {

    private static final Logger log = LoggerFactory.getLogger(ScheduledWork.class);

    // An application that has just started has more urgent things to do.
    private static final Duration AFTER_START = Duration.ofMinutes(1);

    private final String name;
    private final Schedule schedule;
    private final Clock clock;
    private final Supplier<@Nullable Instant> lastRun;
    private final BooleanSupplier work;
    private volatile @Nullable Instant lastTry;
    private volatile @Nullable Instant announced;

    /**
     * @param name for the log and for lists of tasks
     * @param lastRun when any instance has done it last; null if none ever has
     * @param work false if another one kept from it
     */
    public ScheduledWork(
            String name, Schedule schedule, Clock clock, Supplier<@Nullable Instant> lastRun, BooleanSupplier work) {
        this.name = name;
        this.schedule = schedule;
        this.clock = clock;
        this.lastRun = lastRun;
        this.work = work;
    }

    /** What the scheduler is to run; its text is what lists of tasks show. */
    public Runnable task() {
        return new Task();
    }

    /** When it will be done next, as things are now. */
    public Instant next() {
        Instant now = clock.instant();
        Instant last = last();
        Instant missed = last == null ? null : schedule.next(last, last);
        return missed != null && !missed.isAfter(now) ? now.plus(AFTER_START) : schedule.next(now, last);
    }

    @Override
    public Instant nextExecution(TriggerContext context) {
        Instant next = next();
        announced = next;
        return next;
    }

    // What cannot be asked or written down must not be done again and again.
    private @Nullable Instant last() {
        Instant tried = lastTry;
        Instant known = known();
        return known == null || (tried != null && tried.isAfter(known)) ? tried : known;
    }

    private @Nullable Instant known() {
        try {
            return lastRun.get();
        } catch (RuntimeException e) {
            log.debug("When '{}' was done last could not be asked", name, e);
            return null;
        }
    }

    private final class Task implements Runnable {

        @Override
        public void run() {
            Instant now = clock.instant();
            Instant due = announced;
            // The clock was set back since the timer was: it is set anew, and the day has one time all the same.
            if (due != null && now.isBefore(due.minus(schedule.early()))) {
                log.debug("'{}' is due at {} only", name, due);
                return;
            }
            Instant before = lastTry;
            lastTry = now;
            try {
                // Whoever was kept from it has not tried: the other one may do something else, or have died.
                lastTry = work.getAsBoolean() ? now : before;
            } catch (RuntimeException e) {
                log.warn("'{}' failed; it is tried again at {}", name, next(), e);
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
