package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.dovetail.migration.Scripts;
import dev.dovetail.migration.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/** What somebody reads whose application does not start because of its migrations. */
class DovetailFlywayFailureTests {

    private static final String SECRET = "alice@example.org";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void aStatementThatIsNotUnderstood(String engine) {
        Scripts scripts = scripts()
                .with("V1__half.sql", "CREATE TABLE half (id ${identity});\n\nCREATE TABEL broken (id integer);\n");

        FailureAnalysis analysis = analyze(application(database(engine), scripts));

        assertThat(analysis.getDescription())
                .contains("V1__half.sql", "line 3", "syntax error", "rolled back")
                .doesNotContain("broken");
        assertThat(analysis.getAction()).contains("Correct the script");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void valuesAreNotRepeated(String engine) {
        Scripts scripts = scripts().with("V1__people.sql", """
                CREATE TABLE people (email varchar(50) NOT NULL);
                INSERT INTO people VALUES ('%1$s'), ('%1$s');
                CREATE UNIQUE INDEX people_email ON people (email);
                """.formatted(SECRET));

        FailureAnalysis analysis = analyze(application(database(engine), scripts));

        assertThat(analysis.getDescription())
                .contains("V1__people.sql", "line 3")
                .doesNotContain(SECRET)
                .doesNotContain("INSERT");
    }

    @Test
    void valuesInTheMessageItselfAreNotRepeatedEither() {
        Scripts scripts = scripts().with("V1__people.sql", """
                CREATE TABLE people (email text);
                INSERT INTO people VALUES ('%s');
                ALTER TABLE people ALTER email TYPE integer USING email::integer;
                """.formatted(SECRET));

        FailureAnalysis analysis = analyze(application(TestDatabase.postgresql(), scripts));

        assertThat(analysis.getDescription()).contains("22P02", "line 3").doesNotContain(SECRET);
    }

    @Test
    void aScriptOutsideATransactionLeavesItsMark() {
        TestDatabase database = TestDatabase.postgresql();
        Scripts scripts = scripts()
                .with("V1__outside.sql", "CREATE TABLE outside (id integer);\nTHIS IS NOT SQL;")
                .with("V1__outside.sql.conf", "executeInTransaction=false");

        FailureAnalysis failed = analyze(application(database, scripts));
        assertThat(failed.getDescription()).contains("does not run in a transaction");
        assertThat(failed.getAction()).contains("success = false");

        FailureAnalysis again = analyze(application(database, scripts));
        assertThat(again.getDescription()).contains("Detected failed migration to version 1");
        assertThat(again.getAction()).contains("success = false");

        database.jdbc().execute("DROP TABLE outside");
        database.jdbc().execute("DELETE FROM flyway_schema_history WHERE success = false");
        scripts.with("V1__outside.sql", "CREATE TABLE outside (id integer);");
        application(database, scripts).run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void tablesWithoutAHistory(String engine) {
        TestDatabase database = database(engine);
        database.jdbc().execute("CREATE TABLE users (id integer)");
        Scripts scripts = scripts()
                .with("V1__users.sql", "CREATE TABLE users (id integer);")
                .with("V2__orders.sql", "CREATE TABLE orders (id integer);");
        ApplicationContextRunner application = application(database, scripts);

        FailureAnalysis analysis = analyze(application);

        assertThat(analysis.getDescription()).contains("no history");
        assertThat(analysis.getAction())
                .contains("spring.flyway.baseline-on-migrate=true", "spring.flyway.baseline-version=");
        application
                .withPropertyValues("spring.flyway.baseline-on-migrate=true", "spring.flyway.baseline-version=1")
                .run(context -> assertThat(database.applied()).containsExactly("2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void scriptsAndHistoryThatDoNotAgree(String engine) {
        TestDatabase database = database(engine);
        Scripts scripts = scripts()
                .with("V1__a.sql", "CREATE TABLE a (id integer);")
                .with("V2__b.sql", "CREATE TABLE b (id integer);")
                .with("V3__c.sql", "CREATE TABLE c (id integer);");
        ApplicationContextRunner application = application(database, scripts);
        application.run(context -> assertThat(context).hasNotFailed());
        scripts.with("V1__a.sql", "CREATE TABLE a (id bigint);")
                .without("V2__b.sql")
                .with("V2_5__late.sql", "CREATE TABLE late (id integer);");

        FailureAnalysis analysis = analyze(application);

        assertThat(analysis.getDescription())
                .contains("checksum mismatch for migration version 1", "not resolved locally: 2", "2.5")
                .doesNotContain("http", "-outOfOrder");
        assertThat(analysis.getAction())
                .contains("was changed", "is gone", "spring.flyway.out-of-order=true")
                .doesNotContain("failed halfway");
    }

    @Test
    void twoScriptsOfOneVersion() {
        Scripts scripts = scripts()
                .with("V1__a.sql", "CREATE TABLE a (id integer);")
                .with("sqlite/V1__b.sql", "CREATE TABLE b (id integer);");

        FailureAnalysis analysis = analyze(application(database("sqlite"), scripts));

        assertThat(analysis.getDescription()).contains("V1__a.sql", "V1__b.sql");
        assertThat(analysis.getAction()).contains("exactly the same name");
    }

    @Test
    void databasesThatFlywayDoesNotKnow() {
        FailureAnalysis postgresql = analyze(new FlywayException("Unsupported Database: PostgreSQL 18.6"));
        assertThat(postgresql.getDescription()).contains("PostgreSQL 18.6");
        assertThat(postgresql.getAction()).contains("org.flywaydb:flyway-database-postgresql");

        assertThat(analyze(new FlywayException("Unsupported Database: Informix 14"))
                        .getAction())
                .contains("flyway-database-<name>");
    }

    @Test
    void otherErrorsOfFlywayAreLeftToOthers() {
        assertThat(new FlywayFailureAnalyzer().analyze(new FlywayException("something else")))
                .isNull();
    }

    @Test
    void isRegistered() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
                        .load(FailureAnalyzer.class, FailureHandler.handleMessage((message, failure) -> {})))
                .hasAtLeastOneElementOfType(FlywayFailureAnalyzer.class);
    }

    @Test
    void anIndexIsCreatedConcurrently() {
        TestDatabase database = TestDatabase.postgresql();
        Scripts scripts = scripts()
                .with("V1__a.sql", "CREATE TABLE a (id integer);")
                .with("V2__index.sql", "CREATE INDEX CONCURRENTLY a_id ON a (id);");

        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> application(database, scripts)
                        .run(context -> assertThat(context).hasNotFailed()));
        assertThat(database.applied()).containsExactly("1", "2");
    }

    private TestDatabase database(String engine) {
        return engine.equals("sqlite") ? TestDatabase.sqlite(directory) : TestDatabase.postgresql();
    }

    private Scripts scripts() {
        return new Scripts(directory.resolve("scripts"));
    }

    private static ApplicationContextRunner application(TestDatabase database, Scripts scripts) {
        return FlywayContexts.on(database).withPropertyValues("spring.flyway.locations=" + scripts.location());
    }

    private static FailureAnalysis analyze(ApplicationContextRunner application) {
        FailureAnalysis[] analysis = new FailureAnalysis[1];
        application.run(context -> {
            assertThat(context).hasFailed();
            analysis[0] = analyze(context.getStartupFailure());
        });
        return analysis[0];
    }

    private static FailureAnalysis analyze(@Nullable Throwable failure) {
        Throwable found = Objects.requireNonNull(failure, "failure");
        return Objects.requireNonNull(new FlywayFailureAnalyzer().analyze(found), "analysis");
    }
}
