package dev.dovetail.repository;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;
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
                // Whoever asked for beans by type before has had a factory bean of the old class made.
                registry.removeBeanDefinition(name);
                registry.registerBeanDefinition(name, definition);
            }
        }
    }

    private static void replaceClass(BeanDefinition definition) {
        if (definition instanceof AbstractBeanDefinition known) {
            known.setBeanClass(DovetailRepositoryFactoryBean.class);
            if (known instanceof RootBeanDefinition root) {
                // Code that is generated ahead of time takes the type from here.
                ResolvableType[] generics = root.getResolvableType().getGenerics();
                if (generics.length > 0) {
                    root.setTargetType(
                            ResolvableType.forClassWithGenerics(DovetailRepositoryFactoryBean.class, generics));
                }
            }
        } else {
            definition.setBeanClassName(DovetailRepositoryFactoryBean.class.getName());
        }
    }
}
