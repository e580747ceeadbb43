package dev.dovetail.contract.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.datasource.PoolStatus;
import dev.dovetail.transaction.UnitOfWork;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
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
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** A transaction by hand, and entities that are stored in the order of their foreign keys (F93). */
@EngineContract
class UnitOfWorkTests {

    private static final SharedApplications applications = SharedApplications.withRepositories(Repositories.class);

    @Table("publisher")
    record Publisher(@Id String code, String name) {}

    @Table("volume")
    record Volume(@Id String code, String publisher) {}

    @Table("chapter")
    record Chapter(@Id @Nullable Long id, String volume) {}

    interface Publishers extends ListCrudRepository<Publisher, String> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Publishers.class))
    static class Repositories {}

    private final TestApplication application;

    UnitOfWorkTests(TestEngine engine) {
        this.application = applications.on(engine);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void createTables() {
        application.define("""
                DROP TABLE IF EXISTS chapter;
                DROP TABLE IF EXISTS volume;
                DROP TABLE IF EXISTS publisher;
                CREATE TABLE publisher (code ${text} PRIMARY KEY, name ${text} NOT NULL);
                CREATE TABLE volume (code ${text} PRIMARY KEY, publisher ${text} NOT NULL REFERENCES publisher);
                CREATE TABLE chapter (id ${identity}, volume ${text} NOT NULL REFERENCES volume)
                """);
    }

    @AfterEach
    void nothingIsInUse() {
        assertThat(application.dataSource().pools())
                .extracting(PoolStatus::active)
                .containsOnly(0);
    }

    private long count(String table) {
        return application.database().table(table).count();
    }

    private void insert(String code) {
        application
                .jdbc()
                .sql("INSERT INTO publisher VALUES (?, 'x')")
                .param(code)
                .update();
    }

    @Test
    void whatIsCommittedStays() {
        try (UnitOfWork unit = application.database().unitOfWork()) {
            unit.begin();
            insert("a");
            unit.commit();
            assertThat(unit.isActive()).isFalse();
        }
        assertThat(count("publisher")).isEqualTo(1);
    }

    @Test
    void closingRollsBackWhatIsNotCommitted() {
        assertThatThrownBy(() -> {
                    try (UnitOfWork unit = application.database().unitOfWork()) {
                        unit.begin();
                        insert("a");
                        throw new IllegalArgumentException("in between");
                    }
                })
                .hasMessage("in between");
        assertThat(count("publisher")).isZero();
    }

    @Test
    void theTwoMistakesHaveTheirTexts() {
        try (UnitOfWork unit = application.database().unitOfWork()) {
            assertThatIllegalStateException().isThrownBy(unit::commit).withMessage("No active transaction");
            assertThatIllegalStateException().isThrownBy(unit::rollback).withMessage("No active transaction");
            assertThatIllegalStateException().isThrownBy(unit::transaction).withMessage("No active transaction");
            assertThatIllegalStateException()
                    .isThrownBy(() -> unit.registerNew(new Publisher("a", "A")))
                    .withMessage("No active transaction");
            unit.begin();
            assertThatIllegalStateException().isThrownBy(unit::begin).withMessage("Transaction already started");
            unit.rollback();
            unit.begin();
            unit.rollback();
        }
    }

    @Test
    void entitiesAreStoredInTheOrderOfTheForeignKeys() {
        try (UnitOfWork unit = application.database().unitOfWork()) {
            unit.begin();
            Chapter chapter = new Chapter(null, "v");
            unit.registerNew(chapter);
            unit.registerNew(new Volume("v", "p"));
            unit.registerNew(new Publisher("p", "P"));
            unit.registerNew(new Publisher("q", "Q"));
            unit.commit();
            assertThat(unit.stored(chapter).id()).isNotNull();
        }
        assertThat(count("chapter")).isEqualTo(1);
        assertThat(count("publisher")).isEqualTo(2);
        removeAll();
        assertThat(count("publisher")).isEqualTo(1);
        assertThat(count("chapter")).isZero();
    }

    private void removeAll() {
        Long chapter = Objects.requireNonNull(application
                .jdbc()
                .sql("SELECT id FROM chapter")
                .query(Long.class)
                .single());
        try (UnitOfWork unit = application.database().unitOfWork()) {
            unit.begin();
            unit.registerRemoved(new Publisher("p", "P"));
            unit.registerRemoved(new Volume("v", "p"));
            unit.registerRemoved(new Chapter(chapter, "v"));
            unit.registerDirty(new Publisher("q", "changed"));
            unit.commit();
        }
        assertThat(application.bean(Publishers.class).findById("q")).contains(new Publisher("q", "changed"));
    }

    @Test
    void whatCannotBeStoredRollsEverythingBack() {
        try (UnitOfWork unit = application.database().unitOfWork()) {
            unit.begin();
            insert("a");
            unit.registerNew(new Volume("v", "nobody"));
            assertThatThrownBy(unit::commit).isInstanceOf(DataIntegrityViolationException.class);
            assertThat(unit.isActive()).isFalse();
        }
        assertThat(count("publisher")).isZero();
    }

    @Test
    void whatWasNewAndIsRemovedIsNeverStored() {
        try (UnitOfWork unit = application.database().unitOfWork()) {
            unit.begin();
            Publisher publisher = new Publisher("p", "P");
            unit.registerNew(publisher);
            unit.registerDirty(publisher);
            unit.registerRemoved(publisher);
            unit.commit();
        }
        assertThat(count("publisher")).isZero();
    }

    @Test
    void insideAnotherTransactionItJoins() {
        application.transaction().executeWithoutResult(outer -> {
            try (UnitOfWork unit = application.database().unitOfWork()) {
                unit.begin();
                insert("a");
                unit.commit();
            }
            outer.setRollbackOnly();
        });
        assertThat(count("publisher")).isZero();
    }

    @Test
    void anotherThreadIsRefused() throws Exception {
        String thisThread = Thread.currentThread().getName();
        try (UnitOfWork unit = application.database().unitOfWork()) {
            unit.begin();
            insert("a");
            List<Runnable> uses = List.of(
                    unit::commit,
                    unit::rollback,
                    unit::close,
                    unit::flush,
                    unit::transaction,
                    () -> unit.registerNew(new Publisher("b", "B")),
                    () -> unit.stored("anything"));
            for (Runnable use : uses) {
                elsewhere(() -> assertThatIllegalStateException()
                        .isThrownBy(use::run)
                        .withMessageContaining("'" + thisThread + "'")
                        .withMessageContaining("'elsewhere'"));
            }
            assertThat(unit.isActive()).isTrue();
            unit.commit();
        }
        assertThat(count("publisher")).isEqualTo(1);
    }

    private static void elsewhere(Runnable work) throws Exception {
        FutureTask<@Nullable Void> task = new FutureTask<>(work, null);
        new Thread(task, "elsewhere").start();
        task.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aUnitThatHasEndedMayBeginInAnotherThread() throws Exception {
        try (UnitOfWork unit = application.database().unitOfWork()) {
            unit.begin();
            insert("a");
            unit.commit();
            elsewhere(() -> {
                unit.begin();
                insert("b");
                unit.commit();
            });
        }
        assertThat(count("publisher")).isEqualTo(2);
    }

    @Test
    void whatIsClosedIsRefusedAndMayBeClosedAgain() {
        UnitOfWork unit = application.database().unitOfWork();
        unit.begin();
        insert("a");
        unit.close();

        List<Runnable> uses = List.of(
                unit::begin,
                unit::commit,
                unit::rollback,
                unit::flush,
                unit::transaction,
                () -> unit.registerNew(new Publisher("b", "B")),
                () -> unit.stored("anything"));
        for (Runnable use : uses) {
            assertThatIllegalStateException().isThrownBy(use::run).withMessageContaining("closed");
        }
        assertThat(unit.isActive()).isFalse();
        unit.close();
        assertThat(count("publisher")).isZero();
    }

    @Test
    void inAnotherTransactionThatSuspendsItNothingIsStored() {
        try (UnitOfWork unit = application.database().unitOfWork()) {
            unit.begin();
            unit.registerNew(new Publisher("a", "A"));
            TransactionTemplate other = application.transaction(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
            other.setReadOnly(true);
            other.executeWithoutResult(inner ->
                    assertThatIllegalStateException().isThrownBy(unit::commit).withMessageContaining("suspended"));
            unit.commit();
        }
        assertThat(count("publisher")).isEqualTo(1);
    }
}
