package dev.dovetail.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for migrations on every engine. */
abstract class PortableMigrationContract {

    private static final String TABLE = "CREATE TABLE %s (id ${identity}, name ${text} NOT NULL) ${strict};";

    @TempDir
    Path directory;

    TestDatabase database;
    Scripts scripts;

    abstract TestDatabase newDatabase(Path directory);

    @BeforeEach
    void start() {
        database = newDatabase(directory);
        scripts = new Scripts(directory.resolve("scripts"));
    }

    FluentConfiguration flyway() {
        FluentConfiguration configuration =
                Flyway.configure().dataSource(database.dataSource()).locations(scripts.location());
        database.migrations().configure(configuration);
        return configuration;
    }

    int migrate() {
        return flyway().load().migrate().migrationsExecuted;
    }

    String otherEngine() {
        return database.file() == null ? "sqlite" : "postgresql";
    }

    String engine() {
        return database.engine().name();
    }

    @Test
    void everyWordMakesAColumnThatWorks() {
        scripts.with("V1__everything.sql", """
                CREATE TABLE everything (
                    id ${identity},
                    a_uuid ${uuid} NOT NULL UNIQUE,
                    a_text ${text} NOT NULL,
                    a_boolean ${boolean} NOT NULL,
                    an_integer ${integer} CHECK (an_integer > 0),
                    a_bigint ${bigint},
                    a_double ${double},
                    a_timestamp ${timestamp} NOT NULL DEFAULT ${now},
                    a_datetime ${datetime},
                    a_date ${date},
                    a_time ${time},
                    a_json ${json},
                    a_blob ${blob},
                    an_amount ${decimal_12_2},
                    a_large_amount ${decimal_30_2}
                ) ${strict};
                CREATE INDEX everything_a_text ON everything (a_text);
                """);

        assertThat(migrate()).isEqualTo(1);

        database.jdbc().execute(insertEverything());
        assertThat(database.jdbc().queryForObject("SELECT id FROM everything", Long.class))
                .isEqualTo(1);
        assertThat(database.jdbc().queryForObject("SELECT count(a_timestamp) FROM everything", Integer.class))
                .isEqualTo(1);
    }

    abstract String insertEverything();

    @Test
    void placeholdersOfTheApplicationWin() {
        scripts.with("V1__own.sql", "CREATE TABLE own (id ${identity}, name ${text} ${mine}) ${strict};");
        FluentConfiguration configuration = Flyway.configure()
                .dataSource(database.dataSource())
                .locations(scripts.location())
                .placeholders(Map.of("Text", "varchar(3)", "mine", "NOT NULL", "strict", ""));
        database.migrations().configure(configuration);

        configuration.load().migrate();

        assertThat(configuration.getPlaceholders()).containsEntry("Text", "varchar(3)");
        assertThat(columnType("own", "name")).startsWithIgnoringCase("varchar");
    }

    abstract @Nullable String columnType(String table, String column);

    @Test
    void withoutPlaceholderReplacementScriptsAreTakenAsTheyAre() {
        scripts.with("V1__as_is.sql", "CREATE TABLE as_is (name varchar(20) DEFAULT '${text}');");

        flyway().placeholderReplacement(false).load().migrate();

        database.jdbc().execute("INSERT INTO as_is DEFAULT VALUES");
        assertThat(database.jdbc().queryForObject("SELECT name FROM as_is", String.class))
                .isEqualTo("${text}");
    }

    @Test
    void onlyTheEnginesOwnFoldersAreRun() {
        scripts.with("V1__users.sql", TABLE.formatted("users"))
                .with(engine() + "/V2__mine.sql", TABLE.formatted("mine"))
                .with(otherEngine() + "/V2__theirs.sql", "THIS IS NOT SQL;")
                .with("orders/" + engine() + "/V3__orders.sql", TABLE.formatted("orders"))
                .with("orders/" + otherEngine() + "/V3__orders.sql", "THIS IS NOT SQL;")
                .with(otherEngine() + "/afterMigrate.sql", "THIS IS NOT SQL;")
                .with(otherEngine() + "/R__view.sql", "THIS IS NOT SQL;");

        assertThat(migrate()).isEqualTo(3);
        assertThat(database.applied()).containsExactly("1", "2", "3");
        assertThat(migrate()).isZero();
    }

