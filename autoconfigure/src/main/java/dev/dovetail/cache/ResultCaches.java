package dev.dovetail.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.dovetail.cache.ResultCache.Size;
import dev.dovetail.datasource.DatabaseExceptionTranslator;
import dev.dovetail.datasource.RestoreListener;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.datasource.TableVersions;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All caches of one database, by their names. Safe for use by several threads. */
public final class ResultCaches implements CacheOperations, RestoreListener, AutoCloseable {

    private final CacheSettings settings;
    private final TableVersions versions;
    private final Ticker ticker;
    private final CacheRules rules;
    private final Loading loading;
    private final @Nullable CacheAdvisor advisor;
    private final Map<String, ResultCache> caches = new ConcurrentHashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    ResultCaches(
            CacheSettings settings, TableVersions versions, Ticker ticker, CacheRules rules, DatabaseEngine engine) {
        this.settings = settings;
        this.versions = versions;
        this.ticker = ticker;
        this.rules = rules;
        DatabaseExceptionTranslator translator = new DatabaseExceptionTranslator(engine);
        this.loading = new Loading(
                versions,
                failure -> translator
                        .describe(failure)
                        .filter(error ->
                                error.code() == ErrorCode.CIRCUIT_OPEN || error.code() == ErrorCode.UNREACHABLE)
                        .isPresent());
        this.advisor = settings.advice() ? new CacheAdvisor(versions, ticker, rules) : null;
        settings.caches().keySet().forEach(name -> cache(name, null, null));
    }

    /**
     * Caches for what is read from a database.
     *
     * @param versions when its tables last changed
     * @param ticker the clock by which results grow old
     * @param engine the database's
     * @param dataSource the database's; asked for when something is read first
     * @param held what a thread has read before
     */
    public static ResultCaches of(
            CacheSettings settings,
            TableVersions versions,
            Ticker ticker,
            DatabaseEngine engine,
            Supplier<@Nullable RoutingDataSource> dataSource,
            HeldObjects held) {
        return new ResultCaches(settings, versions, ticker, new CacheRules(dataSource, held), engine);
    }

    TableVersions versions() {
        return versions;
    }

    Loading loading() {
        return loading;
    }

    /** Who watches; null if nobody does. */
    @Nullable
    CacheAdvisor advisor() {
        return advisor;
    }

    /**
     * The cache of this name, which is made if there is none yet.
     *
     * @param ttl what its user says; null for nothing
     * @param maximumSize what its user says; null for nothing
     * @throws IllegalStateException if another user of it says something else
     */
    ResultCache cache(String name, @Nullable Duration ttl, @Nullable Long maximumSize) {
        ResultCache known = caches.get(name);
        if (known == null) {
            ResultCache made = make(name, ttl, maximumSize);
            known = caches.putIfAbsent(name, made);
            if (known == null) {
                listeners.forEach(listener -> listener.accept(name));
                return made;
            }
        }
        boolean saysSomething = ttl != null || maximumSize != null;
        if (saysSomething && !known.size().equals(size(name, ttl, maximumSize))) {
            throw new IllegalStateException(
                    "The cache '%s' is asked for with different sizes or times. Give one of its users another name, or set dovetail.cache.caches.%s."
                            .formatted(name, name));
        }
        return known;
    }

    private ResultCache make(String name, @Nullable Duration ttl, @Nullable Long maximumSize) {
        Size size = size(name, ttl, maximumSize);
        return new ResultCache(
                name, size, settings.staleTtl(), settings.of(name).enabled(), ticker, rules);
    }

    /** What a cache of this name has for its size and times, where its users say that. */
    Size size(String name, @Nullable Duration ttl, @Nullable Long maximumSize) {
        CacheSettings.Own own = settings.of(name);
        return new Size(
                first(own.ttl(), ttl, settings.ttl()), first(own.maximumSize(), maximumSize, settings.maximumSize()));
    }

    /** How long what is read by one call is kept, which may say so: what is set for a single cache has the last word. */
    Duration ttl(ResultCache cache, @Nullable Duration said) {
        return first(settings.of(cache.name()).ttl(), said, cache.ttl());
    }

    private static <T> T first(@Nullable T configured, @Nullable T said, T otherwise) {
        if (configured != null) {
            return configured;
        }
        return said != null ? said : otherwise;
    }

    @Nullable
    ResultCache find(String name) {
        return caches.get(name);
    }

    private ResultCache existing(String name) {
        ResultCache cache = find(name);
        if (cache == null) {
            throw new IllegalArgumentException("There is no cache '%s'; there are %s".formatted(name, names()));
        }
        return cache;
    }

    /** Tells of each cache by its name, now and when one is made. */
    public void forEach(Consumer<String> listener) {
        listeners.add(listener);
        caches.keySet().forEach(listener);
    }

    @Override
    public Set<String> names() {
        return new TreeSet<>(caches.keySet());
    }

    @Override
    public CacheStatistics statistics(String cache) {
        return existing(cache).statistics();
    }

    @Override
    public boolean isAdvising() {
        return advisor != null;
    }

    @Override
    public List<CacheAdvice> advice() {
        return advisor == null ? List.of() : advisor.advice(caches.values());
    }

    @Override
    public void invalidateTable(String table) {
        versions.changedUnseen(table);
    }

    @Override
    public void invalidate(String cache, Object... key) {
        ResultCache existing = existing(cache);
        CacheKey wanted = CacheKey.named("cache '%s'".formatted(cache), key);
        if (!existing.remove(wanted)) {
            existing.removeIf(other -> other instanceof CacheKey kept && kept.isWrittenLike(wanted));
        }
    }

    @Override
    public int invalidateMatching(Pattern keys) {
        return caches.values().stream()
                .mapToInt(cache -> cache.removeIf(
                        key -> keys.matcher(cache.name() + ":" + key).find()))
                .sum();
    }

    @Override
    public void clear(String cache) {
        existing(cache).clear();
    }

    @Override
    public void clear() {
        caches.values().forEach(ResultCache::clear);
    }

    // What is kept for when the database does not answer is of the one before, too.
    @Override
    public void onRestore() {
        clear();
    }

    /** Forgets everything, so that nothing is left to be removed later. */
    @Override
    public void close() {
        clear();
    }
}
