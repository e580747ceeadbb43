package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestEngine;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.annotation.CreatedBy;
import org.springframework.data.annotation.CreatedDate;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.LastModifiedBy;
import org.springframework.data.annotation.LastModifiedDate;
import org.springframework.data.annotation.ReadOnlyProperty;
import org.springframework.data.auditing.DateTimeProvider;
import org.springframework.data.domain.AuditorAware;
import org.springframework.data.jdbc.repository.config.EnableJdbcAuditing;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.InsertOnlyProperty;
import org.springframework.data.repository.ListCrudRepository;

/** Fields that fill themselves, and fields that are written once or never. */
@EngineContract
class AuditingTests {

    private static final Instant MORNING = Instant.parse("2026-03-29T01:30:00.123456Z");
    private static volatile Instant now = MORNING;
    private static volatile String user = "ann";

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, """
            CREATE TABLE article (
              id ${identity}, title ${text} NOT NULL,
              created ${timestamp} NOT NULL, changed ${timestamp} NOT NULL,
              author ${text} NOT NULL, editor ${text} NOT NULL,
              origin ${text}, views ${integer} NOT NULL DEFAULT 7
            ) ${strict};
            """);

    private final Articles articles;

    AuditingTests(TestEngine engine) {
        this.articles = applications.on(engine).bean(Articles.class);
    }

    record Article(
            @Id @Nullable Long id,
            String title,
            @CreatedDate @Nullable Instant created,
            @LastModifiedDate @Nullable Instant changed,
            @CreatedBy @Nullable String author,
            @LastModifiedBy @Nullable String editor,
            @InsertOnlyProperty @Nullable String origin,
            @ReadOnlyProperty @Nullable Integer views) {

        long key() {
            return Objects.requireNonNull(id);
        }

        Article called(String newTitle, String newOrigin) {
            return new Article(id, newTitle, created, changed, author, editor, newOrigin, 99);
        }
    }

    interface Articles extends ListCrudRepository<Article, Long> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcAuditing(dateTimeProviderRef = "clock")
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Articles.class))
    static class Repositories {

        @Bean
        DateTimeProvider clock() {
            return () -> Optional.of(now);
        }

        @Bean
        AuditorAware<String> auditor() {
            return () -> Optional.of(user);
        }
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void empty() {
        articles.deleteAll();
        now = MORNING;
        user = "ann";
    }

    private static Article titled(String title) {
        return new Article(null, title, null, null, null, null, "press", null);
    }

    @Test
    void whenARowIsInsertedAndUpdatedThenBothMomentsAndUsersAreKept() {
        Article saved = articles.save(titled("draft"));
        now = MORNING.plusSeconds(3600);
        user = "bob";
        articles.save(saved.called("final", "elsewhere"));

        Article found = articles.findById(saved.key()).orElseThrow();
        assertThat(found.created()).isEqualTo(MORNING);
        assertThat(found.changed()).isEqualTo(MORNING.plusSeconds(3600));
        assertThat(found.author()).isEqualTo("ann");
        assertThat(found.editor()).isEqualTo("bob");
        assertThat(found.title()).isEqualTo("final");
    }

    @Test
    void whenAPropertyIsForInsertsOrReadsOnlyThenItIsNotWrittenOtherwise() {
        Article saved = articles.save(titled("draft"));
        articles.save(saved.called("final", "elsewhere"));

        Article found = articles.findById(saved.key()).orElseThrow();
        assertThat(found.origin()).isEqualTo("press");
        assertThat(found.views()).isEqualTo(7);
    }

    @Test
    void whenManyAreSavedThenEachIsMarked() {
        assertThat(articles.saveAll(List.of(titled("a"), titled("b"))))
                .extracting(Article::created, Article::author)
                .containsOnly(org.assertj.core.groups.Tuple.tuple(MORNING, "ann"));
    }
}
