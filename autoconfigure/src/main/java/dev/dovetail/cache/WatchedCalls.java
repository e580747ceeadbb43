package dev.dovetail.cache;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.data.repository.core.RepositoryInformation;

/** Around a repository's calls whose results are not kept: watches what would have come of it if they were. */
public final class WatchedCalls implements MethodInterceptor {

    private final CachedMethods repository;
    private final Map<Method, Optional<WatchedMethod>> methods = new ConcurrentHashMap<>();

    private WatchedCalls(CachedMethods repository) {
        this.repository = repository;
    }

    /**
     * Around a repository. Changes of tables are followed from now on, as they are for a cache.
     *
     * @param oneRow whether each entity is one row that is found by the primary key of its table
     */
    public static WatchedCalls of(ResultCaches caches, RepositoryInformation repository, BooleanSupplier oneRow) {
        caches.versions().watch();
        return new WatchedCalls(new CachedMethods(caches, repository, oneRow));
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Method called = invocation.getMethod();
        Optional<WatchedMethod> known = methods.get(called);
        if (known == null) {
            known = methods.computeIfAbsent(called, repository::watched);
        }
        return known.isEmpty() ? invocation.proceed() : known.get().call(invocation);
    }
}
