package dev.dovetail.cache;

import dev.dovetail.cache.FrozenResult.MutableResultException;
import dev.dovetail.datasource.TableReading;
import dev.dovetail.datasource.TableStamp;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.data.repository.core.RepositoryInformation;

/** Around everything else that a repository's call passes: gives what is kept, and keeps what is read. */
public final class CachedCalls implements MethodInterceptor {

    private final Loading loading;
    private final CachedMethods cached;
    private final Map<Method, Optional<CachedMethod>> methods = new ConcurrentHashMap<>();

    /**
     * Around a repository.
     *
     * @param oneRow whether each entity is one row that is found by the primary key of its table
     * @throws dev.dovetail.engine.DatabaseStartException if a method cannot be cached that should be
     */
    public static CachedCalls of(ResultCaches caches, RepositoryInformation repository, BooleanSupplier oneRow) {
        CachedMethods methods = new CachedMethods(caches, repository, oneRow);
        methods.check();
        caches.versions().watch();
        return new CachedCalls(caches.loading(), methods);
    }

    /** Whether anything of a repository is to be cached. */
    public static boolean areAskedFor(Class<?> repositoryInterface) {
        return CachedMethods.isAskedFor(repositoryInterface);
    }

    private CachedCalls(Loading loading, CachedMethods cached) {
        this.loading = loading;
        this.cached = cached;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Method called = invocation.getMethod();
        Optional<CachedMethod> known = methods.get(called);
        if (known == null) {
            known = methods.computeIfAbsent(called, cached::find);
        }
        CachedMethod method = known.orElse(null);
        return method == null || !method.cache().rules().mayUseCache() ? invocation.proceed() : get(method, invocation);
    }

    private @Nullable Object get(CachedMethod method, MethodInvocation invocation) throws Throwable {
        CacheKey key = method.key(invocation.getArguments());
        if (key == null) {
            return invocation.proceed();
        }
        CacheEntry entry = method.cache().find(key, method.ttl());
        LookupCounts counts = method.counts();
        if (counts != null) {
            counts.lookedUp(entry != null);
        }
        return entry != null
                ? entry.value()
                : loading.load(method.cache(), key, method.ttl(), new Call(method, invocation, method.mayFindObjects()))
                        .value();
    }

    private record Call(CachedMethod method, MethodInvocation invocation, boolean objectsHeld) implements Load {

        @Override
        public @Nullable Object read() throws Throwable {
            return invocation.proceed();
        }

        @Override
        public @Nullable Object frozen(@Nullable Object value) {
            return FrozenResult.of(value, method.isImmutable());
        }

        @Override
        public void mutable(MutableResultException reason) {
            method.cache().warn(reason);
        }

        @Override
        public void loaded(long nanos, long keeping, long rows) {
            LookupCounts counts = method.counts();
            if (counts != null) {
                counts.loaded(nanos, keeping, rows);
            }
        }

        @Override
        public @Nullable TableStamp stamp(TableReading reading, @Nullable Object value) {
            return objectsHeld ? null : method.stamp(reading, invocation.getArguments(), value);
        }
    }
}
