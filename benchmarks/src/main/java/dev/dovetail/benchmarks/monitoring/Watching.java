package dev.dovetail.benchmarks.monitoring;

import dev.dovetail.benchmarks.peer.dovetail.DovetailSubject;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.monitoring.statistics.StatementStatistics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Optional;

/** What is watched: each has what the one before it has, and more. The order is that of the tables. */
public enum Watching {
    NOTHING("nothing (dovetail.monitoring.enabled=false)"),
    STATISTICS("statistics"),
    METERS("statistics, and Actuator with its meters"),
    OBSERVATIONS("statistics, Actuator, and observations");

    private final String title;

    Watching(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** The one to which this adds something. */
    Optional<Watching> less() {
        return switch (this) {
            case NOTHING -> Optional.empty();
            case STATISTICS -> Optional.of(NOTHING);
            case METERS -> Optional.of(STATISTICS);
            case OBSERVATIONS -> Optional.of(METERS);
        };
    }

    /** Starts an application that watches so; close it. */
    DovetailSubject open(DatabaseUnderTest database) {
        Map<String, String> settings = switch (this) {
            case NOTHING -> Map.of("dovetail.monitoring.enabled", "false");
            case STATISTICS, METERS -> Map.of();
            case OBSERVATIONS -> Map.of("dovetail.monitoring.observations", "true");
        };
        return DovetailSubject.with(database, settings, hasMeters());
    }

    private boolean hasMeters() {
        return this == METERS || this == OBSERVATIONS;
    }

    /**
     * Sees that an application that has read something has watched so.
     *
     * @throws IllegalStateException if it has not
     */
    void check(DovetailSubject subject) {
        boolean counted = subject.has(StatementStatistics.class)
                && subject.bean(StatementStatistics.class).totals().count() > 0;
        boolean metered = subject.has(MeterRegistry.class);
        boolean observed = metered && calls(subject.bean(MeterRegistry.class)) > 0;
        if (counted != (this != NOTHING) || metered != hasMeters() || observed != (this == OBSERVATIONS)) {
            throw new IllegalStateException("Not watched as %s: statistics %s, meters %s, observations %s"
                    .formatted(this, counted, metered, observed));
        }
    }

    private static long calls(MeterRegistry registry) {
        return registry.find("dovetail.repository").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }
}