    @Test
    void theEnginesFileReplacesTheCommonOneOfTheSameName() {
        scripts.with("V1__users.sql", "THIS IS NOT SQL;")
                .with(engine() + "/V1__users.sql", TABLE.formatted("users"))
                .with("R__names.sql", "THIS IS NOT SQL;")
                .with(engine() + "/R__names.sql", "CREATE VIEW names AS SELECT name FROM users;")
                .with("afterMigrate.sql", "THIS IS NOT SQL;")
                .with(engine() + "/afterMigrate.sql", "INSERT INTO users (name) VALUES ('called back');");

        assertThat(migrate()).isEqualTo(2);

        assertThat(database.jdbc().queryForObject("SELECT name FROM names", String.class))
                .isEqualTo("called back");
    }

    @Test
    void anotherNameForTheSameVersionIsAnErrorAsEverInFlyway() {
        scripts.with("V1__users.sql", TABLE.formatted("users"))
                .with(engine() + "/V1__people.sql", TABLE.formatted("people"));

        assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(this::migrate)
                .satisfies(e -> assertThat(e.getErrorCode()).isEqualTo(CoreErrorCode.DUPLICATE_VERSIONED_MIGRATION));
    }

    @Test
    void restartAppliesNothingAndANewScriptOnlyItself() {
        scripts.with("V1__a.sql", TABLE.formatted("a")).with("V2__b.sql", TABLE.formatted("b"));
        assertThat(migrate()).isEqualTo(2);
        assertThat(migrate()).isZero();

        scripts.with("V3__c.sql", TABLE.formatted("c"));

        assertThat(migrate()).isEqualTo(1);
        assertThat(database.applied()).containsExactly("1", "2", "3");
    }

    @Test
    void aHistoryWrittenWithoutThisIsValidWithIt() {
        scripts.with("V1__a.sql", "CREATE TABLE a (id integer);")
                .with("R__v.sql", "CREATE VIEW v AS SELECT '${mine}' AS mine FROM a;");
        FluentConfiguration plain = Flyway.configure()
                .dataSource(database.dataSource())
                .locations(scripts.location())
                .placeholders(Map.of("mine", "x"));
        plain.load().migrate();

        FluentConfiguration ours = Flyway.configure().configuration(plain);
        database.migrations().configure(ours);

        assertThat(ours.load().migrate().migrationsExecuted).isZero();
    }

    @Test
    void aScriptBelowTheCurrentVersionIsReported() {
        scripts.with("V1__a.sql", TABLE.formatted("a")).with("V2__b.sql", TABLE.formatted("b"));
        migrate();
        scripts.with("V1_5__late.sql", TABLE.formatted("late"));

        assertThatExceptionOfType(FlywayValidateException.class)
                .isThrownBy(this::migrate)
                .withMessageContaining("1.5");
        assertThat(database.hasTable("late")).isFalse();
    }

    @Test
    void aFailedScriptLeavesNothingAndAppliesOnceItIsCorrected() {
        scripts.with("V1__a.sql", TABLE.formatted("a"))
                .with("V2__half.sql", TABLE.formatted("half") + "\nTHIS IS NOT SQL;");

        assertThatExceptionOfType(FlywayException.class).isThrownBy(this::migrate);
        assertThat(database.hasTable("half")).isFalse();
        assertThat(database.applied()).containsExactly("1");

        scripts.with("V2__half.sql", TABLE.formatted("half"));
        assertThat(migrate()).isEqualTo(1);
        assertThat(database.hasTable("half")).isTrue();
    }

    @Test
    void anExistingDatabaseIsRefusedUntilItsVersionIsTold() {
        database.jdbc().execute("CREATE TABLE users (id integer)");
        scripts.with("V1__users.sql", TABLE.formatted("users")).with("V2__b.sql", TABLE.formatted("b"));

        assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(this::migrate)
                .satisfies(e -> assertThat(e.getErrorCode())
                        .isEqualTo(CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE));

        flyway().baselineOnMigrate(true).baselineVersion("1").load().migrate();
        assertThat(database.applied()).containsExactly("2");
    }
}
