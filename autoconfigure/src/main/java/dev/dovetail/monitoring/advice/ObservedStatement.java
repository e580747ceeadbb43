package dev.dovetail.monitoring.advice;

/**
 * A statement that was really run.
 *
 * @param text its {@linkplain dev.dovetail.sql.SqlFingerprint fingerprint}, without any value
 * @param count how often it was run
 * @param totalNanos how long all of that took
 * @param meanNanos how long it took once, on average
 */
public record ObservedStatement(String text, long count, long totalNanos, long meanNanos) {}
