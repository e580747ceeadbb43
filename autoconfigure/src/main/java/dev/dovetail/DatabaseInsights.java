package dev.dovetail;

import dev.dovetail.cache.CacheAdvice;
import dev.dovetail.monitoring.advice.Advice;
import dev.dovetail.monitoring.advice.AdviceReport;
import dev.dovetail.monitoring.statistics.ErrorPattern;
import dev.dovetail.monitoring.statistics.HeldConnection;
import dev.dovetail.monitoring.statistics.QueryFinding;
import dev.dovetail.monitoring.statistics.QueryInsights;
import dev.dovetail.monitoring.statistics.StatementInsight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is worth looking at, and what to do about it, with the strongest case of each first. There is no value of a statement in
 * it.
 *
 * @param window how far the statements reach back: whole minutes of the clock and the one that is running
 * @param slowest statements by their average time
 * @param mostFrequent statements by how often they were executed
 * @param mostTotalTime statements by the time that they took together
 * @param errorPatterns what failed
 * @param nPlusOne queries that were executed again and again in one transaction or request
 * @param largeResults queries that read very many rows
 * @param advice what was advised last, of whatever window: indexes, settings
 * @param advisedAt when that was looked for; null if it was not yet, and nothing is known
 * @param cacheAdvice which results would be better cached, and which better not, since the start
 * @param heldConnections those of the pools that are in use at this moment, the one first that has been so for the longest
 */
public record DatabaseInsights(
        Duration window,
        List<StatementInsight> slowest,
        List<StatementInsight> mostFrequent,
        List<StatementInsight> mostTotalTime,
        List<ErrorPattern> errorPatterns,
        List<QueryFinding> nPlusOne,
        List<QueryFinding> largeResults,
        List<Advice> advice,
        @Nullable Instant advisedAt,
        List<CacheAdvice> cacheAdvice,
        List<HeldConnection> heldConnections) {

    public DatabaseInsights {
        slowest = List.copyOf(slowest);
        mostFrequent = List.copyOf(mostFrequent);
        mostTotalTime = List.copyOf(mostTotalTime);
        errorPatterns = List.copyOf(errorPatterns);
        nPlusOne = List.copyOf(nPlusOne);
        largeResults = List.copyOf(largeResults);
        advice = List.copyOf(advice);
        cacheAdvice = List.copyOf(cacheAdvice);
        heldConnections = List.copyOf(heldConnections);
    }

    static DatabaseInsights of(
            QueryInsights queries,
            @Nullable AdviceReport advised,
            List<CacheAdvice> cacheAdvice,
            List<HeldConnection> heldConnections,
            int top) {
        return new DatabaseInsights(
                queries.window(),
                queries.slowest(),
                queries.mostFrequent(),
                queries.mostTotalTime(),
                queries.errorPatterns(),
                queries.nPlusOne(),
                queries.largeResults(),
                advised == null ? List.of() : top(advised.advice(), top),
                advised == null ? null : advised.startedAt(),
                top(cacheAdvice, top),
                heldConnections);
    }

    private static <T> List<T> top(List<T> all, int top) {
        return all.subList(0, Math.min(top, all.size()));
    }
}
