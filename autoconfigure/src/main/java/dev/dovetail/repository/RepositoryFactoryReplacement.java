package dev.dovetail.repository;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.data.jdbc.repository.support.JdbcRepositoryFactoryBean;

/**
 * Gives every Spring Data JDBC repository of the application what this package adds, however it was enabled. A repository
 * with a factory bean class of the user's own keeps it.
 */
public final class RepositoryFactoryReplacement implements BeanDefinitionRegistryPostProcessor {

    private static final String STOCK = JdbcRepositoryFactoryBean.class.getName();

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        for (String name : registry.getBeanDefinitionNames()) {
            BeanDefinition definition = registry.getBeanDefinition(name);
            if (STOCK.equals(definition.getBeanClassName()) && definition.getFactoryMethodName() == null) {
                replaceClass(definition);
            }
        }
    }

    private static void replaceClass(BeanDefinition definition) {
        if (definition instanceof AbstractBeanDefinition known) {
            known.setBeanClass(DovetailRepositoryFactoryBean.class);
        } else {
            definition.setBeanClassName(DovetailRepositoryFactoryBean.class.getName());
        }
    }
}
