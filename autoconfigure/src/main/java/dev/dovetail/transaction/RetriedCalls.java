package dev.dovetail.transaction;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.data.repository.core.RepositoryInformation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Around everything else that a repository's call passes: runs it again where that is right. That concerns what Spring Data does
 * by itself, in a transaction of its own or in none: inherited methods and queries. What the application wrote itself, or
 * declared {@code @Transactional}, it also retries itself, by {@code @Retryable}.
 */
public final class RetriedCalls implements MethodInterceptor {

    private final Retries retries;
    private final EntityStates states;
    private final RepositoryInformation repository;
    private final Map<Method, Call> calls = new ConcurrentHashMap<>();

    public RetriedCalls(Retries retries, EntityStates states, RepositoryInformation repository) {
        this.retries = retries;
        this.states = states;
        this.repository = repository;
    }

    /**
     * What is known of a method.
     *
     * @param retried whether it is run again
     * @param iterable whether it takes what may be readable only once
     */
    private record Call(String name, boolean retried, boolean iterable) {}

    // NullAway takes what the lambda returns for something.
    @Override
    @SuppressWarnings("NullAway")
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Call call = calls.computeIfAbsent(invocation.getMethod(), this::call);
        boolean once = !call.retried || TransactionSynchronizationManager.isActualTransactionActive();
        if (once || !(invocation instanceof ProxyMethodInvocation repeatable)) {
            return remembering(invocation);
        }
        if (call.iterable) {
            repeatable.setArguments(readable(invocation.getMethod(), invocation.getArguments()));
        }
        return retries.<@Nullable Object, Throwable>run(call.name, () -> remembering(repeatable.invocableClone()));
    }

    // In a unit of work that may be run again, be it this call or one around it.
    private @Nullable Object remembering(MethodInvocation invocation) throws Throwable {
        RetriedUnit unit = RetriedUnit.current();
        if (unit != null) {
            unit.remember(states.of(invocation.getArguments()));
        }
        return invocation.proceed();
    }

    // Some can be read only once, and a second try would find nothing to save.
    private static @Nullable Object[] readable(Method method, @Nullable Object[] arguments) {
        @Nullable Object[] readable = arguments.clone();
        Class<?>[] types = method.getParameterTypes();
        for (int i = 0; i < readable.length; i++) {
            if (types[i] == Iterable.class
                    && readable[i] instanceof Iterable<?> values
                    && !(values instanceof Collection)) {
                List<@Nullable Object> all = new ArrayList<>();
                values.forEach(all::add);
                readable[i] = all;
            }
        }
        return readable;
    }

    private Call call(Method method) {
        return new Call(
                repository.getRepositoryInterface().getSimpleName() + "." + method.getName(),
                isRetried(method),
                List.of(method.getParameterTypes()).contains(Iterable.class));
    }

    private boolean isRetried(Method method) {
        // A default method or a fragment may stand in place of what is inherited, and only the caller knows what its
        // function does with a query.
        boolean inherited =
                repository.isBaseClassMethod(method) && !method.isDefault() && !repository.isCustomMethod(method);
        boolean ofSpringData = (inherited || repository.isQueryMethod(method))
                && !List.of(method.getParameterTypes()).contains(Function.class);
        return ofSpringData
                && !AnnotatedElementUtils.hasAnnotation(method, Transactional.class)
                && !AnnotatedElementUtils.hasAnnotation(repository.getRepositoryInterface(), Transactional.class);
    }
}
