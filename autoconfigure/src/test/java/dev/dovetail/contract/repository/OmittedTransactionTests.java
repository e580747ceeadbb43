package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/** What a transaction would have done is not missed where a call of one statement goes without. */
@EngineContract
class OmittedTransactionTests {

    private static final String TABLES = """
            CREATE TABLE jar (id ${identity}, label ${text} NOT NULL UNIQUE) ${strict};
            CREATE TABLE tag (id ${text} PRIMARY KEY, label ${text} NOT NULL);
            """;

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, TABLES);

    private final TestEngine engine;
    private final TestApplication application;
    private final Jars jars;

    OmittedTransactionTests(TestEngine engine) {
        this.engine = engine;
        this.application = applications.on(engine);
        this.jars = application.bean(Jars.class);
    }

    @Table("jar")
    record Jar(@Id @Nullable Long id, String label) {

        long key() {
            return Objects.requireNonNull(id);
        }
    }

    @Table("tag")
    record Tag(@Id @Nullable String id, String label) {}

    interface Jars extends ListCrudRepository<Jar, Long> {}

    interface Tags extends ListCrudRepository<Tag, String> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {Jars.class, Tags.class}))
    static class Repositories {}

    /** What an application does at the begin of each transaction, for example to say who is asking. */
    static final class Begun implements TransactionExecutionListener {

        private final List<Boolean> readOnly = new ArrayList<>();

        @Override
        public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
            readOnly.add(transaction.isReadOnly());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Repositories.class)
    static class WithTransactionListener {

        @Bean
        Begun begun() {
            return new Begun();
        }
    }

    /** Sets for example what the database's policies ask for. */
    static final class OwnManager extends JdbcTransactionManager {

        private static final long serialVersionUID = 1L;

        private int begun;

        OwnManager(DataSource dataSource) {
            super(dataSource);
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            begun++;
            super.doBegin(transaction, definition);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Repositories.class)
    static class WithOwnManager {

        @Bean
        OwnManager transactionManager(DataSource dataSource) {
            return new OwnManager(dataSource);
        }
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void empty() {
        application.jdbc().sql("DELETE FROM jar").update();
        application.jdbc().sql("DELETE FROM tag").update();
    }

    @Test
    void whenConnectionsBeginWithoutAutocommitThenWhatIsWrittenStays() {
        try (TestApplication manual = TestApplication.withRepositories(
                engine, Repositories.class, "spring.datasource.hikari.auto-commit=false")) {
            manual.transaction().executeWithoutResult(status -> manual.define(TABLES));
            Jars kept = manual.bean(Jars.class);

            Jar saved = kept.save(new Jar(null, "a"));
            assertThat(kept.findAll()).containsExactly(saved);
            kept.save(new Jar(saved.id(), "b"));
            assertThat(kept.findById(saved.key())).map(Jar::label).contains("b");
            kept.deleteById(saved.key());
            assertThat(kept.count()).isZero();
        }
    }

    @Test
    void whenTheDatabaseGivesNoIdThenTheRowIsNotLeftBehind() {
        Tags tags = application.bean(Tags.class);

        assertThatThrownBy(() -> tags.save(new Tag(null, "a"))).isInstanceOf(Exception.class);

        assertThat(tags.count()).isZero();
    }

    @Test
    void whenThereIsAScopeWithoutTransactionThenWhatIsSavedKeepsNobodyWaiting() {
        application.transaction(TransactionDefinition.PROPAGATION_SUPPORTS).executeWithoutResult(status -> {
            assertThat(jars.findAll()).isEmpty();
            jars.save(new Jar(null, "a"));
            assertThat(application.dataSource().pools())
                    .allSatisfy(pool -> assertThat(pool.active()).isZero());
            jars.saveAll(List.of(new Jar(null, "b"), new Jar(null, "c")));
            application
                    .transaction(TransactionDefinition.PROPAGATION_REQUIRES_NEW)
                    .executeWithoutResult(inner -> jars.save(new Jar(null, "d")));
        });

        assertThat(jars.count()).isEqualTo(4);
    }

    @Test
    void whenTransactionsHaveATimeLimitThenItHolds() {
        try (TestApplication limited =
                TestApplication.withRepositories(engine, Repositories.class, "spring.transaction.default-timeout=1s")) {
            limited.define("CREATE TABLE jar (id ${identity}, label ${text} NOT NULL)");
            limited.statements();

            limited.bean(Jars.class).save(new Jar(null, "a"));

            assertThat(limited.statements())
                    .filteredOn(statement -> statement.sql().startsWith("INSERT"))
                    .singleElement()
                    .satisfies(
                            statement -> assertThat(statement.transactionId()).isNotZero());
        }
    }

    @Test
    void whenTheApplicationManagesTransactionsItselfThenItIsAsked() {
        try (TestApplication managed = TestApplication.withRepositories(engine, WithOwnManager.class)) {
            managed.define(TABLES);
            Jars asked = managed.bean(Jars.class);
            OwnManager manager = managed.bean(OwnManager.class);

            Jar saved = asked.save(new Jar(null, "a"));
            assertThat(manager.begun).isOne();
            asked.findById(saved.key());
            assertThat(manager.begun).isEqualTo(2);
        }
    }

    @Test
    void whenSomebodyListensToTransactionsThenThereAreSome() {
        try (TestApplication listened = TestApplication.withRepositories(engine, WithTransactionListener.class)) {
            listened.define(TABLES);
            Jars heard = listened.bean(Jars.class);
            List<Boolean> begun = listened.bean(Begun.class).readOnly;

            Jar saved = heard.save(new Jar(null, "a"));
            assertThat(begun).containsExactly(false);
            heard.findById(saved.key());
            assertThat(begun).containsExactly(false, true);
        }
    }
}
