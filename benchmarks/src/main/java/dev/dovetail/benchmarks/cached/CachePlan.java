package dev.dovetail.benchmarks.cached;

import dev.dovetail.benchmarks.fork.Options;
import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.cache.Coherence;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * What is to be measured.
 *
 * @param forks of everything
 * @param threads that read at the same time
 * @param millis for each piece of work of an application that caches nothing
 * @param writers that write at the same time
 * @param seconds for each number of writers
 * @param calls of the slow query
 */
record CachePlan(
        List<CachePart> parts,
        int forks,
        List<Engine> engines,
        List<Integer> threads,
        int millis,
        List<Coherence> coherences,
        List<Integer> writers,
        int seconds,
        int calls) {

    private static final Set<String> OPTIONS =
            Set.of("parts", "forks", "engines", "threads", "millis", "coherences", "writers", "seconds", "calls");

    /** @throws IllegalArgumentException if an option or its value makes no sense */
    static CachePlan of(String... arguments) {
        Options options = new Options(arguments, OPTIONS);
        return new CachePlan(
                list(options, "parts", CachePart.ids(), CachePart::of),
                positive("forks", options.number("forks", 5)),
                list(options, "engines", List.of("sqlite", "postgresql"), Engine::of),
                list(options, "threads", List.of("1", "2"), text -> positive("threads", Integer.parseInt(text))),
                positive("millis", options.number("millis", 700)),
                list(options, "coherences", coherenceIds(), CachePlan::coherence),
                list(options, "writers", List.of("1", "4", "16"), text -> positive("writers", Integer.parseInt(text))),
                positive("seconds", options.number("seconds", 3)),
                positive("calls", options.number("calls", 10_000)));
    }

    /** On SQLite others see changes by themselves, and coalesced is the same as transactional. */
    List<Coherence> coherencesOf(Engine engine) {
        return coherences.stream()
                .filter(each -> engine == Engine.POSTGRESQL || each != Coherence.COALESCED)
                .toList();
    }

    static Coherence coherence(String id) {
        return Coherence.valueOf(id.toUpperCase(Locale.ROOT));
    }

    static String id(Coherence coherence) {
        return coherence.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> coherenceIds() {
        return Arrays.stream(Coherence.values()).map(CachePlan::id).toList();
    }

    private static <T> List<T> list(
            Options options, String name, List<String> otherwise, Function<String, T> conversion) {
        return options.list(name, otherwise).stream().map(conversion).toList();
    }

    private static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("--%s must be 1 or more, not %d".formatted(name, value));
        }
        return value;
    }
}
