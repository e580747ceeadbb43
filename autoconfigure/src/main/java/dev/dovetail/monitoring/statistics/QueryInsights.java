package dev.dovetail.monitoring.statistics;

import java.time.Duration;
import java.util.List;

/**
 * What is worth looking at among the statements of a window of time, with the strongest case first.
 *
 * @param window how far it reaches back: whole minutes of the clock and the one that is running
 * @param slowest by their average time
 * @param mostFrequent by how often they were executed
 * @param mostTotalTime by the time that they took together
 * @param errorPatterns what failed
 * @param nPlusOne queries that were executed again and again in one transaction or request
 * @param largeResults queries that read very many rows
 */
public record QueryInsights(
        Duration window,
        List<StatementInsight> slowest,
        List<StatementInsight> mostFrequent,
        List<StatementInsight> mostTotalTime,
        List<ErrorPattern> errorPatterns,
        List<QueryFinding> nPlusOne,
        List<QueryFinding> largeResults) {

    /** The longest window. */
    public static final Duration LONGEST_WINDOW = Duration.ofHours(1);

    /** How many of each, if nobody says so. */
    public static final int DEFAULT_TOP = 10;

    public QueryInsights {
        slowest = List.copyOf(slowest);
        mostFrequent = List.copyOf(mostFrequent);
        mostTotalTime = List.copyOf(mostTotalTime);
        errorPatterns = List.copyOf(errorPatterns);
        nPlusOne = List.copyOf(nPlusOne);
        largeResults = List.copyOf(largeResults);
    }

    /** Nothing, where nothing is watched. */
    public static QueryInsights none(Duration window) {
        return new QueryInsights(window, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }
}
