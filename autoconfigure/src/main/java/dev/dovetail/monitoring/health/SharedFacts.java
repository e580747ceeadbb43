package dev.dovetail.monitoring.health;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the rules of one evaluation have found out and share. Used by several threads, one after the other. */
final class SharedFacts implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SharedFacts.class);

    private record Fact(@Nullable Object value, @Nullable Exception failure) {}

    private final Instant at;
    private final Map<Class<?>, Fact> facts = new LinkedHashMap<>();
    private final Set<Class<?>> asked = new HashSet<>();
    private boolean closed;

    SharedFacts(Instant at) {
        this.at = at;
    }

    Instant at() {
        return at;
    }

    // Not under a lock: whoever hangs in the source must not make the next rule hang.
    <T> T get(Class<T> type, Callable<T> source) throws Exception {
        Fact known = known(type);
        if (known == null) {
            ask(type);
            known = find(source);
            remember(type, known);
        }
        if (known.failure != null) {
            throw known.failure;
        }
        return type.cast(Objects.requireNonNull(known.value));
    }

    private static <T> Fact find(Callable<T> source) {
        try {
            return new Fact(source.call(), null);
        } catch (Exception e) {
            return new Fact(null, e);
        }
    }

    private synchronized @Nullable Fact known(Class<?> type) {
        return facts.get(type);
    }

    // Rules have their turns one after the other: whoever still waits for an answer was given up on, and so would be
    // the
    // next one.
    private synchronized void ask(Class<?> type) throws UnanswerableException {
        if (!asked.add(type)) {
            throw new UnanswerableException("An earlier rule has got no answer");
        }
    }

    // Whoever was given up on may come back when others have found out the same, or when the evaluation is over.
    private synchronized void remember(Class<?> type, Fact fact) {
        asked.remove(type);
        if (closed || facts.containsKey(type)) {
            close(fact);
        } else {
            facts.put(type, fact);
        }
    }

    /** Closes what can be, without waiting for who uses it: whoever did so last did not come back. */
    synchronized void abandon() {
        facts.values().removeIf(fact -> {
            close(fact);
            return fact.value instanceof AutoCloseable;
        });
    }

    @Override
    public synchronized void close() {
        closed = true;
        abandon();
    }

    private static void close(Fact fact) {
        if (fact.value instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                log.debug("What rules shared could not be closed", e);
            }
        }
    }
}
