package dev.dovetail.engine;

import java.time.Instant;

/** What a whole number counts that says when something was, since 1970 began in UTC. */
public enum EpochUnit {
    /** As Unix counts. */
    SECONDS(1),
    /** As Java counts. */
    MILLIS(1_000),
    /** As moments lie in SQLite's columns. */
    MICROS(1_000_000);

    private static final long NANOS = 1_000_000_000;

    private final long perSecond;

    EpochUnit(long perSecond) {
        this.perSecond = perSecond;
    }

    /**
     * The last whole number that is not after the moment, before 1970 too.
     *
     * @throws ArithmeticException if 64 bits cannot count it
     */
    public long count(Instant moment) {
        long whole = Math.multiplyExact(moment.getEpochSecond(), perSecond);
        return Math.addExact(whole, moment.getNano() / (NANOS / perSecond));
    }

    /**
     * The moment that the number stands for.
     *
     * @throws java.time.DateTimeException if that is further away than {@link Instant} reaches
     */
    public Instant moment(long count) {
        long nanos = Math.floorMod(count, perSecond) * (NANOS / perSecond);
        return Instant.ofEpochSecond(Math.floorDiv(count, perSecond), nanos);
    }
}
