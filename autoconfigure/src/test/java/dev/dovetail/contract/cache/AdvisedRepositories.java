package dev.dovetail.contract.cache;

import dev.dovetail.cache.Cached;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.cache.BadgeApplications.Clock;
import dev.dovetail.datasource.StatementListener;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.CrudRepository;
import org.springframework.data.repository.Repository;

/** Repositories that read the same, with and without a cache. */
final class AdvisedRepositories {

    private static final String TABLES = """
            CREATE TABLE badge (id ${identity}, name ${text} NOT NULL, points ${integer} NOT NULL) ${strict};
            CREATE TABLE score (id ${identity}, points ${integer} NOT NULL) ${strict}
            """;

    private static final long SLOW_NANOS = 200_000;

    private AdvisedRepositories() {}

    @Table("badge")
    record Badge(@Id @Nullable Long id, String name, int points) {}

    @Table("badge")
    static class OpenBadge {
        @Id
        @Nullable
        Long id;

        String name = "";
    }

    @Table("score")
    record Score(@Id Long id, int points) {}

    interface Plain extends CrudRepository<Badge, Long> {
        Optional<Badge> findByName(String name);

        List<Badge> findByPointsGreaterThan(int points);

        @Cached(enabled = false)
        List<Badge> findByPoints(int points);

        <T> Optional<T> findFirstByName(String name, Class<T> type);
    }

    interface Twin extends Repository<Badge, Long> {
        @Cached
        Optional<Badge> findById(Long id);

        @Cached(name = "twins")
        Optional<Badge> findByName(String name);
    }

    interface Open extends Repository<OpenBadge, Long> {
        Optional<OpenBadge> findByName(String name);
    }

    interface Scores extends Repository<Score, Long> {
        List<Score> findByPoints(int points);
    }

    @Cached
    interface Useless extends Repository<Score, Long> {
        List<Score> findByPoints(int points);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            excludeFilters = @Filter(type = FilterType.REGEX, pattern = "^(?!.*AdvisedRepositories\\$).*"))
    static class Beans {

        @Bean
        Clock clock() {
            return new Clock();
        }

        // So that what is saved does not depend on how fast the machine is.
        @Bean
        StatementListener slowDatabase() {
            return statement -> {
                long begun = System.nanoTime();
                while (System.nanoTime() - begun < SLOW_NANOS) {
                    Thread.onSpinWait();
                }
            };
        }
    }

    static TestApplication start(TestEngine engine, String... properties) {
        TestApplication application = TestApplication.withRepositories(engine, Beans.class, properties);
        application.define(TABLES);
        return application;
    }
}
