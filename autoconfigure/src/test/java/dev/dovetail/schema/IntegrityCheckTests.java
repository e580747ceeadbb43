package dev.dovetail.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.IntegrityIssue;
import dev.dovetail.engine.IntegrityIssue.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What constraints were meant to prevent is found, and nothing else is. */
@EngineContract
class IntegrityCheckTests {

    private final TestEngine engine;
    private TestApplication application;

    IntegrityCheckTests(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void start() {
        application = TestApplication.on(engine);
        application.define("""
                CREATE TABLE parent (id ${identity}) ${strict};
                CREATE TABLE pair (one ${bigint}, two ${bigint}, PRIMARY KEY (one, two)) ${strict};
                CREATE TABLE child (id ${identity}, parent_id ${bigint} REFERENCES parent, x ${bigint}, y ${bigint},
                    FOREIGN KEY (y, x) REFERENCES pair (one, two)) ${strict};
                CREATE INDEX child_parent ON child (parent_id);
                CREATE INDEX child_pair ON child (x, y, id);
                CREATE TABLE detail (id ${bigint} NOT NULL PRIMARY KEY REFERENCES parent) ${strict};
                INSERT INTO parent (id) VALUES (1);
                INSERT INTO child (id, parent_id) VALUES (1, 1);
                INSERT INTO child (id, parent_id, y) VALUES (2, NULL, 77)
                """);
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private List<IntegrityIssue> issues() {
        return new IntegrityCheck(application.bean(DatabaseEngine.class), application.template()).run();
    }

    // Another process that does not mind.
    private void outside(String... statements) throws SQLException {
        try (Connection connection = application.foreignConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void whenAllIsWellThenThereIsNothingToSay() {
        assertThat(issues()).isEmpty();
    }

    @Test
    void whenAForeignKeyHasNoIndexThenItIsNamed() {
        application.define("""
                DROP INDEX child_parent;
                DROP INDEX child_pair;
                CREATE INDEX child_partial ON child (parent_id) WHERE id > 7;
                CREATE INDEX child_second ON child (id, parent_id);
                CREATE INDEX child_half ON child (x)
                """);

        assertThat(issues())
                .extracting(IntegrityIssue::kind, IntegrityIssue::table, IntegrityIssue::columns)
                .containsExactlyInAnyOrder(
                        tuple(Kind.NOT_INDEXED, "child", List.of("parent_id")),
                        tuple(Kind.NOT_INDEXED, "child", List.of("y", "x")));
    }

    /** Declared difference: SQLite finds the rows, PostgreSQL the constraints behind which there may be some. */
    @Test
    void whenAForeignKeyWasNotKeptThenThatIsFoundAndNullIsNoOrphan() throws SQLException {
        bypassForeignKeys(
                "INSERT INTO child (id, parent_id) VALUES (10, 404)",
                "INSERT INTO child (id, x, y) VALUES (11, 4, 5)",
                "INSERT INTO child (id, x) VALUES (12, 4)");

        assertThat(issues()).containsExactlyElementsOf(expected());
    }

    private void bypassForeignKeys(String... statements) throws SQLException {
        if (engine == TestEngine.SQLITE) {
            List<String> all = new ArrayList<>(List.of("PRAGMA foreign_keys = off"));
            all.addAll(List.of(statements));
            outside(all.toArray(String[]::new));
        } else {
            outside("ALTER TABLE child DROP CONSTRAINT child_parent_id_fkey, DROP CONSTRAINT child_y_x_fkey");
            outside(statements);
            outside("""
                    ALTER TABLE child ADD CONSTRAINT a FOREIGN KEY (parent_id) REFERENCES parent NOT VALID,
                        ADD CONSTRAINT b FOREIGN KEY (y, x) REFERENCES pair NOT VALID""");
        }
    }

    private List<IntegrityIssue> expected() {
        return engine == TestEngine.SQLITE
                ? List.of(
                        new IntegrityIssue(Kind.ORPHAN, "child", List.of("parent_id"), 10L, "parent", null),
                        new IntegrityIssue(Kind.ORPHAN, "child", List.of("y", "x"), 11L, "pair", null))
                : List.of(
                        new IntegrityIssue(Kind.NOT_VALIDATED, "child", List.of("parent_id"), null, "parent", "a"),
                        new IntegrityIssue(Kind.NOT_VALIDATED, "child", List.of("y", "x"), null, "pair", "b"));
    }
}
