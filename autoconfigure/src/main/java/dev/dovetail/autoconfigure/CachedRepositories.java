package dev.dovetail.autoconfigure;

import dev.dovetail.cache.CachedCalls;
import dev.dovetail.cache.ResultCaches;
import dev.dovetail.cache.WatchedCalls;
import dev.dovetail.engine.DatabaseStartException;
import dev.dovetail.repository.DovetailAggregateTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.env.Environment;
import org.springframework.data.jdbc.repository.support.JdbcRepositoryFactoryBean;
import org.springframework.data.repository.core.RepositoryInformation;
import org.springframework.util.ClassUtils;

/** Puts the cache around repositories of Spring Data JDBC that ask for it, outside of everything else that is around them. */
final class CachedRepositories implements BeanPostProcessor, BeanClassLoaderAware {

    private static final String CAFFEINE = "com.github.benmanes.caffeine.cache.Caffeine";

    private final BeanFactory beans;
    private final Environment environment;
    private @Nullable ClassLoader classes;

    CachedRepositories(BeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    @Override
    public void setBeanClassLoader(ClassLoader classLoader) {
        classes = classLoader;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof JdbcRepositoryFactoryBean<?, ?, ?> factoryBean
                && environment.getProperty("dovetail.cache.enabled", Boolean.class, true)) {
            factoryBean.addRepositoryFactoryCustomizer(factory ->
                    factory.addRepositoryProxyPostProcessor((proxy, repository) -> {
                        watch(proxy, repository);
                        if (CachedCalls.areAskedFor(repository.getRepositoryInterface())) {
                            proxy.addAdvice(0, around(repository));
                        }
                    }));
        }
        return bean;
    }

    // Where nothing could be cached, there is nothing to say about it.
    private void watch(ProxyFactory proxy, RepositoryInformation repository) {
        if (environment.getProperty("dovetail.cache.advice", Boolean.class, false)
                && ClassUtils.isPresent(CAFFEINE, classes)) {
            ResultCaches caches = beans.getBeanProvider(ResultCaches.class).getIfUnique();
            if (caches != null && caches.isAdvising()) {
                proxy.addAdvice(0, WatchedCalls.of(caches, repository, () -> isOneRow(repository)));
            }
        }
    }

    private CachedCalls around(RepositoryInformation repository) {
        String name = repository.getRepositoryInterface().getName();
        if (!ClassUtils.isPresent(CAFFEINE, classes)) {
            throw new DatabaseStartException(
                    "%s is @Cached, but Caffeine, which holds what is cached, is not on the class path".formatted(name),
                    "Add com.github.ben-manes.caffeine:caffeine to the application, or set dovetail.cache.enabled=false.",
                    null);
        }
        ResultCaches caches = beans.getBeanProvider(ResultCaches.class).getIfUnique();
        if (caches == null) {
            throw new DatabaseStartException(
                    "%s is @Cached, but the application has a data source of its own, whose changes Dovetail does not see"
                            .formatted(name),
                    "Leave the DataSource bean out, so that Dovetail provides it, or set dovetail.cache.enabled=false.",
                    null);
        }
        return CachedCalls.of(caches, repository, () -> isOneRow(repository));
    }

    private boolean isOneRow(RepositoryInformation repository) {
        DovetailAggregateTemplate template =
                beans.getBeanProvider(DovetailAggregateTemplate.class).getIfUnique();
        return template != null && template.isOneRowByPrimaryKey(repository.getDomainType());
    }
}
