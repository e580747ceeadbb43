package dev.dovetail.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A saga as it is stored.
 *
 * @param completed the names of the steps that were done and not undone, in their order
 * @param begun the external step that was begun after those, of which nobody knows how far it came; null if there is none
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
        @Nullable String begun,
        long token,
        int attempts) {

    SagaRecord in(SagaState other) {
        return new SagaRecord(id, name, other, payload, notes, completed, begun, token, attempts);
    }

    SagaRecord beginning(String step) {
        return new SagaRecord(id, name, state, payload, notes, completed, step, token, attempts);
    }

    /** With this step done, too. */
    SagaRecord after(String step, Map<String, String> noted, boolean last) {
        List<String> done = new ArrayList<>(completed);
        done.add(step);
        return new SagaRecord(
                id,
                name,
                last ? SagaState.COMPLETED : SagaState.RUNNING,
                payload,
                noted,
                List.copyOf(done),
                null,
                token,
                attempts);
    }

    /** The step that is to be undone first; null if there is none. */
    @Nullable
    String latest() {
        if (begun != null) {
            return begun;
        }
        return completed.isEmpty() ? null : completed.get(completed.size() - 1);
    }

    /** Without its latest step. */
    SagaRecord withoutLatest(Map<String, String> noted) {
        List<String> left = begun == null ? completed.subList(0, completed.size() - 1) : completed;
        return new SagaRecord(id, name, state, payload, noted, List.copyOf(left), null, token, attempts);
    }
}
