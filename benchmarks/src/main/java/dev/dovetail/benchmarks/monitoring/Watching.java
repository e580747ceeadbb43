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
    NOTHING("nothing (dovetail.monitoring.enabled=false)", false, Map.of("dovetail.monitoring.enabled", "false")),
    STATISTICS("statistics", false, Map.of()),
    METERS("statistics, and Actuator with its meters", true, Map.of()),
    OBSERVATIONS("statistics, Actuator, and observations", true, Map.of("dovetail.monitoring.observations", "true"));

    private final String title;
    private final boolean actuator;
    private final Map<String, String> settings;

    Watching(String title, boolean actuator, Map<String, String> settings) {
        this.title = title;
        this.actuator = actuator;
        this.settings = settings;
    }

    String title() {
        return title;
    }

    /** The one to which this adds something. */
    Optional<Watching> less() {
        return this == NOTHING ? Optional.empty() : Optional.of(values()[ordinal() - 1]);
    }

    /** Starts an application that watches so; close it. */
    DovetailSubject open(DatabaseUnderTest database) {
        return DovetailSubject.with(database, settings, actuator);
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
        if (counted != (this != NOTHING) || metered != actuator || observed != (this == OBSERVATIONS)) {
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
