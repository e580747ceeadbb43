package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.cache.Cached;
import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.cache.Badges.Badge;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.jdbc.repository.support.JdbcRepositoryFactoryBean;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.core.support.RepositoryComposition.RepositoryFragments;

/** The application's own code in place of an inherited method, which may depend on more than its arguments. */
@EngineContract
class StandInCacheTests {

    private static final SharedApplications applications =
            SharedApplications.withTables(Repositories.class, BadgeApplications.BADGE);

    private static final AtomicReference<String> CALLER = new AtomicReference<>("");

    /** A fragment. */
    interface Guarding {
        boolean existsById(Long id);
    }

    static final class Guard implements Guarding {

        @Override
        public boolean existsById(Long id) {
            return "owner".equals(CALLER.get());
        }
    }

    @Cached
    interface Guarded extends ListCrudRepository<Badge, Long>, Guarding {

        @Query("SELECT * FROM badge WHERE id = :id")
        Optional<Badge> read(long id);

        @Override
        default Optional<Badge> findById(Long id) {
            return read(id).filter(badge -> "owner".equals(CALLER.get()));
        }

        @Override
        @Query("SELECT count(*) FROM badge WHERE points > 10")
        long count();

        @Override
        boolean existsById(Long id);
    }

    /** As {@code findById} of another row. */
    @Cached
    interface Successors extends ListCrudRepository<Badge, Long> {

        @Override
        @Query("SELECT * FROM badge WHERE id = :id + 1")
        Optional<Badge> findById(Long id);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {Guarded.class, Successors.class}))
    static class Repositories {

        @Bean
        static BeanPostProcessor guards() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessBeforeInitialization(Object bean, String name) {
                    if (bean instanceof JdbcRepositoryFactoryBean<?, ?, ?> factory && name.endsWith("uarded")) {
                        factory.setRepositoryFragments(RepositoryFragments.just(new Guard()));
                    }
                    return bean;
                }
            };
        }
    }

    private final TestApplication application;
    private final Guarded guarded;

    StandInCacheTests(TestEngine engine) {
        this.application = applications.on(engine);
        this.guarded = application.bean(Guarded.class);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void threeBadges() {
        application.template().execute("DELETE FROM badge");
        application
                .template()
                .execute("INSERT INTO badge (id, name, points) VALUES (1, 'java', 10), (2, 'sql', 20), (3, 'css', 20)");
    }

    @Test
    void whatItSaysToOneIsNotSaidToAnother() {
        CALLER.set("owner");
        assertThat(guarded.findById(1L)).isPresent();
        assertThat(((ListCrudRepository<Badge, Long>) guarded).findById(1L)).isPresent();
        assertThat(guarded.existsById(1L)).isTrue();

        CALLER.set("stranger");
        assertThat(guarded.findById(1L)).isEmpty();
        assertThat(((ListCrudRepository<Badge, Long>) guarded).findById(1L)).isEmpty();
        assertThat(guarded.existsById(1L)).isFalse();
    }

    @Test
    void aQueryInPlaceOfAnInheritedMethodIsKept() {
        assertThat(guarded.count()).isEqualTo(2);
        application.statements();
        assertThat(guarded.count()).isEqualTo(2);
        assertThat(application.statements()).isEmpty();
    }

    @Test
    void aQueryMayReadAnotherRowThanThatOfTheId() {
        Successors successors = application.bean(Successors.class);
        assertThat(successors.findById(1L)).map(Badge::name).hasValue("sql");
        successors.save(new Badge(2L, "sqlite", 30));
        assertThat(successors.findById(1L)).map(Badge::name).hasValue("sqlite");
    }
}
