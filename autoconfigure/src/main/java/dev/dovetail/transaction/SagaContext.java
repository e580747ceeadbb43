package dev.dovetail.transaction;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a step knows of its saga. Used by one thread.
 *
 * @param <P> the payload
 */
public final class SagaContext<P> {

    private final String id;
    private final P payload;
    private final Map<String, String> notes;

    SagaContext(String id, P payload, Map<String, String> notes) {
        this.id = id;
        this.payload = payload;
        this.notes = new TreeMap<>(notes);
    }

    /** The saga's id. With the name of the step it is a key by which other systems can tell a repetition. */
    public String id() {
        return id;
    }

    /** What the saga was started with. */
    public P payload() {
        return payload;
    }

    /** Keeps a text for later steps and for what undoes this one; it is stored with the step. */
    public void note(String key, String value) {
        notes.put(key, value);
    }

    /** What an earlier step has noted. */
    public Optional<String> note(String key) {
        return Optional.ofNullable(notes.get(key));
    }

    Map<String, String> notes() {
        return notes;
    }
}
