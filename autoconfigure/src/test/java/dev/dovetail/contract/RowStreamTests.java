package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.datasource.PoolStatus;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.DataAccessException;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.CrudRepository;

/** Streams of repositories: few rows are in hand, nobody waits for them, and nothing of them stays behind. */
@EngineContract
class RowStreamTests {

    private static final int ROWS = 20_000;

    private static final SharedApplications applications = SharedApplications.withTables(
            Repositories.class, "CREATE TABLE note (id ${identity}, text ${text})${strict}");

    private final TestEngine engine;
    private final TestApplication application;
    private final Producers producers;

    RowStreamTests(TestEngine engine) {
        this.engine = engine;
        application = applications.on(engine);
        producers = application.bean(Producers.class);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    // On PostgreSQL a sequence counts the rows that the server has made.
    @BeforeEach
    void createView() {
        if (engine == TestEngine.POSTGRESQL) {
            application.template().execute("DROP VIEW IF EXISTS produced; DROP SEQUENCE IF EXISTS made");
            application.template().execute("CREATE SEQUENCE made");
            application
                    .template()
                    .execute("CREATE VIEW produced AS SELECT id, nextval('made') AS made FROM generate_series(1, "
                            + ROWS + ") AS id");
        } else {
            application.template().execute("DROP VIEW IF EXISTS produced");
            application
                    .template()
                    .execute("CREATE VIEW produced AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n"
                            + " WHERE id < " + ROWS + ") SELECT id, id AS made FROM n");
        }
        application.bean(dev.dovetail.schema.SchemaCatalog.class).refresh();
        application.template().update("DELETE FROM note");
    }

    @AfterEach
    void assertNothingIsInUse() {
        assertThat(application.dataSource().pools())
                .extracting(PoolStatus::active)
                .containsOnly(0);
    }

    private List<Supplier<Stream<Produced>>> streams() {
        JdbcAggregateTemplate operations = application.bean(JdbcAggregateTemplate.class);
        return List.of(
                () -> producers.findAllByIdGreaterThan(0),
                producers::declared,
                () -> operations.streamAll(Produced.class),
                () -> operations.streamAll(
                        org.springframework.data.relational.core.query.Query.empty(), Produced.class));
    }

    private void assertFewAreMade() {
        if (engine == TestEngine.POSTGRESQL) {
            assertThat(application
                            .jdbc()
                            .sql("SELECT last_value FROM made")
                            .query(Long.class)
                            .single())
                    .isLessThanOrEqualTo(1000);
        }
    }

    @Test
    void whenAStreamIsReadInPartThenOnlyFewRowsWereMadeAndOthersMayWrite() {
        for (Supplier<Stream<Produced>> each : streams()) {
            createView();
            try (Stream<Produced> stream = each.get()) {
                Iterator<Produced> rows = stream.iterator();
                assertThat(rows.next().id()).isEqualTo(1);
                assertThat(rows.next().id()).isEqualTo(2);
                application.template().update("INSERT INTO note (text) VALUES ('meanwhile')");
                assertFewAreMade();
                assertThat(rows.next().id()).isEqualTo(3);
                assertThat(application.database().table("note").count()).isEqualTo(1);
            }
            assertNothingIsInUse();
        }
    }

    @Test
    void whenAStreamIsReadInATransactionThenOnlyFewRowsWereMade() {
        for (Supplier<Stream<Produced>> each : streams()) {
            createView();
            application.transaction().executeWithoutResult(status -> {
                try (Stream<Produced> stream = each.get()) {
                    assertThat(stream.iterator().next().id()).isEqualTo(1);
                }
            });
            assertFewAreMade();
        }
    }

    @Test
    void whenAStreamIsReadToItsEndThenEveryRowCame() {
        for (Supplier<Stream<Produced>> each : streams()) {
            try (Stream<Produced> stream = each.get()) {
                assertThat(stream.mapToLong(Produced::id).sum()).isEqualTo((long) ROWS * (ROWS + 1) / 2);
            }
        }
    }

    @Test
    void whenAQueryFailsThenNoConnectionIsLost() {
        for (int i = 0; i < 30; i++) {
            assertThatThrownBy(producers::broken).isInstanceOf(DataAccessException.class);
        }
        try (Stream<Produced> stream = producers.declared()) {
            assertThatThrownBy(() -> stream.forEach(row -> {
                        throw new IllegalStateException("enough");
                    }))
                    .hasMessage("enough");
        }
    }

    @Test
    void whenTheQueryWritesThenThatHappensAtOnce() {
        try (Stream<Long> ids = producers.written()) {
            assertThat(ids.toList()).hasSize(1);
            assertThat(application.database().table("note").count()).isEqualTo(1);
        }
        assertThat(application.database().table("note").count()).isEqualTo(1);
    }

    @Table("produced")
    record Produced(@Id long id, long made) {}

    interface Producers extends CrudRepository<Produced, Long> {

        Stream<Produced> findAllByIdGreaterThan(long id);

        @Query("SELECT id, made FROM produced")
        Stream<Produced> declared();

        @Query("SELECT id, made FROM no_such_table")
        Stream<Produced> broken();

        @Query("INSERT INTO note (text) VALUES ('x') RETURNING id")
        Stream<Long> written();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Producers.class))
    static class Repositories {}
}
