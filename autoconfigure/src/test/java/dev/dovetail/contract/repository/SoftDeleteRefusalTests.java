package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.repository.SoftDelete;
import dev.dovetail.repository.SoftDeleteRepository;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.jdbc.core.convert.DataAccessStrategy;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.repository.CrudRepository;

/** Soft deletion that could not be kept stops the start, and the message names what is wrong. */
@EngineContract
class SoftDeleteRefusalTests {

    private final TestEngine engine;

    SoftDeleteRefusalTests(TestEngine engine) {
        this.engine = engine;
    }

    private void refused(Class<?> configuration, String... words) {
        assertThatThrownBy(() ->
                        TestApplication.withRepositories(engine, configuration).close())
                .rootCause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void whenThePropertyCannotSayItThenItIsNamed() {
        refused(WithoutProperty.class, "NoProperty", "'deletedAt'");
        refused(WithText.class, "TextProperty", "'gone'", "String");
        refused(WithUnspeakableName.class, "Unspeakable", "'foundOrLost'", "Rename");
    }

    @Test
    void whenAChildIsMarkedThenItsAggregateIsNamed() {
        refused(WithChild.class, "Child", "Parent", "'children'");
    }

    @Test
    void whenOneIsThereWithoutTheOtherThenItIsRefused() {
        refused(WithoutAnnotation.class, "Plain", "SoftDeleteRepository");
    }

    @Test
    void whenTheTemplateIsTheApplicationsOwnThenItIsRefused() {
        refused(WithOwnTemplate.class, "Kept", "JdbcAggregateTemplate");
    }

    @SoftDelete
    record NoProperty(@Id Long id) {}

    @SoftDelete(property = "gone")
    record TextProperty(@Id Long id, String gone) {}

    @SoftDelete(property = "foundOrLost")
    record Unspeakable(@Id Long id, @Nullable Instant foundOrLost) {}

    @SoftDelete
    record Child(String name, @Nullable Instant deletedAt) {}

    record Parent(@Id Long id, Set<Child> children) {}

    record Plain(@Id Long id) {}

    @SoftDelete
    record Kept(@Id Long id, @Nullable Instant deletedAt) {}

    interface NoProperties extends CrudRepository<NoProperty, Long> {}

    interface TextProperties extends CrudRepository<TextProperty, Long> {}

    interface Unspeakables extends CrudRepository<Unspeakable, Long> {}

    interface Parents extends CrudRepository<Parent, Long> {}

    interface Plains extends CrudRepository<Plain, Long>, SoftDeleteRepository<Plain, Long> {}

    interface AllKept extends CrudRepository<Kept, Long> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = NoProperties.class))
    static class WithoutProperty {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = TextProperties.class))
    static class WithText {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Unspeakables.class))
    static class WithUnspeakableName {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Parents.class))
    static class WithChild {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Plains.class))
    static class WithoutAnnotation {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = AllKept.class))
    static class WithOwnTemplate {

        @Bean
        JdbcAggregateTemplate ownTemplate(JdbcConverter converter, DataAccessStrategy access) {
            return new JdbcAggregateTemplate(converter, access);
        }
    }
}
