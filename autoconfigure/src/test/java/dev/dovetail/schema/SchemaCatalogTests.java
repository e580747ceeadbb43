package dev.dovetail.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.datasource.StatementEvent;
import dev.dovetail.engine.ColumnInfo;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What the catalog knows, when it asks again, and what a transaction may make it believe. */
@EngineContract
class SchemaCatalogTests {

    private final TestEngine engine;
    private TestApplication application;
    private SchemaCatalog catalog;

    SchemaCatalogTests(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void start() {
        application = TestApplication.on(engine);
        application.define("CREATE TABLE users (id ${identity}, name ${text}) ${strict}");
        catalog = application.bean(SchemaCatalog.class);
        application.statements();
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private void define(String sql) {
        application.define(sql);
    }

    private List<String> columns(String table) {
        return catalog.table(table).columns().stream().map(ColumnInfo::name).toList();
    }

    private List<String> statementsSince() {
        return application.statements().stream().map(StatementEvent::sql).toList();
    }

    private TransactionTemplate nested() {
        return application.transaction(TransactionDefinition.PROPAGATION_NESTED);
    }

    private TransactionTemplate requiresNew() {
        return application.transaction(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Test
    void whenATableIsKnownThenTheDatabaseIsNotAskedAgain() {
        catalog.table("users");
        application.statements();

        catalog.table("users");
        catalog.table("USERS");
        catalog.current();

        assertThat(statementsSince()).isEmpty();
    }

    @Test
    void whenATableWasMadeAMomentAgoThenItIsFound() {
        catalog.current();

        define("CREATE TABLE fresh (id ${identity}) ${strict}");

        assertThat(catalog.find("fresh")).isPresent();
    }

    @Test
    void whenAnotherProcessMadeATableThenItIsFound() throws SQLException {
        catalog.current();

        try (Connection connection = application.foreignConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE foreigner (id integer PRIMARY KEY)");
        }

        assertThat(catalog.find("foreigner")).isPresent();
    }

    @Test
    void whenAnUnknownNameIsAskedAThousandTimesThenTheCatalogIsNotRead() {
        catalog.current();
        application.statements();

        for (int i = 0; i < 1000; i++) {
            assertThat(catalog.find("nothing" + i)).isEmpty();
        }

        // One cheap question each.
        List<String> asked = statementsSince();
        assertThat(asked).hasSize(1000).containsOnly(versionQuestion());
    }

    private String versionQuestion() {
        catalog.refreshIfChanged();
        List<String> asked = statementsSince();
        assertThat(asked).hasSize(1);
        return asked.get(0);
    }

    @Test
    void whenColumnsChangeThenRefreshIfChangedSeesIt() {
        List<String> changes = List.of(
                "ALTER TABLE users ADD COLUMN email ${text}",
                "ALTER TABLE users RENAME COLUMN email TO mail",
                "CREATE INDEX users_mail ON users (mail)",
                "DROP INDEX users_mail",
                "ALTER TABLE users DROP COLUMN mail",
                "ALTER TABLE users RENAME TO people",
                "CREATE VIEW users AS SELECT id FROM people",
                "DROP VIEW users",
                "DROP TABLE people");
        for (String change : changes) {
            Schema before = catalog.refreshIfChanged();
            assertThat(catalog.refreshIfChanged()).as("without a change").isSameAs(before);
            define(change);
            assertThat(catalog.refreshIfChanged()).as(change).isNotEqualTo(before);
        }
        assertThat(catalog.current().tables()).isEmpty();
    }

    @Test
    void whenTheTransactionThatMadeATableRollsBackThenItIsNotKnown() {
        catalog.current();

        application.transaction().executeWithoutResult(status -> {
            define("CREATE TABLE phantom (a ${text}) ${strict}");
            assertThat(columns("phantom")).containsExactly("a");
            status.setRollbackOnly();
        });

        assertThat(catalog.current().find("phantom")).isEmpty();
        assertThat(catalog.find("phantom")).isEmpty();
    }

    @Test
    void whenTheSameNumberOfChangesFollowsARollbackThenTheNewOnesAreSeen() {
        catalog.current();
        application.transaction().executeWithoutResult(status -> {
            define("CREATE TABLE one (a ${text}) ${strict}");
            catalog.refresh();
            status.setRollbackOnly();
        });

        define("CREATE TABLE other (b ${text}) ${strict}");

        assertThat(catalog.find("other")).isPresent();
        assertThat(catalog.find("one")).isEmpty();
    }

    @Test
    void whenATransactionHasNotCommittedThenOthersDoNotSeeItsTables() throws Exception {
        catalog.current();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            application.transaction().executeWithoutResult(status -> {
                define("CREATE TABLE pending (a ${text}) ${strict}");
                assertThat(catalog.find("pending")).isPresent();
                Future<Boolean> seenByOther =
                        executor.submit(() -> catalog.find("pending").isPresent());
                assertThat(seenByOther).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(false);
                assertThat(catalog.current().find("pending")).isPresent();
            });
        } finally {
            executor.shutdownNow();
        }
        assertThat(catalog.find("pending")).isPresent();
    }

    @Test
    void whenASavepointIsRolledBackThenItsTablesAreForgotten() {
        application.transaction().executeWithoutResult(status -> {
            define("CREATE TABLE outside (a ${text}) ${strict}");
            nested().executeWithoutResult(inner -> {
                define("CREATE TABLE inside (a ${text}) ${strict}");
                assertThat(catalog.find("inside")).isPresent();
                inner.setRollbackOnly();
            });
            assertThat(catalog.find("inside")).isEmpty();
            assertThat(catalog.find("outside")).isPresent();
        });
    }

    @Test
    void whenTheFirstReadingIsInATransactionThenItIsKeptOnceThatCommits() {
        application.transaction().executeWithoutResult(status -> catalog.table("users"));
        application.statements();

        catalog.table("users");
        application.transaction().executeWithoutResult(status -> catalog.table("users"));

        assertThat(statementsSince()).isEmpty();
    }

    @Test
    void whenATransactionIsSuspendedThenTheInnerOneHasItsOwnView() {
        // A second writer of the same thread could not wait for the first.
        if (engine.hasSingleWriter()) {
            application.readOnlyTransaction().executeWithoutResult(status -> {
                assertThat(catalog.find("inner_made")).isEmpty();
                requiresNew().executeWithoutResult(inner -> {
                    define("CREATE TABLE inner_made (a ${text}) ${strict}");
                    assertThat(catalog.find("inner_made")).isPresent();
                });
            });
        } else {
            application.transaction().executeWithoutResult(status -> {
                define("CREATE TABLE outer_made (a ${text}) ${strict}");
                assertThat(catalog.find("outer_made")).isPresent();
                requiresNew().executeWithoutResult(inner -> {
                    define("CREATE TABLE inner_made (a ${text}) ${strict}");
                    assertThat(catalog.find("outer_made")).isEmpty();
                    assertThat(catalog.find("inner_made")).isPresent();
                });
                status.setRollbackOnly();
            });
            assertThat(catalog.find("outer_made")).isEmpty();
        }
        assertThat(catalog.find("inner_made")).isPresent();
    }

    @Test
    void whenTheTransactionHasFailedThenTheCatalogSaysSoAndServesTheNextOne() {
        Throwable inside = application.transaction().execute(status -> {
            assertThatException().isThrownBy(() -> application.template().execute("INSERT INTO nowhere VALUES (1)"));
            status.setRollbackOnly();
            return catchThrowable(catalog::refresh);
        });

        assertThat(inside).isInstanceOf(DataAccessException.class);
        assertThat(columns("users")).containsExactly("id", "name");
    }

    @Test
    void whenAViewIsBrokenThenReadingDoesNotDoomTheTransaction() {
        define("CREATE TABLE base (id ${identity}) ${strict}; CREATE VIEW shown AS SELECT id FROM base");

        application.transaction().executeWithoutResult(status -> {
            // SQLite keeps a view of what is no longer there, PostgreSQL never does.
            define("DROP TABLE base" + (engine == TestEngine.SQLITE ? "" : " CASCADE"));
            assertThat(catalog.refresh().find("users")).isPresent();
            define("CREATE TABLE afterwards (id ${identity}) ${strict}");
        });

        assertThat(catalog.find("afterwards")).isPresent();
        assertThat(catalog.find("base")).isEmpty();
    }

    @Test
    void whenManyThreadsAskWhileTheSchemaChangesThenEachFindsWhatIsThere() throws Exception {
        int threads = 8;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 10; round++) {
                String table = "made_" + round;
                define("CREATE TABLE " + table + " (id ${identity}) ${strict}");
                CountDownLatch start = new CountDownLatch(1);
                List<Future<String>> found = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    found.add(executor.submit(() -> {
                        start.await();
                        return catalog.table(table).name();
                    }));
                }
                start.countDown();
                for (Future<String> each : found) {
                    assertThat(each.get()).isEqualTo(table);
                }
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void whenATableIsUnknownThenTheMessageNamesTheNearestAndAll() {
        assertThatExceptionOfType(UnknownNameException.class)
                .isThrownBy(() -> catalog.table("uesr"))
                .withMessage("There is no table \"uesr\" in the database. Did you mean users? There are: users.")
                .satisfies(e -> assertThat(e.available()).containsExactly("users"));
    }
}
