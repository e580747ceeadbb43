package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.QuerySpec;
import dev.dovetail.autoconfigure.DovetailDataJdbcAutoConfiguration;
import dev.dovetail.autoconfigure.DovetailDataSourceAutoConfiguration;
import dev.dovetail.autoconfigure.DovetailHibernateAutoConfiguration;
import dev.dovetail.cache.QueryResult.Origin;
import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What JPA writes below a cached repository is seen, and what JPA reads can be kept. */
@EngineContract
class JpaTests {

    private static final String BADGE = """
            CREATE TABLE badge (id ${identity}, name ${text} NOT NULL, points ${integer} NOT NULL) ${strict}""";

    private final TestEngine engine;

    JpaTests(TestEngine engine) {
        this.engine = engine;
    }

    @Entity(name = "Medal")
    @Table(name = "badge")
    static class Medal {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        @Nullable
        Long id;

        String name = "";
        int points;
    }

    @Configuration(proxyBeanMethods = false)
    @EntityScan(basePackageClasses = JpaTests.class)
    @EnableJdbcRepositories(
            transactionManagerRef = "transactionManager",
            excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*(?<!\\.Badges)"))
    @ImportAutoConfiguration({
        DovetailDataSourceAutoConfiguration.class,
        DovetailHibernateAutoConfiguration.class,
        DataSourceAutoConfiguration.class,
        HibernateJpaAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        DovetailDataJdbcAutoConfiguration.class,
        DataJdbcRepositoriesAutoConfiguration.class
    })
    static class WithJpa {}

    private static int points(Badges badges, long id) {
        badges.findById(id);
        badges.count();
        return badges.findById(id).map(Badges.Badge::points).orElse(-1);
    }

    // As with open-in-view: a query runs anew, but is given the entity as it was read before.
    @Test
    void whatWasReadBeforeIsNotKept() {
        Map<String, String> database = engine.freshDatabase();
        try (TestApplication plain = TestApplication.with(database)) {
            plain.define(BADGE);
            plain.template().execute("INSERT INTO badge (id, name, points) VALUES (1, 'jpa', 5)");
        }
        try (TestApplication application =
                TestApplication.with(database, WithJpa.class, "spring.jpa.hibernate.ddl-auto=none")) {
            EntityManager entities = application.bean(EntityManager.class);
            QuerySpec query = application.database().query("medal").key().cached();
            Supplier<Integer> points = () ->
                    entities.createQuery("SELECT m FROM Medal m", Medal.class).getSingleResult().points;
            inOneContext(application, () -> {
                entities.find(Medal.class, 1L);
                application.jdbc().sql("UPDATE badge SET points = 6").update();
                assertThat(query.<Integer>run(points)).isEqualTo(5);
            });
            assertThat(query.<Integer>run(points)).isEqualTo(6);
            application.jdbc().sql("UPDATE badge SET points = 7").update();
            inOneContext(application, () -> {
                assertThat(query.<Integer>run(points)).isEqualTo(7);
                assertThat(query.<Integer>runForResult(points).origin()).isEqualTo(Origin.CACHE);
            });
        }
    }

    private static void inOneContext(TestApplication application, Runnable work) {
        EntityManagerFactory factory = application.bean(EntityManagerFactory.class);
        try (EntityManager own = factory.createEntityManager()) {
            TransactionSynchronizationManager.bindResource(factory, new EntityManagerHolder(own));
            work.run();
        } finally {
            TransactionSynchronizationManager.unbindResource(factory);
        }
    }

    @Test
    void everyWayInWhichItWritesIsSeen() {
        Map<String, String> database = engine.freshDatabase();
        try (TestApplication plain = TestApplication.with(database)) {
            plain.define(BADGE);
        }
        try (TestApplication application =
                TestApplication.with(database, WithJpa.class, "spring.jpa.hibernate.ddl-auto=none")) {
            assertThat(application.bean(PlatformTransactionManager.class)).isInstanceOf(JpaTransactionManager.class);
            EntityManager entities = application.bean(EntityManager.class);
            Badges badges = application.bean(Badges.class);
            assertThat(badges.count()).isZero();
            Medal made = new Medal();
            application.transaction().executeWithoutResult(status -> {
                made.name = "jpa";
                made.points = 5;
                entities.persist(made);
            });
            long id = Objects.requireNonNull(made.id);
            assertThat(badges.count()).isEqualTo(1);
            assertThat(points(badges, id)).isEqualTo(5);
            application.statements();
            points(badges, id);
            assertThat(application.statements()).isEmpty();
            application.transaction().executeWithoutResult(status -> {
                entities.find(Medal.class, id).points = 6;
                assertThat(points(badges, id)).isEqualTo(5);
                entities.flush();
                assertThat(points(badges, id)).isEqualTo(6);
                OwnThread.run(() -> assertThat(points(badges, id)).isEqualTo(5)).join();
            });
            assertThat(points(badges, id)).isEqualTo(6);
            application
                    .transaction()
                    .executeWithoutResult(status -> entities.createQuery("UPDATE Medal m SET m.points = m.points + 10")
                            .executeUpdate());
            assertThat(points(badges, id)).isEqualTo(16);
            application
                    .readOnlyTransaction()
                    .executeWithoutResult(
                            status -> assertThat(points(badges, id)).isEqualTo(16));
            application
                    .transaction()
                    .executeWithoutResult(status -> entities.createNativeQuery("UPDATE badge SET points = 20")
                            .executeUpdate());
            assertThat(points(badges, id)).isEqualTo(20);
            QuerySpec byJpa = application.database().query("byJpa").key().cached();
            for (int i = 0; i < 2; i++) {
                assertThat(byJpa.<Integer>run(() -> entities.createQuery("SELECT m.points FROM Medal m", Integer.class)
                                .getSingleResult()))
                        .isEqualTo(20);
            }
            application.jdbc().sql("UPDATE badge SET points = 21").update();
            assertThat(byJpa.<Integer>run(() -> entities.createQuery("SELECT m.points FROM Medal m", Integer.class)
                            .getSingleResult()))
                    .isEqualTo(21);
            application.transaction().executeWithoutResult(status -> entities.remove(entities.find(Medal.class, id)));
            assertThat(points(badges, id)).isEqualTo(-1);
            assertThat(badges.count()).isZero();
        }
    }
}
