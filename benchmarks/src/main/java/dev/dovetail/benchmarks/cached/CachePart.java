package dev.dovetail.benchmarks.cached;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The questions about caches, each of which can be asked alone. */
enum CachePart {
    READS,
    UNUSED,
    WRITES,
    SLOW_QUERY;

    /** As options spell it. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All of them, as options spell them. */
    static List<String> ids() {
        return Arrays.stream(values()).map(CachePart::id).toList();
    }

    /** Reads what {@link #id()} gives. */
    static CachePart of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
