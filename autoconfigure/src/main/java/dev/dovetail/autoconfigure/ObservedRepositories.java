package dev.dovetail.autoconfigure;

import dev.dovetail.actuator.ObservedCalls;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.env.Environment;
import org.springframework.data.jdbc.repository.support.JdbcRepositoryFactoryBean;

/** Has calls of repositories observed, where that is wanted: inside of the cache, outside of the retries. */
final class ObservedRepositories implements BeanPostProcessor {

    private final BeanFactory beans;
    private final Environment environment;

    ObservedRepositories(BeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof JdbcRepositoryFactoryBean<?, ?, ?> factoryBean
                && environment.getProperty("dovetail.monitoring.observations", Boolean.class, false)) {
            factoryBean.addRepositoryFactoryCustomizer(
                    factory -> factory.addRepositoryProxyPostProcessor((proxy, repository) -> beans.getBeanProvider(
                                    ObservationRegistry.class)
                            .ifUnique(registry -> proxy.addAdvice(
                                    0,
                                    new ObservedCalls(
                                            registry,
                                            repository.getRepositoryInterface().getSimpleName())))));
        }
        return bean;
    }
}
