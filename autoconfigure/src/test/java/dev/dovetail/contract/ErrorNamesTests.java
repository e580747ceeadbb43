package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Errors name table, columns and constraint as they are spelt, whatever stands in the names. */
@EngineContract
class ErrorNamesTests {

    private static final SharedApplications applications = new SharedApplications();

    private final TestEngine engine;
    private final TestApplication application;

    ErrorNamesTests(TestEngine engine) {
        this.engine = engine;
        this.application = applications.on(engine);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void createTables() {
        for (String table : List.of("my (items)", "above", "part")) {
            application.template().execute("DROP TABLE IF EXISTS \"" + table + '"');
        }
        application.define("""
                CREATE TABLE above (id ${identity}, code ${text} UNIQUE) ${strict};
                INSERT INTO above (id, code) VALUES (1, 'SECRET');
                CREATE TABLE "my (items)" (
                    id ${identity},
                    "first name" ${text} NOT NULL,
                    "a, b" ${bigint},
                    "c)d" ${bigint},
                    "e.f" ${bigint} NOT NULL DEFAULT 1,
                    label ${text},
                    above_id ${bigint} CONSTRAINT "my above" REFERENCES above,
                    "it's (own)" ${bigint} CONSTRAINT "itself" REFERENCES "my (items)",
                    UNIQUE ("a, b", "c)d", "e.f"),
                    CONSTRAINT "no (more) than 'ten'" CHECK ("c)d" < 10)) ${strict};
                CREATE UNIQUE INDEX "it's one" ON "my (items)" (lower(label));
                INSERT INTO "my (items)" (id, "first name", "a, b", "c)d", label) VALUES (1, 'SECRET', 2, 3, 'SECRET');
                CREATE TABLE part (one ${bigint}, two ${bigint}, x ${bigint}, y ${bigint}, PRIMARY KEY (one, two),
                    FOREIGN KEY (y, x) REFERENCES part (one, two)) ${strict}
                """);
    }

    private DatabaseError failing(String sql) {
        Throwable thrown = catchThrowable(() -> application.template().execute(sql));
        assertThat(thrown).isNotNull();
        DatabaseError error = application.database().describe(thrown).orElseThrow();
        assertThat(error.toString() + error.summary()).doesNotContainIgnoringCase("secret");
        return error;
    }

    @Test
    void whenSeveralColumnsAreNotUniqueThenEachIsNamed() {
        DatabaseError error =
                failing("INSERT INTO \"my (items)\" (id, \"first name\", \"a, b\", \"c)d\") VALUES (100, 'x', 2, 3)");

        assertThat(error.code()).isEqualTo(ErrorCode.UNIQUE_VIOLATION);
        assertThat(error.table()).isEqualTo("my (items)");
        assertThat(error.columns()).containsExactly("a, b", "c)d", "e.f");
    }

    @Test
    void whenAnExpressionIsNotUniqueThenItsIndexIsNamed() {
        DatabaseError error =
                failing("INSERT INTO \"my (items)\" (id, \"first name\", label) VALUES (100, 'x', 'secret')");

        assertThat(error.code()).isEqualTo(ErrorCode.UNIQUE_VIOLATION);
        assertThat(error.constraint()).isEqualTo("it's one");
    }

    @Test
    void whenAValueIsMissingThenItsColumnIsNamed() {
        DatabaseError error = failing("INSERT INTO \"my (items)\" (id) VALUES (7)");

        assertThat(error.code()).isEqualTo(ErrorCode.NOT_NULL_VIOLATION);
        assertThat(error.table()).isEqualTo("my (items)");
        assertThat(error.columns()).containsExactly("first name");
    }

    @Test
    void whenACheckRefusesThenItIsNamed() {
        DatabaseError error = failing("UPDATE \"my (items)\" SET \"c)d\" = 11");

        assertThat(error.code()).isEqualTo(ErrorCode.CHECK_VIOLATION);
        assertThat(error.constraint()).isEqualTo("no (more) than 'ten'");
    }

    @Test
    void whenATableIsUnknownThenItIsNamedWhereTheDatabaseDoes() {
        DatabaseError error = failing("DELETE FROM \"my (other) items\"");

        assertThat(error.code()).isEqualTo(ErrorCode.UNKNOWN_TABLE);
        // Declared difference: PostgreSQL says it in its text only, which is translated.
        assertThat(error.table()).isEqualTo(engine == TestEngine.SQLITE ? "my (other) items" : null);
    }

    /** Declared difference: SQLite does not say which foreign key refused, nor where. */
    @Test
    void whenAParentIsMissingThenTheColumnsThatReferAreNamedWhereTheDatabaseDoes() {
        DatabaseError error = failing("UPDATE \"my (items)\" SET above_id = 77005");

        assertThat(error.code()).isEqualTo(ErrorCode.FOREIGN_KEY_VIOLATION);
        assertThat(error.constraint()).isEqualTo(engine == TestEngine.SQLITE ? null : "my above");
        assertThat(error.table()).isEqualTo(engine == TestEngine.SQLITE ? null : "my (items)");
    }

    @Test
    void whenAParentIsInUseThenItsColumnsAreNotPutUnderTheOtherTable() {
        application.template().execute("UPDATE \"my (items)\" SET above_id = 1");
        application.define("CREATE TABLE low (id ${identity}, above_id ${bigint} REFERENCES above) ${strict}");
        application.template().execute("INSERT INTO low (id, above_id) VALUES (1, 1)");
        application.template().execute("UPDATE \"my (items)\" SET above_id = NULL");

        DatabaseError inUse = failing("DELETE FROM above WHERE id = 1");
        DatabaseError missing = failing("UPDATE low SET above_id = 77005");
        application.template().execute("DROP TABLE low");

        assertThat(inUse.code()).isEqualTo(ErrorCode.FOREIGN_KEY_VIOLATION);
        assertThat(inUse.columns()).isEmpty();
        assertThat(missing.code()).isEqualTo(ErrorCode.FOREIGN_KEY_VIOLATION);
        assertThat(missing.columns()).isEqualTo(engine == TestEngine.SQLITE ? List.of() : List.of("above_id"));
    }

    @Test
    void whenATableRefersToItselfThenNothingIsGuessed() {
        DatabaseError error = failing("INSERT INTO part VALUES (1, 2, 3, 4)");

        assertThat(error.code()).isEqualTo(ErrorCode.FOREIGN_KEY_VIOLATION);
        assertThat(error.columns()).isEmpty();
    }
}
