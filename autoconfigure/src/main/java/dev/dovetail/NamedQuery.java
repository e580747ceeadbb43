package dev.dovetail;

import dev.dovetail.cache.CacheSettings;
import dev.dovetail.cache.CachedQueries;
import dev.dovetail.cache.QueryResult;
import dev.dovetail.cache.QueryResult.Origin;
import dev.dovetail.datasource.OperationContext;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.transaction.Retries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A query that is retried, and may be cached.
 *
 * @param name of the query
 * @param tools what runs it
 * @param key on what its result depends; null if that was not said
 * @param kept whether its result is
 * @param ttl how long; null for what is configured
 */
record NamedQuery(
        String name,
        Tools tools,
        @Nullable List<@Nullable Object> key,
        boolean kept,
        @Nullable Duration ttl) implements QuerySpec {

    private static final Logger log = LoggerFactory.getLogger(QuerySpec.class);

    /**
     * What runs queries.
     *
     * @param caches null if nothing is kept
     */
    record Tools(
            Retries retries,
            Function<Throwable, Optional<DatabaseError>> describing,
            @Nullable CachedQueries caches) {}

    NamedQuery(String name, Tools tools) {
        this(name, tools, null, false, null);
    }

    @Override
    public QuerySpec key(Object... arguments) {
        return new NamedQuery(
                name, tools, Collections.unmodifiableList(new ArrayList<>(Arrays.asList(arguments))), kept, ttl);
    }

    @Override
    public QuerySpec cached() {
        return new NamedQuery(name, tools, key, true, null);
    }

    @Override
    public QuerySpec cached(Duration atMost) {
        CacheSettings.checkTtl("How long the result of query '%s' is kept".formatted(name), atMost);
        return new NamedQuery(name, tools, key, true, atMost);
    }

    @Override
    public <T extends @Nullable Object> T run(Supplier<? extends T> work) {
        return kept ? this.<T>runForResult(work).value() : this.<T>read(work);
    }

    private <T extends @Nullable Object> T read(Supplier<? extends T> work) {
        String before = OperationContext.replace(name);
        try {
            return tools.retries.<T, RuntimeException>run(name, work::get);
        } finally {
            OperationContext.replace(before);
        }
    }

    @Override
    public <T extends @Nullable Object> QueryResult<T> runForResult(Supplier<? extends T> work) {
        CachedQueries caches = kept ? tools.caches : null;
        return caches == null
                ? new QueryResult<>(this.<T>read(work), Origin.DATABASE)
                : caches.<T>run(name, key == null ? null : key.toArray(), ttl, work, () -> this.<T>read(work));
    }

    @Override
    public <T extends @Nullable Object> WithFallback<T> fallback(Supplier<? extends T> fallback) {
        return new Guarded<>(this, fallback);
    }

    /** With something to return where the database cannot answer. */
    private record Guarded<T extends @Nullable Object>(NamedQuery query, Supplier<? extends T> fallback)
            implements WithFallback<T> {

        @Override
        public T run(Supplier<? extends T> work) {
            return runForResult(work).value();
        }

        @Override
        public QueryResult<T> runForResult(Supplier<? extends T> work) {
            try {
                return query.runForResult(work);
            } catch (RuntimeException e) {
                ErrorCode code =
                        query.tools.describing.apply(e).map(DatabaseError::code).orElse(null);
                if (code == null || !isOutOfOrder(code)) {
                    throw e;
                }
                log.warn("Query '{}' failed with {}, and its fallback is used", query.name, code);
                return new QueryResult<>(fallback.get(), Origin.FALLBACK);
            }
        }
    }

    private static boolean isOutOfOrder(ErrorCode code) {
        return switch (code) {
            case UNREACHABLE,
                    CIRCUIT_OPEN,
                    POOL_EXHAUSTED,
                    QUERY_TIMEOUT,
                    LOCK_TIMEOUT,
                    STORAGE_FAILURE,
                    CORRUPT,
                    OUT_OF_MEMORY -> true;
            default -> false;
        };
    }
}
