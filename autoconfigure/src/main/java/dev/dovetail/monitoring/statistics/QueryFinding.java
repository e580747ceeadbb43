package dev.dovetail.monitoring.statistics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A query that was seen to do what it had better not, and how often.
 *
 * @param id of its text
 * @param text without values
 * @param operation the repository's method, or the named query, that executed it; null if it was none
 * @param caller the application's method that was seen to do so first; null if it is not known
 * @param times of repetitions: in how many transactions or requests; of large results: how many there were
 * @param most of repetitions: how often in one of them at most; of large results: how many rows at most
 * @param first when it was first seen
 * @param last when it was last seen
 */
public record QueryFinding(
        String id,
        String text,
        @Nullable String operation,
        @Nullable String caller,
        long times,
        long most,
        Instant first,
        Instant last) {}
