package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.datasource.StatementEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Which statements single rows cost, and what transactions around them mean. */
@EngineContract
class SingleStatementTests {

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, """
            CREATE TABLE crate (id ${identity}, label ${text} NOT NULL UNIQUE) ${strict};
            CREATE TABLE big_crate (id ${identity}, label ${text} NOT NULL UNIQUE) ${strict};
            CREATE TABLE filling (id ${identity}, big_crate ${bigint} NOT NULL, name ${text} NOT NULL UNIQUE) ${strict};
            """);

    private final TestEngine engine;
    private final TestApplication application;
    private final Crates crates;

    SingleStatementTests(TestEngine engine) {
        this.engine = engine;
        this.application = applications.on(engine);
        this.crates = application.bean(Crates.class);
    }

    @Table("crate")
    static class Crate {

        @Id
        @Nullable
        Long id;

        String label = "";

        static <T extends Crate> T labelled(T crate, String label) {
            crate.label = label;
            return crate;
        }

        long key() {
            return Objects.requireNonNull(id);
        }
    }

    @Table("big_crate")
    static class BigCrate extends Crate {

        Set<Filling> fillings = Set.of();
    }

    @Table("filling")
    record Filling(@Id @Nullable Long id, String name) {}

    interface Crates extends ListCrudRepository<Crate, Long> {}

    interface StrictCrates extends ListCrudRepository<Crate, Long> {

        @Override
        @Transactional(propagation = Propagation.MANDATORY)
        long count();

        @Override
        @Transactional(propagation = Propagation.NEVER)
        boolean existsById(Long id);

        @Override
        @Transactional
        <S extends Crate> S save(S crate);
    }

    @Transactional
    interface CarefulCrates extends ListCrudRepository<Crate, Long> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {Crates.class, StrictCrates.class, CarefulCrates.class}))
    static class Repositories {}

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void empty() {
        application.jdbc().sql("DELETE FROM filling").update();
        application.jdbc().sql("DELETE FROM big_crate").update();
        application.jdbc().sql("DELETE FROM crate").update();
        crates.count();
        application.statements();
    }

    private StatementEvent only() {
        List<StatementEvent> statements = application.statements();
        assertThat(statements).hasSize(1);
        return statements.get(0);
    }

    @Test
    void whenThereIsNoTransactionThenEachCallIsOneStatementWithoutOne() {
        Crate crate = crates.save(Crate.labelled(new Crate(), "a"));
        assertThat(only().transactionId()).isZero();
        crate.label = "b";
        crates.save(crate);
        assertThat(only().transactionId()).isZero();
        assertThat(crates.findById(crate.key())).map(found -> found.label).contains("b");
        assertThat(only().role()).isEqualTo(engine.autocommitReads());
        assertThat(crates.existsById(crate.key())).isTrue();
        assertThat(only().role()).isEqualTo(engine.autocommitReads());
        assertThat(crates.count()).isOne();
        assertThat(only().role()).isEqualTo(engine.autocommitReads());
        assertThat(crates.findAll()).hasSize(1);
        assertThat(only().role()).isEqualTo(engine.autocommitReads());
        crates.delete(crate);
        assertThat(only().transactionId()).isZero();
        crates.deleteById(crate.key());
        assertThat(only().transactionId()).isZero();
    }

    @Test
    void whenThereIsATransactionThenCallsArePartOfIt() {
        application.transaction().executeWithoutResult(status -> {
            Crate crate = crates.save(Crate.labelled(new Crate(), "a"));
            assertThat(crates.findById(crate.key())).isPresent();
            assertThat(crates.count()).isOne();
            status.setRollbackOnly();
        });
        assertThat(application.statements())
                .extracting(StatementEvent::transactionId)
                .doesNotContain(0L);
        assertThat(crates.count()).isZero();
    }

    @Test
    void whenThereIsAScopeWithoutTransactionThenWritesAreSeenAndReadingLeavesNothingBehind() {
        application.transaction(TransactionDefinition.PROPAGATION_SUPPORTS).executeWithoutResult(status -> {
            assertThat(crates.findAll()).isEmpty();
            Crate crate = crates.save(Crate.labelled(new Crate(), "a"));
            assertThat(crates.findById(crate.key())).isPresent();
            assertThat(application.jdbc().sql("UPDATE crate SET label = 'b'").update())
                    .isOne();
            assertThat(crates.findById(crate.key())).map(found -> found.label).contains("b");
            crates.delete(crate);
            assertThat(crates.count()).isZero();
        });
    }

    @Test
    void whatTheApplicationSaysOfTransactionsIsKept() {
        StrictCrates strict = application.bean(StrictCrates.class);
        assertThatThrownBy(strict::count).isInstanceOf(IllegalTransactionStateException.class);
        assertThat(application.transaction().<Long>execute(status -> strict.count()))
                .isZero();
        assertThat(strict.existsById(1L)).isFalse();
        assertThatThrownBy(() -> application.transaction().execute(status -> strict.existsById(1L)))
                .isInstanceOf(IllegalTransactionStateException.class);
        application.statements();

        strict.save(Crate.labelled(new Crate(), "a"));
        assertThat(application.statements())
                .filteredOn(statement -> statement.sql().startsWith("INSERT"))
                .singleElement()
                .satisfies(statement -> assertThat(statement.transactionId()).isNotZero());

        application.bean(CarefulCrates.class).save(Crate.labelled(new Crate(), "b"));
        assertThat(application.statements())
                .filteredOn(statement -> statement.sql().startsWith("INSERT"))
                .singleElement()
                .satisfies(statement -> assertThat(statement.transactionId()).isNotZero());
    }

    @Test
    void whenAnEntityOfASubclassHasChildrenThenItIsSavedAsAWhole() {
        crates.save(filled("a", "bolt"));

        assertThatThrownBy(() -> crates.save(filled("b", "bolt"))).isInstanceOf(DataIntegrityViolationException.class);

        assertThat(application
                        .jdbc()
                        .sql("SELECT label FROM big_crate")
                        .query(String.class)
                        .list())
                .containsExactly("a");
    }

    private static BigCrate filled(String label, String filling) {
        BigCrate crate = Crate.labelled(new BigCrate(), label);
        crate.fillings = Set.of(new Filling(null, filling));
        return crate;
    }

    @Test
    @SuppressWarnings("NullAway")
    void whenThereIsNoIdThenItIsRefused() {
        assertThatThrownBy(() -> crates.findById(null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> crates.existsById(null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> crates.deleteById(null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> crates.save(null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whenManyUseAnEntityForTheFirstTimeThenAllFindTheirRows() throws Exception {
        try (TestApplication fresh = TestApplication.withRepositories(engine, Repositories.class)) {
            fresh.define("CREATE TABLE crate (id ${identity}, label ${text} NOT NULL UNIQUE) ${strict}");
            Crates used = fresh.bean(Crates.class);
            CyclicBarrier together = new CyclicBarrier(16);
            ExecutorService workers = Executors.newFixedThreadPool(16);
            try {
                List<Callable<Boolean>> calls = new ArrayList<>();
                for (int i = 0; i < 16; i++) {
                    String label = "crate " + i;
                    calls.add(() -> {
                        together.await();
                        Crate crate = used.save(Crate.labelled(new Crate(), label));
                        return used.findById(crate.key()).orElseThrow().label.equals(label);
                    });
                }
                for (Future<Boolean> each : workers.invokeAll(calls)) {
                    assertThat(each.get()).isTrue();
                }
            } finally {
                workers.shutdownNow();
            }
        }
    }
}
