package dev.dovetail.contract;

import static dev.dovetail.repository.table.Condition.anyOf;
import static dev.dovetail.repository.table.Condition.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.data.domain.Sort.Direction.DESC;

import dev.dovetail.repository.table.Aggregate;
import dev.dovetail.repository.table.TableOperations;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.domain.ScrollPosition;

/** The SQL that is sent, to the letter. */
class TableSqlTests extends TableContract {

    TableSqlTests(TestEngine engine) {
        super(engine);
    }

    @BeforeEach
    void createTables() {
        define(List.of("message", "member"), """
                CREATE TABLE member (id ${identity}, email ${text} NOT NULL, nick ${text}, data ${json}) ${strict};
                CREATE TABLE message (id ${identity}, sender ${bigint} NOT NULL REFERENCES member (id), body ${text})
                    ${strict}""");
        executed();
    }

    /** As SQLite says it, or as PostgreSQL does. */
    private String either(String sqlite, String postgresql) {
        return engine == TestEngine.SQLITE ? sqlite : postgresql;
    }

    private void assertExecuted(String sqlite, String postgresql) {
        assertThat(executed()).containsExactly(either(sqlite, postgresql));
    }

    @Test
    void whenColumnsAreSelectedThenOnlyTheyAreRead() {
        table("member").select("email").where("id").is(1).list();
        assertExecuted(
                "SELECT \"email\" FROM \"member\" WHERE \"id\" = ?",
                "SELECT \"email\" FROM \"public\".\"member\" WHERE \"id\" = ?");
    }

    @Test
    void whenTextIsMatchedAndOrderedThenByCodePoints() {
        table("member")
                .select("id")
                .where("email")
                .startsWith("a")
                .where("nick")
                .gt("b")
                .orderBy("email")
                .orderBy("nick", DESC)
                .limit(5)
                .offset(2)
                .list();
        assertExecuted(
                "SELECT \"id\" FROM \"member\" WHERE \"email\" GLOB ? AND \"nick\" COLLATE BINARY > ?"
                        + " ORDER BY \"email\" COLLATE BINARY ASC, \"nick\" COLLATE BINARY DESC NULLS FIRST, \"id\" ASC"
                        + " LIMIT ? OFFSET ?",
                "SELECT \"id\" FROM \"public\".\"member\" WHERE \"email\" LIKE ? ESCAPE '\\' AND \"nick\" COLLATE \"C\" > ?"
                        + " ORDER BY \"email\" COLLATE \"C\" ASC, \"nick\" COLLATE \"C\" DESC NULLS FIRST, \"id\" ASC"
                        + " LIMIT ? OFFSET ?");
    }

    @Test
    void whenConditionsAreGroupedThenParenthesesSaySo() {
        table("member")
                .select("id")
                .where(anyOf(column("email").ignoreCase().is("a"), column("id").in(1, 2)))
                .where("data")
                .json("a.b[0]")
                .isNotNull()
                .orderBy("id")
                .offset(1)
                .list();
        assertExecuted(
                "SELECT \"id\" FROM \"member\" WHERE (lower(\"email\") = ? OR \"id\" IN (?, ?)) AND "
                        + "(CASE json_type(\"data\", '$.\"a\".\"b\"[0]') WHEN 'text' THEN json_extract(\"data\", '$.\"a\".\"b\"[0]')"
                        + " WHEN 'null' THEN NULL ELSE \"data\" -> '$.\"a\".\"b\"[0]' END) IS NOT NULL"
                        + " ORDER BY \"id\" ASC LIMIT -1 OFFSET ?",
                "SELECT \"id\" FROM \"public\".\"member\" WHERE (lower(\"email\" COLLATE \"C\") = ? OR \"id\" IN (?, ?)) AND "
                        + "(\"data\" #>> '{\"a\",\"b\",\"0\"}') IS NOT NULL ORDER BY \"id\" ASC OFFSET ?");
    }

    @Test
    void whenTablesAreJoinedThenAlongTheForeignKey() {
        TableOperations messages = table("message").leftJoin("member").select("id", "member.email");
        messages.where("member.nick").isNull().list();
        assertExecuted(
                "SELECT t0.\"id\", t1.\"email\" FROM \"message\" t0 LEFT JOIN \"member\" t1 ON t1.\"id\" = t0.\"sender\""
                        + " WHERE t1.\"nick\" IS NULL",
                "SELECT t0.\"id\", t1.\"email\" FROM \"public\".\"message\" t0 LEFT JOIN \"public\".\"member\" t1"
                        + " ON t1.\"id\" = t0.\"sender\" WHERE t1.\"nick\" IS NULL");
    }

