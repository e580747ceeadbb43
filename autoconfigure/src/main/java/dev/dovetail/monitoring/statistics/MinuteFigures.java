package dev.dovetail.monitoring.statistics;

import java.time.Instant;

/**
 * What all statements together did in one minute of the clock.
 *
 * @param begin of the minute
 * @param figures of the statements that ended in it
 */
public record MinuteFigures(Instant begin, PeriodFigures figures) {}
