package dev.dovetail.monitoring.alert;

/**
 * An alert is over.
 *
 * @param alert as it was at its end
 */
public record AlertResolved(Alert alert) implements AlertEvent {}
