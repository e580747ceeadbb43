package dev.dovetail.autoconfigure;

import dev.dovetail.actuator.ObservedCalls;
import dev.dovetail.datasource.OperationContext;
import io.micrometer.observation.ObservationRegistry;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.env.Environment;
import org.springframework.data.jdbc.repository.support.JdbcRepositoryFactoryBean;
import org.springframework.util.ClassUtils;

/**
 * Says while a repository of Spring Data JDBC is called which of its methods it is, and has the call observed where that is
 * wanted: inside of the cache, outside of the retries.
 */
final class WatchedRepositories implements BeanPostProcessor, BeanClassLoaderAware {

    private static final String OBSERVATIONS = "io.micrometer.observation.ObservationRegistry";

    private final BeanFactory beans;
    private final Environment environment;
    private @Nullable ClassLoader classes;

    WatchedRepositories(BeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    @Override
    public void setBeanClassLoader(ClassLoader classLoader) {
        classes = classLoader;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof JdbcRepositoryFactoryBean<?, ?, ?> factoryBean && is("enabled", true)) {
            factoryBean.addRepositoryFactoryCustomizer(
                    factory -> factory.addRepositoryProxyPostProcessor((proxy, repository) ->
                            watch(proxy, repository.getRepositoryInterface().getSimpleName())));
        }
        return bean;
    }

    private boolean is(String property, boolean byDefault) {
        return environment.getProperty("dovetail.monitoring." + property, Boolean.class, byDefault);
    }

    private void watch(ProxyFactory proxy, String repository) {
        proxy.addAdvice(0, new Naming(repository));
        if (is("observations", false) && ClassUtils.isPresent(OBSERVATIONS, classes)) {
            Observing.add(beans, proxy, repository);
        }
    }

    /** Loaded only where there is a library for it. */
    private static final class Observing {

        private Observing() {}

        static void add(BeanFactory beans, ProxyFactory proxy, String repository) {
            ObservationRegistry registry =
                    beans.getBeanProvider(ObservationRegistry.class).getIfUnique();
            if (registry != null) {
                proxy.addAdvice(0, new ObservedCalls(registry, repository));
            }
        }
    }

    private static final class Naming implements MethodInterceptor {

        private final String repository;
        private final Map<Method, String> names = new ConcurrentHashMap<>();

        Naming(String repository) {
            this.repository = repository;
        }

        @Override
        public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
            String before = OperationContext.replace(name(invocation.getMethod()));
            try {
                return invocation.proceed();
            } finally {
                OperationContext.replace(before);
            }
        }

        private String name(Method method) {
            String known = names.get(method);
            return known != null ? known : names.computeIfAbsent(method, each -> repository + "." + each.getName());
        }
    }
}
