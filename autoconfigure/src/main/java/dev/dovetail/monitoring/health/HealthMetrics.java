package dev.dovetail.monitoring.health;

import java.util.Map;

/**
 * Numbers that belong into a health report. A bean of this type is asked with each evaluation, after the rules, and must be
 * quick.
 */
public interface HealthMetrics {

    /** What they are about, for example {@code pools}. */
    String name();

    /** The numbers, by name. */
    Map<String, Object> read();
}
