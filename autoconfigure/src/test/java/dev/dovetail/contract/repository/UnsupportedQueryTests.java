package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.geo.Distance;
import org.springframework.data.geo.Point;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.jdbc.repository.support.JdbcRepositoryFactory;
import org.springframework.data.relational.core.sql.LockMode;
import org.springframework.data.relational.repository.Lock;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.QueryCreationException;

/** What Spring Data JDBC cannot do is refused on both engines alike, never answered otherwise. */
@EngineContract
class UnsupportedQueryTests {

    private static final SharedApplications applications =
            SharedApplications.withTables(Repositories.class, Person.TABLE);

    private final JdbcRepositoryFactory factory;

    UnsupportedQueryTests(TestEngine engine) {
        TestApplication application = applications.on(engine);
        this.factory = new JdbcRepositoryFactory(application.bean(JdbcAggregateTemplate.class));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = People.class))
    static class Repositories {}

    interface ByRegex extends Repository<Person, Long> {
        List<Person> findByNameRegex(String expression);
    }

    interface ByNearness extends Repository<Person, Long> {
        List<Person> findByNameNear(Point point, Distance distance);
    }

    interface ByWithin extends Repository<Person, Long> {
        List<Person> findByNameWithin(String area);
    }

    interface ByEmptiness extends Repository<Person, Long> {
        List<Person> findByNicknameIsEmpty();
    }

    interface ByFullness extends Repository<Person, Long> {
        List<Person> findByNicknameIsNotEmpty();
    }

    interface ByExistence extends Repository<Person, Long> {
        List<Person> findByNicknameExists(boolean exists);
    }

    interface PagesOfSql extends Repository<Person, Long> {
        @Query("SELECT * FROM person")
        Page<Person> all(Pageable page);
    }

    interface LocksInSql extends Repository<Person, Long> {
        @Lock(LockMode.PESSIMISTIC_WRITE)
        @Query("SELECT * FROM person")
        List<Person> all();
    }

    interface ByNothingKnown extends Repository<Person, Long> {
        List<Person> findByNikname(String nickname);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @ParameterizedTest
    @ValueSource(classes = {PagesOfSql.class, LocksInSql.class})
    void whenAnAnnotatedQueryCannotBeMadeThenTheRepositoryIsRefused(Class<?> repository) {
        assertThatThrownBy(() -> factory.getRepository(repository))
                .isInstanceOf(QueryCreationException.class)
                .hasMessageContaining(repository.getSimpleName());
    }

    @Test
    void whenAKeywordIsNotForTablesThenTheCallIsRefused() {
        refuses("REGEX", () -> factory.getRepository(ByRegex.class).findByNameRegex("a.*"));
        refuses("NEAR", () -> factory.getRepository(ByNearness.class).findByNameNear(new Point(1, 2), new Distance(3)));
        refuses("WITHIN", () -> factory.getRepository(ByWithin.class).findByNameWithin("here"));
        refuses("IS_EMPTY", () -> factory.getRepository(ByEmptiness.class).findByNicknameIsEmpty());
        refuses("IS_NOT_EMPTY", () -> factory.getRepository(ByFullness.class).findByNicknameIsNotEmpty());
        refuses("EXISTS", () -> factory.getRepository(ByExistence.class).findByNicknameExists(true));
    }

    private static void refuses(String keyword, ThrowingCallable call) {
        assertThatThrownBy(call)
                .as(keyword)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(keyword);
    }

    @Test
    void whenAPropertyIsUnknownThenTheErrorNamesItAndTheNearest() {
        assertThatThrownBy(() -> factory.getRepository(ByNothingKnown.class))
                .isInstanceOf(QueryCreationException.class)
                .hasMessageContaining("nikname")
                .hasMessageContaining("nickname");
        assertThat(factory.getRepository(People.class)).isNotNull();
    }
}
