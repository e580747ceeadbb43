package dev.dovetail.autoconfigure;

import dev.dovetail.datasource.OperationContext;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.env.Environment;
import org.springframework.data.jdbc.repository.support.JdbcRepositoryFactoryBean;

/** Says while a repository of Spring Data JDBC is called which of its methods it is: inside of the cache, outside of the retries. */
final class NamedOperations implements BeanPostProcessor {

    private final Environment environment;

    NamedOperations(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof JdbcRepositoryFactoryBean<?, ?, ?> factoryBean
                && environment.getProperty("dovetail.monitoring.enabled", Boolean.class, true)) {
            factoryBean.addRepositoryFactoryCustomizer(
                    factory -> factory.addRepositoryProxyPostProcessor((proxy, repository) -> proxy.addAdvice(
                            0, new Naming(repository.getRepositoryInterface().getSimpleName()))));
        }
        return bean;
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
