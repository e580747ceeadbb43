package dev.dovetail.contract.cache.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Changes that reach further than their statement says, or less far. */
@EngineContract
class FarReachingChangeTests extends OddChangeContract {

    FarReachingChangeTests(TestEngine engine) {
        super(engine);
    }

    @Test
    void chainsOfKeys() {
        application.define("""
                CREATE TABLE a (id ${bigint} PRIMARY KEY) ${strict};
                CREATE TABLE b (id ${bigint} PRIMARY KEY REFERENCES a (id) ON UPDATE CASCADE ON DELETE CASCADE) ${strict};
                CREATE TABLE c (id ${bigint} PRIMARY KEY, version ${bigint} REFERENCES b (id) ON UPDATE CASCADE ON DELETE SET NULL) ${strict};
                INSERT INTO a VALUES (1);
                INSERT INTO b VALUES (1);
                INSERT INTO c VALUES (1, 1)""");
        try {
            assertThat(cached("c")).isEqualTo(1);
            execute("UPDATE a SET id = 5");
            assertThat(cached("c")).isEqualTo(5);
            application.jdbc().sql("UPDATE a SET id = 6 WHERE id = ?").param(5).update();
            assertThat(cached("c")).isEqualTo(6);
        } finally {
            application.define("DROP TABLE c; DROP TABLE b; DROP TABLE a");
        }
    }

    @Test
    void aTriggerOnAView() {
        if (engine == TestEngine.SQLITE) {
            execute(
                    "CREATE TRIGGER instead INSTEAD OF UPDATE ON seen BEGIN UPDATE other SET version = NEW.version; END");
        } else {
            execute("""
                    CREATE OR REPLACE FUNCTION instead_f() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN UPDATE other SET version = NEW.version; RETURN NEW; END $$""");
            execute("CREATE TRIGGER instead INSTEAD OF UPDATE ON seen FOR EACH ROW EXECUTE FUNCTION instead_f()");
        }
        execute("UPDATE seen SET version = 77 WHERE id = 1");
        assertThat(stored("other")).isEqualTo(77);
    }

    @Test
    void changesThatReturn() throws SQLException {
        application
                .jdbc()
                .sql("UPDATE item SET version = 5 WHERE id = 1 RETURNING version")
                .query(Long.class)
                .single();
        assertNothingOldIsKept();
        application
                .jdbc()
                .sql(
                        "INSERT INTO item VALUES (1, 7) ON CONFLICT (id) DO UPDATE SET version = excluded.version + 1 RETURNING version")
                .query(Long.class)
                .list();
        assertNothingOldIsKept();
        application
                .jdbc()
                .sql("WITH x AS (SELECT 9 AS v) UPDATE item SET version = (SELECT v FROM x)")
                .update();
        assertNothingOldIsKept();
        application
                .jdbc()
                .sql(
                        "WITH x AS (SELECT 1 AS id, 10 AS v) INSERT INTO item SELECT id, v FROM x WHERE true ON CONFLICT (id) DO UPDATE SET version = excluded.version")
                .update();
        assertNothingOldIsKept();
        application
                .jdbc()
                .sql("DELETE FROM item WHERE id = 1 RETURNING id")
                .query(Long.class)
                .list();
        application.jdbc().sql("INSERT INTO item SELECT id, version FROM other").update();
        assertNothingOldIsKept();
    }

    @Test
    void aCommitThatFails() {
        application.define("""
                CREATE TABLE child (id ${bigint} PRIMARY KEY, version ${bigint} REFERENCES other (id) DEFERRABLE INITIALLY DEFERRED) ${strict};
                INSERT INTO child VALUES (1, 1)""");
        try {
            assertThat(cached("child")).isEqualTo(1);
            assertThatThrownBy(() -> application.transaction().executeWithoutResult(status -> {
                        execute("UPDATE child SET version = 99");
                        execute("UPDATE item SET version = 99");
                    }))
                    .isNotNull();
            assertThat(cached("child")).isEqualTo(1);
            assertNothingOldIsKept();
            application.transaction().executeWithoutResult(status -> execute("UPDATE child SET version = 1"));
            assertThat(cached("child")).isEqualTo(1);
        } finally {
            application.define("DROP TABLE child");
        }
    }

    @Test
    void anAbortInTheMiddle() throws SQLException {
        Connection connection = connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE item SET version = 66");
        }
        connection.abort(Runnable::run);
        assertNothingOldIsKept();
        execute("UPDATE item SET version = 67");
        assertThat(cached("item")).isEqualTo(67);
        long hits = cache.hits();
        cached("item");
        assertThat(cache.hits()).isEqualTo(hits + 1);
    }
}
