package dev.dovetail.monitoring.health;

import java.time.Duration;

/**
 * What statements have done in some time.
 *
 * @param statements how many were executed
 * @param slow how many of them took longer than a statement should
 * @param failed how many of them failed
 * @param p95 95 of 100 took no longer
 */
public record QueryFigures(long statements, long slow, long failed, Duration p95) {

    /** Where they come from. A bean of this type lets health judge statements. */
    @FunctionalInterface
    public interface Source {

        /** Those since it was asked last. */
        QueryFigures sinceLastAsked();
    }
}
