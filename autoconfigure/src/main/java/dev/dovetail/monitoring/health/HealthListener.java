package dev.dovetail.monitoring.health;

/** Is told of each evaluation, on its thread. Must be quick; what it throws is logged. */
@FunctionalInterface
public interface HealthListener {

    /** All rules have looked. */
    void onReport(HealthReport report);
}
