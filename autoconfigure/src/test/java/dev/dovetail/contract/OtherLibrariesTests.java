package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.datasource.StatementEvent;
import dev.dovetail.engine.ConnectionRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** JPA, jOOQ, MyBatis and JdbcClient on one data source: one transaction, one routing, one set of exceptions. */
@EngineContract
class OtherLibrariesTests {

    private final TestEngine engine;
    private ConfigurableApplicationContext context;
    private Map<String, BookStore> stores;

    OtherLibrariesTests(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void start() {
        Map<String, String> database = engine.freshDatabase();
        // jOOQ greets, and Hibernate logs every error that it throws.
        List<String> arguments = new ArrayList<>(List.of("--logging.level.root=off"));
        database.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        if (engine == TestEngine.POSTGRESQL) {
            // The primary stands for its own replica, so that what goes to a reader can be seen.
            arguments.add("--dovetail.postgresql.replicas=" + database.get("spring.datasource.url"));
        }
        context = new SpringApplicationBuilder(OtherLibraries.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .run(arguments.toArray(String[]::new));
        context.getBean(JdbcTemplate.class)
                .execute("CREATE TABLE book (id integer PRIMARY KEY, title varchar(100) NOT NULL UNIQUE)");
        stores = context.getBeansOfType(BookStore.class);
        assertThat(stores).containsOnlyKeys("jpa", "jooq", "mybatis", "plainJdbc");
        assertThat(context.getBean(PlatformTransactionManager.class)).isInstanceOf(JpaTransactionManager.class);
    }

    @AfterEach
    void stop() {
        context.close();
    }

    @Test
    void eachSeesWhatTheOthersWroteInOneTransaction() {
        transaction().executeWithoutResult(status -> {
            saveWithEach();
            assertThat(stores)
                    .allSatisfy((name, store) ->
                            assertThat(store.titles()).as(name).containsExactlyInAnyOrderElementsOf(stores.keySet()));
        });

        assertThat(stores)
                .allSatisfy((name, store) ->
                        assertThat(store.titles()).as(name).containsExactlyInAnyOrderElementsOf(stores.keySet()));
        assertThat(transactionsThatWrote()).as("transactions on the database").hasSize(1);
    }

    @Test
    void aRollbackTakesAllOfThemBack() {
        assertThatThrownBy(() -> transaction().executeWithoutResult(status -> {
                    saveWithEach();
                    throw new IllegalStateException("the application's own");
                }))
                .hasMessage("the application's own");

        assertThat(stores)
                .allSatisfy((name, store) -> assertThat(store.titles()).as(name).isEmpty());
    }

    @Test
    void aDuplicateIsTheSameExceptionFromEach() {
        transaction()
                .executeWithoutResult(status ->
                        Objects.requireNonNull(stores.get("plainJdbc")).save(1, "taken"));

        assertThat(stores)
                .allSatisfy((name, store) -> assertThatThrownBy(
                                () -> transaction().executeWithoutResult(status -> store.save(2, "taken")))
                        .as(name)
                        .isInstanceOf(DuplicateKeyException.class));
        assertThat(stores)
                .allSatisfy((name, store) -> assertThat(store.titles()).as(name).containsExactly("taken"));
    }

    @Test
    void aMissingValueIsTheSameExceptionFromEach() {
        assertThat(stores)
                .allSatisfy((name, store) -> assertThatThrownBy(
                                () -> transaction().executeWithoutResult(status -> store.save(2, null)))
                        .as(name)
                        .isInstanceOf(DataIntegrityViolationException.class));
    }

    @Test
    void readOnlyTransactionsReadFromAReader() {
        transaction().executeWithoutResult(status -> saveWithEach());
        recorder().drain();

        readOnlyTransaction()
                .executeWithoutResult(status -> assertThat(stores)
                        .allSatisfy((name, store) ->
                                assertThat(store.titles()).as(name).hasSize(4)));

        assertThat(recorder().drain())
                .hasSize(4)
                .extracting(StatementEvent::role)
                .containsOnly(ConnectionRole.READER);
    }

    @Test
    void readOnlyTransactionsDoNotWrite() {
        assertThat(stores)
                .allSatisfy((name, store) -> assertThatThrownBy(
                                () -> readOnlyTransaction().executeWithoutResult(status -> store.save(2, "refused")))
                        .as(name)
                        .isInstanceOf(DataAccessException.class));
        assertThat(stores)
                .allSatisfy((name, store) -> assertThat(store.titles()).as(name).isEmpty());
    }

    private void saveWithEach() {
        int id = 1;
        for (Map.Entry<String, BookStore> store : stores.entrySet()) {
            store.getValue().save(id++, store.getKey());
        }
    }

    private List<Long> transactionsThatWrote() {
        return recorder().drain().stream()
                .filter(event -> event.transactionId() != 0
                        && event.sql().toLowerCase(Locale.ROOT).startsWith("insert"))
                .map(StatementEvent::transactionId)
                .distinct()
                .toList();
    }

    private TestApplication.Recorder recorder() {
        return context.getBean(TestApplication.Recorder.class);
    }

    private TransactionTemplate transaction() {
        return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    private TransactionTemplate readOnlyTransaction() {
        TransactionTemplate template = transaction();
        template.setReadOnly(true);
        return template;
    }
}
