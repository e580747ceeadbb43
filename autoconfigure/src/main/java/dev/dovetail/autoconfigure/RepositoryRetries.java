package dev.dovetail.autoconfigure;

import dev.dovetail.transaction.EntityStates;
import dev.dovetail.transaction.RetriedCalls;
import dev.dovetail.transaction.Retries;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.data.jdbc.repository.support.JdbcRepositoryFactoryBean;
import org.springframework.data.relational.core.mapping.RelationalMappingContext;

/** Puts the retries around repositories of Spring Data JDBC, outside of everything else that is around them. */
final class RepositoryRetries implements BeanPostProcessor {

    private final BeanFactory beans;

    RepositoryRetries(BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof JdbcRepositoryFactoryBean<?, ?, ?> factoryBean) {
            factoryBean.addRepositoryFactoryCustomizer(factory ->
                    factory.addRepositoryProxyPostProcessor((proxy, repository) -> {
                        Retries retries = beans.getBeanProvider(Retries.class).getIfUnique();
                        RelationalMappingContext context = beans.getBeanProvider(RelationalMappingContext.class)
                                .getIfUnique();
                        if (retries != null && context != null) {
                            proxy.addAdvice(0, new RetriedCalls(retries, new EntityStates(context), repository));
                        }
                    }));
        }
        return bean;
    }
}
