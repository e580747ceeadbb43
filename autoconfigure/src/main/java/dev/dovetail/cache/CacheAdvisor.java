package dev.dovetail.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.dovetail.cache.AdviceText.Numbers;
import dev.dovetail.cache.CacheAdvice.Kind;
import dev.dovetail.cache.ResultCache.Size;
import dev.dovetail.datasource.TableVersions;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Says what would be better cached, and what is better not. Safe for use by several threads. */
final class CacheAdvisor {

    // Of 400 independent calls, the share that hits is known to 5 points, in 19 cases of 20.
    static final long FEWEST_CALLS = 400;
    // Of what is kept, most is dropped unused where fewer than one call in five finds something.
    static final double WORTHWHILE_HIT_RATE = 0.2;
    // Well below the other, so that nobody is told to remove what he was told to add.
    static final double USELESS_HIT_RATE = 0.1;
    // One millisecond in a second: less is noticed by nobody, be it saved or lost, while a cache has to be thought of.
    static final Duration NOTICED_PER_HOUR = Duration.ofMillis(3600);
    // What a hit and keeping a result cost, generously: measured were 0.3 µs and 2 µs.
    static final long HIT_NANOS = 1_000;
    static final long KEEPING_NANOS = 5_000;

    private static final double HOUR_NANOS = Duration.ofHours(1).toNanos();
    // Numbers by the hour that rest on a few seconds are those of a start.
    private static final long SHORTEST_NANOS = Duration.ofMinutes(1).toNanos();

    // About 15 MB if all are used.
    private static final int KEYS_OF_ALL = 65_536;
    private static final int MOST_KEYS_OF_ONE = 1_024;
    private static final int FEWEST_KEYS_OF_ONE = 64;

    private final TableVersions versions;
    private final Ticker ticker;
    private final CacheRules rules;
    private final List<WatchedMethod> watched = new CopyOnWriteArrayList<>();
    private final List<Observed> observed = new CopyOnWriteArrayList<>();

    /**
     * Whose results are kept.
     *
     * @param remedy what to do if that does not pay
     */
    private record Observed(String name, String remedy, ResultCache cache, LookupCounts counts) {}

    CacheAdvisor(TableVersions versions, Ticker ticker, CacheRules rules) {
        this.versions = versions;
        this.ticker = ticker;
        this.rules = rules;
    }

    /** Counts for a method whose results are kept. */
    LookupCounts newCounts() {
        return new LookupCounts(ticker.read());
    }

    /** A method's results are kept, and counted. */
    void observe(String name, String remedy, CachedMethod method) {
        LookupCounts counts = method.counts();
        if (counts != null) {
            observed.add(new Observed(name, remedy, method.cache(), counts));
        }
    }

    /**
     * Watches a method whose results are not kept.
     *
     * @param size of the cache that it would have
     */
    WatchedMethod watch(WatchedMethod.Description described, Size size) {
        ResultCache cache = new ResultCache(described.name(), size, Duration.ZERO, true, ticker, rules);
        WatchedMethod method = new WatchedMethod(described, new GhostCache(cache, this::keysOfOne), cache, versions);
        watched.add(method);
        return method;
    }

    private int keysOfOne() {
        int share = KEYS_OF_ALL / Math.max(1, watched.size());
        return Math.max(FEWEST_KEYS_OF_ONE, Math.min(MOST_KEYS_OF_ONE, share));
    }

    /** @param caches those there are; what is not of a repository is of queries */
    List<CacheAdvice> advice(Collection<ResultCache> caches) {
        Stream<Observed> queries = caches.stream()
                .filter(cache -> observed.stream().noneMatch(one -> one.cache.equals(cache)))
                .map(CacheAdvisor::ofQuery);
        return Stream.concat(
                        watched.stream().map(this::adviceFor),
                        Stream.concat(observed.stream(), queries).map(this::adviceAgainst))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(CacheAdvice::timeSavedPerHour).reversed())
                .toList();
    }

    private static Observed ofQuery(ResultCache cache) {
        String name = cache.name();
        return new Observed(name, "Leave cached() out of query '%s'".formatted(name), cache, cache.counts());
    }

    private Optional<CacheAdvice> adviceFor(WatchedMethod method) {
        LookupCounts calls = method.calls();
        LookupCounts expected = method.expected();
        if (Math.min(calls.loads(), expected.lookups()) < FEWEST_CALLS) {
            return Optional.empty();
        }
        double hitRate = expected.hitRate();
        double saved = hitRate * (calls.meanLoadNanos() - HIT_NANOS) - (1 - hitRate) * KEEPING_NANOS;
        double invalidations = (double) expected.invalidations() / expected.lookups();
        Numbers numbers = numbers(calls, calls.loads(), hitRate, calls.loads() * saved, calls.loads() * invalidations);
        if (hitRate < WORTHWHILE_HIT_RATE || numbers.timeSaved().compareTo(NOTICED_PER_HOUR) < 0) {
            return Optional.empty();
        }
        String name = method.name();
        String mutable = method.mutablePart();
        return Optional.of(
                mutable == null
                        ? numbers.advice(name, Kind.CACHE, AdviceText.cache(name, numbers))
                        : numbers.advice(name, Kind.MAKE_IMMUTABLE, AdviceText.makeImmutable(name, numbers, mutable)));
    }

    private Optional<CacheAdvice> adviceAgainst(Observed one) {
        LookupCounts counts = one.counts;
        if (counts.lookups() < FEWEST_CALLS || counts.loads() == 0) {
            return Optional.empty();
        }
        double saved = counts.hits() * (counts.meanLoadNanos() - HIT_NANOS) - counts.keepingNanos();
        Numbers numbers = numbers(counts, counts.lookups(), counts.hitRate(), saved, (double) counts.invalidations());
        boolean costly = numbers.timeSaved().compareTo(NOTICED_PER_HOUR.negated()) <= 0;
        if (counts.hitRate() >= USELESS_HIT_RATE && !costly) {
            return Optional.empty();
        }
        String text = AdviceText.remove(one.remedy, numbers, one.cache.isTooSmall());
        return Optional.of(numbers.advice(one.name, Kind.DO_NOT_CACHE, text));
    }

    private Numbers numbers(LookupCounts counts, long calls, double hitRate, double saved, double invalidations) {
        double hours = Math.max(ticker.read() - counts.since(), SHORTEST_NANOS) / HOUR_NANOS;
        return new Numbers(
                hitRate,
                calls / hours,
                Duration.ofNanos((long) counts.meanLoadNanos()),
                Duration.ofNanos((long) (saved / hours)),
                counts.meanRows(),
                invalidations / hours);
    }
}
