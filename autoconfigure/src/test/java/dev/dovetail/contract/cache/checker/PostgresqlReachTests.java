package dev.dovetail.contract.cache.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestEngine;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Changes and reads that no name in the text tells of, on PostgreSQL. */
class PostgresqlReachTests extends OddChangeContract {

    PostgresqlReachTests() {
        super(TestEngine.POSTGRESQL);
    }

    private long number(String sql) {
        return Objects.requireNonNull(cache.<Long>get(
                sql, () -> application.jdbc().sql(sql).query(Long.class).single()));
    }

    @Test
    void anOperatorThatReads() {
        execute("""
                CREATE OR REPLACE FUNCTION plus_item(bigint, bigint) RETURNS bigint LANGUAGE plpgsql STABLE AS
                $$ BEGIN RETURN $1 + $2 + (SELECT version FROM item); END $$""");
        execute("DROP OPERATOR IF EXISTS |+| (bigint, bigint)");
        execute("CREATE OPERATOR |+| (LEFTARG = bigint, RIGHTARG = bigint, FUNCTION = plus_item)");
        String sql = "SELECT version |+| 1::bigint FROM other";
        assertThat(number(sql)).isEqualTo(101);
        execute("UPDATE item SET version = version + 1");
        assertThat(number(sql)).isEqualTo(102);
        execute("DROP OPERATOR |+| (bigint, bigint)");
    }

    @Test
    void aCastThatReads() {
        execute("DROP TYPE IF EXISTS wrapped CASCADE");
        execute("CREATE TYPE wrapped AS (v bigint)");
        execute("""
                CREATE OR REPLACE FUNCTION unwrap(wrapped) RETURNS bigint LANGUAGE plpgsql STABLE AS
                $$ BEGIN RETURN (SELECT version FROM item); END $$""");
        execute("CREATE CAST (wrapped AS bigint) WITH FUNCTION unwrap(wrapped)");
        String sql = "SELECT row(version)::wrapped::bigint FROM other";
        assertThat(number(sql)).isEqualTo(0);
        execute("UPDATE item SET version = version + 1");
        assertThat(number(sql)).isEqualTo(1);
        execute("DROP TYPE wrapped CASCADE");
    }

    @Test
    void families() {
        execute("CREATE TABLE parent (id bigint, version bigint) PARTITION BY LIST (id)");
        execute("CREATE TABLE part1 PARTITION OF parent FOR VALUES IN (1)");
        execute("CREATE TABLE heir () INHERITS (other)");
        try {
            execute("INSERT INTO part1 VALUES (1, 3)");
            assertThat(cached("parent")).isEqualTo(3);
            execute("UPDATE part1 SET version = 4");
            assertThat(cached("parent")).isEqualTo(4);
            assertThat(cached("part1")).isEqualTo(4);
            execute("UPDATE parent SET version = 5");
            assertThat(cached("part1")).isEqualTo(5);
            String sum = "SELECT sum(version)::bigint FROM other";
            assertThat(number(sum)).isEqualTo(100);
            execute("INSERT INTO heir VALUES (2, 11)");
            assertThat(number(sum)).isEqualTo(111);
            execute("TRUNCATE heir");
            assertThat(number(sum)).isEqualTo(100);
            execute("TRUNCATE parent");
            assertThat(number("SELECT count(*) FROM part1")).isZero();
            execute("ALTER TABLE parent DETACH PARTITION part1");
            execute("INSERT INTO part1 VALUES (1, 3)");
            assertThat(number("SELECT count(*) FROM parent")).isZero();
        } finally {
            execute("DROP TABLE heir; DROP TABLE parent; DROP TABLE IF EXISTS part1");
        }
    }

    @Test
    void aRule() {
        execute("CREATE RULE also_rule AS ON UPDATE TO item DO ALSO UPDATE other SET version = version + 1");
        execute("UPDATE item SET version = 3");
        assertNothingOldIsKept();
        execute("CREATE OR REPLACE RULE also_rule AS ON UPDATE TO item DO INSTEAD DELETE FROM other WHERE id = 7");
        execute("UPDATE item SET version = 4");
    }

    @Test
    void aMaterializedView() {
        execute("CREATE MATERIALIZED VIEW matter AS SELECT id, version FROM item");
        try {
            assertThat(cached("matter")).isZero();
            execute("UPDATE item SET version = 3");
            assertThat(cached("matter")).isZero();
            execute("REFRESH MATERIALIZED VIEW matter");
            assertThat(cached("matter")).isEqualTo(3);
        } finally {
            execute("DROP MATERIALIZED VIEW matter");
        }
    }

    @Test
    void merges() {
        application
                .jdbc()
                .sql(
                        "MERGE INTO item USING other ON item.id = other.id WHEN MATCHED THEN UPDATE SET version = other.version")
                .update();
        assertNothingOldIsKept();
        application
                .jdbc()
                .sql("WITH gone AS (DELETE FROM item RETURNING id) INSERT INTO item SELECT id + 1, 5 FROM gone")
                .update();
        application
                .jdbc()
                .sql("WITH a AS (UPDATE other SET version = 103 RETURNING id) SELECT count(*) FROM a")
                .query(Long.class)
                .single();
        assertThat(cached("other")).isEqualTo(103);
        execute("UPDATE item SET id = 1");
        assertNothingOldIsKept();
        application.template().execute("DO $$ BEGIN UPDATE item SET version = 41; END $$");
        assertNothingOldIsKept();
    }

    @Test
    void calls() throws SQLException {
        execute(
                "CREATE OR REPLACE PROCEDURE raise(n bigint) LANGUAGE plpgsql AS $$ BEGIN UPDATE item SET version = n; COMMIT; UPDATE other SET version = n; END $$");
        execute(
                "CREATE OR REPLACE FUNCTION raise_f(n bigint) RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN UPDATE item SET version = n; RETURN n; END $$");
        try (Connection connection = connect()) {
            try (CallableStatement call = connection.prepareCall("CALL raise(?)")) {
                call.setLong(1, 51);
                call.execute();
            }
            assertNothingOldIsKept();
            try (CallableStatement call = connection.prepareCall("{? = call raise_f(?)}")) {
                call.registerOutParameter(1, Types.BIGINT);
                call.setLong(2, 52);
                call.execute();
            }
            assertNothingOldIsKept();
        }
        application.jdbc().sql("SELECT raise_f(53)").query(Long.class).single();
    }

    @Test
    void aSchemaOfTheRole() throws SQLException {
        execute("DROP SCHEMA IF EXISTS tenant CASCADE");
        execute("CREATE SCHEMA tenant");
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE tenant.item AS SELECT 1 AS id, 777 AS version");
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL search_path = tenant");
            statement.executeUpdate("UPDATE item SET version = 778");
            connection.commit();
        }
        assertThat(number("SELECT version FROM tenant.item")).isEqualTo(778);
        assertNothingOldIsKept();
        execute("DROP SCHEMA tenant CASCADE");
    }
}
