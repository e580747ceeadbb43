package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.repository.DovetailRepositoryFactoryBean;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.core.PriorityOrdered;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.support.JdbcRepositoryFactoryBean;
import org.springframework.data.jdbc.repository.support.SimpleJdbcRepository;
import org.springframework.data.mapping.PersistentEntity;
import org.springframework.data.repository.CrudRepository;
import org.springframework.data.repository.Repository;

/** Which repositories get what is added, and that the user's own choices stay. */
@EngineContract
class RepositoryFactoryTests {

    private final TestEngine engine;

    RepositoryFactoryTests(TestEngine engine) {
        this.engine = engine;
    }

    @Test
    void whenRepositoriesAreEnabledThenTheyComeFromTheFactory() {
        try (TestApplication application = TestApplication.withRepositories(engine, Enabled.class)) {
            assertThat(application.context().getBean("&" + beanName(application)))
                    .isExactlyInstanceOf(DovetailRepositoryFactoryBean.class);
            application.define("CREATE TABLE thing (id ${identity}, name ${text})${strict}");
            Things things = application.bean(Things.class);
            Thing saved = things.save(new Thing(null, "a"));
            assertThat(things.findById(Objects.requireNonNull(saved.id()))).contains(saved);
        }
    }

    @Test
    void whenBeansAreAskedForByTypeEarlyThenRepositoriesComeFromTheFactory() {
        try (TestApplication application = TestApplication.withRepositories(engine, AskedEarly.class)) {
            assertThat(application.context().getBean("&" + beanName(application)))
                    .isExactlyInstanceOf(DovetailRepositoryFactoryBean.class);
            assertThat(AopUtils.isAopProxy(application.bean(Things.class))).isTrue();
        }
    }

    @Test
    void whenTheUserHasABaseClassThenItStays() {
        try (TestApplication application = TestApplication.withRepositories(engine, OwnBase.class)) {
            assertThat(AopUtils.getTargetClass(application.bean(Things.class))).isEqualTo(Base.class);
        }
    }

    @Test
    void whenTheUserHasAFactoryBeanThenItStays() {
        try (TestApplication application = TestApplication.withRepositories(engine, OwnFactory.class)) {
            assertThat(application.context().getBean("&" + beanName(application)))
                    .isExactlyInstanceOf(FactoryBean.class);
        }
    }

    private static String beanName(TestApplication application) {
        return application.context().getBeanNamesForType(Things.class)[0];
    }

    record Thing(@Id @Nullable Long id, String name) {}

    interface Things extends CrudRepository<Thing, Long> {}

    static class Base<T, ID> extends SimpleJdbcRepository<T, ID> {
        Base(JdbcAggregateOperations operations, PersistentEntity<T, ?> entity, JdbcConverter converter) {
            super(operations, entity, converter);
        }
    }

    static class FactoryBean<T extends Repository<S, ID>, S, ID extends Serializable>
            extends JdbcRepositoryFactoryBean<T, S, ID> {
        FactoryBean(Class<? extends T> type) {
            super(type);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Things.class))
    static class Enabled {}

    /** Has every factory bean made while beans are still being defined. */
    static class Asking implements BeanDefinitionRegistryPostProcessor, PriorityOrdered {

        @Override
        public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
            ((ListableBeanFactory) registry).getBeanNamesForType(Things.class, true, true);
        }

        @Override
        public int getOrder() {
            return LOWEST_PRECEDENCE;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import({Enabled.class, Asking.class})
    static class AskedEarly {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            repositoryBaseClass = Base.class,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Things.class))
    static class OwnBase {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            repositoryFactoryBeanClass = FactoryBean.class,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Things.class))
    static class OwnFactory {}
}
