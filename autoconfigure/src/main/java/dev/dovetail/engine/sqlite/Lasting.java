package dev.dovetail.engine.sqlite;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** For how long something was found whenever somebody looked. Used by one thread at a time. */
final class Lasting {

    private final LongSupplier nanoTime;
    private Map<String, Long> since = Map.of();

    Lasting(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Of what was found now, for how long it has been; what is not found now is forgotten. */
    Map<String, Duration> of(Collection<String> found) {
        long now = nanoTime.getAsLong();
        Map<String, Long> sinceThen = new LinkedHashMap<>();
        Map<String, Duration> lasted = new LinkedHashMap<>();
        for (String each : found) {
            long first = since.getOrDefault(each, now);
            sinceThen.put(each, first);
            lasted.put(each, Duration.ofNanos(now - first));
        }
        since = sinceThen;
        return lasted;
    }
}
