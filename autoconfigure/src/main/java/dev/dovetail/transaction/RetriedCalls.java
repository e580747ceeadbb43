package dev.dovetail.transaction;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Map<Method, Boolean> retried = new ConcurrentHashMap<>();

    public RetriedCalls(Retries retries, EntityStates states, RepositoryInformation repository) {
        this.retries = retries;
        this.states = states;
        this.repository = repository;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        boolean once = TransactionSynchronizationManager.isActualTransactionActive()
                || !retried.computeIfAbsent(invocation.getMethod(), this::isRetried);
        return once || !(invocation instanceof ProxyMethodInvocation repeatable)
                ? invocation.proceed()
                : retried(repeatable);
    }

    private @Nullable Object retried(ProxyMethodInvocation invocation) throws Throwable {
        EntityStates.Remembered before = states.of(invocation.getArguments());
        return retries.<@Nullable Object, Throwable>run(name(invocation.getMethod()), () -> {
            try {
                return invocation.invocableClone().proceed();
            } catch (Throwable failure) {
                before.restore();
                throw failure;
            }
        });
    }

    private String name(Method method) {
        return repository.getRepositoryInterface().getSimpleName() + "." + method.getName();
    }

    private boolean isRetried(Method method) {
        boolean ofSpringData = repository.isBaseClassMethod(method) || repository.isQueryMethod(method);
        return ofSpringData
                && !AnnotatedElementUtils.hasAnnotation(method, Transactional.class)
                && !AnnotatedElementUtils.hasAnnotation(repository.getRepositoryInterface(), Transactional.class);
    }
}
