package dev.dovetail.coordination;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * When something is to be done: first at a time of day, then again after each interval. Intervals of whole days keep the
 * time of day, also over the days on which the clocks change: a time that is left out is replaced by the moment at which the
 * clocks go on, and of one that occurs twice the first is meant, so that each day has exactly one. Other intervals are
 * elapsed time since the last time.
 *
 * @param timeOfDay of the first time
 * @param interval from each time to the next one, at least a minute
 * @param zone whose clocks show the time of day
 */
public record Schedule(LocalTime timeOfDay, Duration interval, ZoneId zone) {

    private static final Duration SHORTEST = Duration.ofMinutes(1);

    // Timers fire a little early now and then, and clocks are set back a little: that is meant to be the time itself.
    private static final Duration EARLY = Duration.ofMinutes(1);

    /** @throws IllegalArgumentException if the interval is shorter than a minute */
    public Schedule {
        if (interval.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("the interval must be at least 1 minute, but is " + interval);
        }
    }

    /**
     * Whether it is to be done now: a timer that rang a little early is meant to have rung at the time itself.
     *
     * @param last when it was done last by this schedule; null if it never was. One that lies further in the future than the next
     *     time could was written by a clock that was wrong, and must not stop the work for years
     */
    public boolean isDue(Instant now, @Nullable Instant last) {
        return last == null || !next(last, last).isAfter(now.plus(early())) || last.isAfter(now.plus(interval));
    }

    /** By how much a timer may be early, so that it still means the next time and not the one before. */
    Duration early() {
        Duration half = interval.dividedBy(2);
        return half.compareTo(EARLY) < 0 ? half : EARLY;
    }

    /**
     * The next time. Times that have passed meanwhile are left out. What was done late counts for the time at which it was due,
     * so that the next one keeps its time of day.
     *
     * @param after what the time must lie after
     * @param last when it was done last by this schedule; null if it never was. One that lies in the future was written by a
     *     clock that was wrong, and counts as now
     */
    public Instant next(Instant after, @Nullable Instant last) {
        if (last == null) {
            return nextDay(after, after.atZone(zone).toLocalDate(), 1);
        }
        Instant done = last.isAfter(after) ? after : last;
        return isWholeDays()
                ? nextDay(after, dueDay(done).plusDays(interval.toDays()), interval.toDays())
                : nextInterval(after, done);
    }

    private boolean isWholeDays() {
        return interval.equals(Duration.ofDays(interval.toDays()));
    }

    /** The day of the last time that lies before this moment, or hardly after it. */
    private LocalDate dueDay(Instant done) {
        Instant latest = done.plus(EARLY);
        LocalDate day = latest.atZone(zone).toLocalDate();
        return moment(day).isAfter(latest) ? day.minusDays(1) : day;
    }

    private Instant nextDay(Instant after, LocalDate first, long days) {
        long passed = Math.max(0, after.atZone(zone).toLocalDate().toEpochDay() - first.toEpochDay());
        LocalDate day = first.plusDays(passed / days * days);
        while (!moment(day).isAfter(after)) {
            day = day.plusDays(days);
        }
        return moment(day);
    }

    private Instant moment(LocalDate day) {
        LocalDateTime time = day.atTime(timeOfDay);
        ZoneRules rules = zone.getRules();
        return rules.getValidOffsets(time).isEmpty()
                ? rules.getTransition(time).getInstant()
                : time.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    private Instant nextInterval(Instant after, Instant last) {
        long passed = Math.max(0, Duration.between(last, after).toMillis());
        return last.plusMillis((passed / interval.toMillis() + 1) * interval.toMillis());
    }
}