    @Test
    void whenGroupedThenHavingAndOrderFollow() {
        table("message")
                .groupBy("sender")
                .aggregate(Aggregate.count(), Aggregate.max("body"))
                .having(Aggregate.count())
                .gt(1)
                .orderBy(Aggregate.count(), DESC)
                .limit(3)
                .list();
        assertExecuted(
                "SELECT \"sender\", count(*), max(\"body\" COLLATE BINARY) FROM \"message\" GROUP BY \"sender\""
                        + " HAVING count(*) > ? ORDER BY count(*) DESC NULLS FIRST, \"sender\" ASC LIMIT ?",
                "SELECT \"sender\", count(*), max(\"body\" COLLATE \"C\") FROM \"public\".\"message\" GROUP BY \"sender\""
                        + " HAVING count(*) > ? ORDER BY count(*) DESC NULLS FIRST, \"sender\" ASC LIMIT ?");
    }

    @Test
    void whenUpsertedThenTheKeyStaysAndTheRowComesBack() {
        table("member").upsert(Map.of("email", "a", "id", 1), "id");
        assertExecuted(
                "INSERT INTO \"member\" (\"id\", \"email\") VALUES (?, ?) ON CONFLICT (\"id\") DO UPDATE"
                        + " SET \"email\" = excluded.\"email\" RETURNING \"id\", \"email\", \"nick\", \"data\"",
                "INSERT INTO \"public\".\"member\" (\"id\", \"email\") VALUES (?, ?) ON CONFLICT (\"id\") DO UPDATE"
                        + " SET \"email\" = excluded.\"email\" RETURNING \"id\", \"email\", \"nick\", \"data\"");
    }

    @Test
    void whenUpdatedThenByTheCondition() {
        table("member").where("id").is(1).update(Map.of("nick", "a"));
        assertExecuted(
                "UPDATE \"member\" SET \"nick\" = ? WHERE \"id\" = ?",
                "UPDATE \"public\".\"member\" SET \"nick\" = ? WHERE \"id\" = ?");
    }

    @Test
    void whenAWindowIsReadThenItBeginsBehindTheKeys() {
        TableOperations rows = table("member").select("id").limit(2);
        rows.orderBy("email").window(ScrollPosition.forward(Map.of("email", "a", "id", 1)));
        rows.orderBy("nick").window(ScrollPosition.forward(Map.of("nick", "a", "id", 1)));
        assertThat(executed())
                .containsExactly(
                        either(
                                "SELECT \"id\", \"email\", \"id\" FROM \"member\" WHERE (\"email\" COLLATE BINARY, \"id\") > (?, ?)"
                                        + " ORDER BY \"email\" COLLATE BINARY ASC, \"id\" ASC LIMIT ?",
                                "SELECT \"id\", \"email\", \"id\" FROM \"public\".\"member\" WHERE (\"email\" COLLATE \"C\", \"id\")"
                                        + " > (?, ?) ORDER BY \"email\" COLLATE \"C\" ASC, \"id\" ASC LIMIT ?"),
                        either(
                                "SELECT \"id\", \"nick\", \"id\" FROM \"member\" WHERE ((\"nick\" COLLATE BINARY > ? OR"
                                        + " \"nick\" COLLATE BINARY IS NULL) OR (\"nick\" COLLATE BINARY = ? AND \"id\" > ?))"
                                        + " ORDER BY \"nick\" COLLATE BINARY ASC NULLS LAST, \"id\" ASC LIMIT ?",
                                "SELECT \"id\", \"nick\", \"id\" FROM \"public\".\"member\" WHERE ((\"nick\" COLLATE \"C\" > ? OR"
                                        + " \"nick\" COLLATE \"C\" IS NULL) OR (\"nick\" COLLATE \"C\" = ? AND \"id\" > ?))"
                                        + " ORDER BY \"nick\" COLLATE \"C\" ASC NULLS LAST, \"id\" ASC LIMIT ?"));
    }

    @Test
    void whenOneIsUsedTwiceThenTheSqlIsTheSame() {
        TableOperations base = table("member").where("email").is("a").orderBy("email");
        base.list();
        base.where("nick").isNull().limit(1).select("id").list();
        base.orderBy("id").count();
        base.list();
        List<String> executed = executed();
        assertThat(executed.get(3)).isEqualTo(executed.get(0));
        assertThat(executed.get(0)).doesNotContain("LIMIT", "NULL");
    }
}
