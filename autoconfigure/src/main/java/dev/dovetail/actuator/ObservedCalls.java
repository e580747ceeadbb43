package dev.dovetail.actuator;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Around a repository's calls: observes each as {@code dovetail.repository}, with the repository and the method. */
public final class ObservedCalls implements MethodInterceptor {

    private final ObservationRegistry registry;
    private final String repository;

    /** @param repository its name */
    public ObservedCalls(ObservationRegistry registry, String repository) {
        this.registry = registry;
        this.repository = repository;
    }

    // What it throws is thrown on as it is, and is the observation's error without what may hold values.
    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        String method = invocation.getMethod().getName();
        Observation observation = Observation.createNotStarted("dovetail.repository", registry)
                .contextualName(repository + "." + method)
                .lowCardinalityKeyValue("repository", repository)
                .lowCardinalityKeyValue("method", method)
                .start();
        Observation.Scope scope = observation.openScope();
        try {
            return invocation.proceed();
        } catch (Throwable e) {
            observation.error(ShownFailure.of(e));
            throw e;
        } finally {
            scope.close();
            observation.stop();
        }
    }
}
