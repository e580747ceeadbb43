package dev.dovetail.transaction;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a step, or what undoes it, knows of its saga. Used by one thread.
 *
 * @param <P> the payload
 */
public final class SagaContext<P> {

    private final String id;
    private final P payload;
    private final Map<String, String> notes;
    private final boolean stepCompleted;

    SagaContext(SagaRecord saga, P payload, boolean stepCompleted) {
        this.id = saga.id();
        this.payload = payload;
        this.notes = new TreeMap<>(saga.notes());
        this.stepCompleted = stepCompleted;
    }

    /** The saga's id. With the name of the step it is a key by which other systems can tell a repetition. */
    public String id() {
        return id;
    }

    /** What the saga was started with. */
    public P payload() {
        return payload;
    }

    /** Keeps a text for later steps and for what undoes this one; it is stored when the step is completed. */
    public void note(String key, String value) {
        notes.put(key, value);
    }

    /** What an earlier step has noted. */
    public Optional<String> note(String key) {
        return Optional.ofNullable(notes.get(key));
    }

    /**
     * For what undoes a step: whether the step was completed. If not, it is an external one that was begun, and nobody knows how
     * far it came: it may have had its effect or none, and what it has noted and written to the database is not there.
     */
    public boolean stepCompleted() {
        return stepCompleted;
    }

    Map<String, String> notes() {
        return notes;
    }
}
