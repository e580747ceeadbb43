package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.sql.LockMode;
import org.springframework.data.relational.repository.Lock;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.transaction.support.TransactionTemplate;

/** A locking read keeps others from changing what was read until the transaction ends. */
@EngineContract
class LockTests {

    private static final int THREADS = 8;
    private static final int INCREMENTS = 50;

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, """
            CREATE TABLE counter (id ${identity}, name ${text} NOT NULL, value ${integer} NOT NULL) ${strict};
            """);

    private final TestEngine engine;
    private final TestApplication application;
    private final Counters counters;

    LockTests(TestEngine engine) {
        this.engine = engine;
        this.application = applications.on(engine);
        this.counters = application.bean(Counters.class);
    }

    record Counter(@Id @Nullable Long id, String name, int value) {}

    interface Counters extends ListCrudRepository<Counter, Long> {

        @Lock(LockMode.PESSIMISTIC_WRITE)
        Optional<Counter> findByName(String name);

        @Lock(LockMode.PESSIMISTIC_READ)
        List<Counter> findByValueGreaterThanOrderByName(int value);

        Optional<Counter> readByName(String name);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Counters.class))
    static class Repositories {}

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void fill() {
        counters.deleteAll();
        counters.save(new Counter(null, "hits", 0));
    }

    @Test
    void whenManyReadWithALockAndWriteThenNothingIsLost() throws Exception {
        TransactionTemplate transaction = application.transaction();
        ExecutorService workers = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = IntStream.range(0, THREADS)
                    .<Future<?>>mapToObj(i -> workers.submit(() -> {
                        for (int n = 0; n < INCREMENTS; n++) {
                            transaction.executeWithoutResult(status -> {
                                Counter counter = counters.findByName("hits").orElseThrow();
                                counters.save(new Counter(counter.id(), counter.name(), counter.value() + 1));
                            });
                        }
                    }))
                    .toList();
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            workers.shutdownNow();
        }
        assertThat(counters.readByName("hits")).map(Counter::value).contains(THREADS * INCREMENTS);
    }

    @Test
    void whenAReadLockIsAskedForThenTheRowsAreRead() {
        application
                .transaction()
                .executeWithoutResult(status -> assertThat(counters.findByValueGreaterThanOrderByName(-1))
                        .extracting(Counter::name)
                        .containsExactly("hits"));
    }

    // The lock would end with the statement, so both read and lock nothing for longer.
    @Test
    void whenThereIsNoTransactionThenItIsAPlainRead() {
        assertThat(counters.findByName("hits")).isPresent();
        assertThat(application.dataSource().pools())
                .allSatisfy(pool -> assertThat(pool.active()).isZero());
    }

    // Declared difference: SQLite has no row locks to take, so it reads; PostgreSQL refuses to lock.
    @Test
    void whenTheTransactionIsReadOnlyThenSqliteReadsAndPostgresqlRefuses() {
        TransactionTemplate readOnly = application.readOnlyTransaction();
        if (engine == TestEngine.SQLITE) {
            assertThat(readOnly.<Optional<Counter>>execute(status -> counters.findByName("hits")))
                    .isPresent();
        } else {
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> readOnly.executeWithoutResult(status -> counters.findByName("hits")))
                    .isInstanceOf(org.springframework.dao.DataAccessException.class);
        }
    }
}
