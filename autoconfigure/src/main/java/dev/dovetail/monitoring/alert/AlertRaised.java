package dev.dovetail.monitoring.alert;

/**
 * An alert was raised, or has become more severe since.
 *
 * @param alert as it is now
 * @param again whether it was raised before, with less severity
 */
public record AlertRaised(Alert alert, boolean again) implements AlertEvent {}
