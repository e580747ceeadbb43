package dev.dovetail.contract.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;

/** A default method that stands in place of an inherited one is the application's code: it may do more, and is not run twice. */
@EngineContract
class StandInTests {

    private static final AtomicInteger TRIES = new AtomicInteger();

    @Table("jar")
    record Jar(@Id @Nullable Long id, String label) {}

    interface Jars extends ListCrudRepository<Jar, Long> {

        @Modifying
        @Query("UPDATE jar SET label = :label WHERE id = :id")
        int rename(long id, String label);

        @Override
        default void deleteById(Long id) {
            TRIES.incrementAndGet();
            rename(id, "gone");
            rename(id + 1, "gone");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Jars.class))
    static class Repositories {

        @Bean
        LockedTable lockedTable() {
            return new LockedTable();
        }
    }

    private final TestEngine engine;
    private final TestApplication application;
    private final Jars jars;

    StandInTests(TestEngine engine) {
        this.engine = engine;
        this.application = TestApplication.withRepositories(
                engine,
                Repositories.class,
                "dovetail.sqlite.busy-timeout=100ms",
                "dovetail.postgresql.lock-timeout=100ms");
        this.jars = application.bean(Jars.class);
    }

    @BeforeEach
    void twoJars() {
        TRIES.set(0);
        application.define("CREATE TABLE jar (id ${identity}, label ${text} NOT NULL UNIQUE) ${strict}");
        application.template().execute("INSERT INTO jar (id, label) VALUES (1, 'plum'), (2, 'pear')");
    }

    @AfterEach
    void stop() {
        application.bean(LockedTable.class).release();
        application.close();
    }

    @Test
    void whatItDoesIsOneTransaction() {
        assertThatThrownBy(() -> jars.deleteById(1L)).isInstanceOf(DataIntegrityViolationException.class);
        assertThat(jars.findAll()).extracting(Jar::label).containsExactlyInAnyOrder("plum", "pear");
    }

    @Test
    void itIsNotRunAgain() throws SQLException {
        application.bean(LockedTable.class).lock(application, engine, "jar");
        assertThatThrownBy(() -> jars.deleteById(1L)).isNotNull();
        assertThat(TRIES).hasValueLessThanOrEqualTo(1);
        assertThat(application.bean(LockedTable.class).retries()).isEmpty();
    }
}
