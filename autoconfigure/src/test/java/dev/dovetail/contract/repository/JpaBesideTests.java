package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.autoconfigure.DovetailHibernateAutoConfiguration;
import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.PlatformTransactionManager;

/** JPA beside a repository: they share the transaction, and each sees what the other wrote. */
@EngineContract
class JpaBesideTests {

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, """
            CREATE TABLE novel (id ${bigint} PRIMARY KEY, title ${text} NOT NULL, version ${integer}) ${strict};
            """);

    private final TestApplication application;
    private final Novels novels;
    private final EntityManager entities;

    JpaBesideTests(TestEngine engine) {
        this.application = applications.on(engine);
        this.novels = application.bean(Novels.class);
        this.entities = SharedEntityManagerCreator.createSharedEntityManager(
                application.bean(jakarta.persistence.EntityManagerFactory.class));
    }

    @Entity(name = "novel")
    static class NovelEntity {

        @jakarta.persistence.Id
        long id;

        @Nullable
        String title;

        @Nullable
        Integer version;
    }

    @Table("novel")
    record Novel(
            @Id long id,
            String title,

            @org.springframework.data.annotation.Version @Nullable
            Integer version) {}

    interface Novels extends ListCrudRepository<Novel, Long> {}

    @Configuration(proxyBeanMethods = false)
    @EntityScan(basePackageClasses = JpaBesideTests.class)
    @ImportAutoConfiguration({DovetailHibernateAutoConfiguration.class, HibernateJpaAutoConfiguration.class})
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Novels.class))
    static class Repositories {}

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void empty() {
        application.jdbc().sql("DELETE FROM novel").update();
    }

    @Test
    void whenBothWriteInOneTransactionThenEachSeesTheOther() {
        assertThat(application.bean(PlatformTransactionManager.class)).isInstanceOf(JpaTransactionManager.class);

        application.transaction().executeWithoutResult(status -> {
            novels.save(new Novel(1, "by repository", null));
            NovelEntity entity = new NovelEntity();
            entity.id = 2;
            entity.title = "by JPA";
            entity.version = 0;
            entities.persist(entity);
            entities.flush();

            assertThat(Objects.requireNonNull(entities.find(NovelEntity.class, 1L)).title)
                    .isEqualTo("by repository");
            assertThat(novels.findById(2L)).map(Novel::title).contains("by JPA");
        });

        assertThat(novels.findAll()).extracting(Novel::title).containsExactlyInAnyOrder("by repository", "by JPA");
    }

    @Test
    void whenTheTransactionIsRolledBackThenBothAreTakenBack() {
        assertThatThrownBy(() -> application.transaction().executeWithoutResult(status -> {
                    novels.save(new Novel(1, "by repository", null));
                    NovelEntity entity = new NovelEntity();
                    entity.id = 2;
                    entity.title = "by JPA";
                    entities.persist(entity);
                    entities.flush();
                    throw new IllegalStateException("the application's own");
                }))
                .hasMessage("the application's own");

        assertThat(novels.count()).isZero();
    }
}
