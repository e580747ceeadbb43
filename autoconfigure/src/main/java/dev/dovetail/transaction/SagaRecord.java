package dev.dovetail.transaction;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A saga as it is stored.
 *
 * @param completed the names of the steps that were done and not undone, in their order
 * @param token greater with each process that takes the saga over
 * @param attempts how often undoing a step has failed
 */
record SagaRecord(
        String id,
        String name,
        SagaState state,
        @Nullable String payload,
        Map<String, String> notes,
        List<String> completed,
        long token,
        int attempts) {}
