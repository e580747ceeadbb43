package dev.dovetail.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * Lets random statements run on a random schema and compares what has changed with what was said: a table too few is a bug.
 * Columns are the same everywhere, so that every statement fits every table.
 */
public final class StatementTablesFuzz {

    private static final int TABLES = 6;
    private static final int VIEWS = 4;
    private static final String[] ACTIONS = {
        "", "ON DELETE CASCADE", "ON DELETE SET NULL", "ON UPDATE CASCADE", "ON DELETE CASCADE ON UPDATE CASCADE"
    };

    /** In which words the engines differ. */
    public interface Words {
        /** What makes a trigger that does this after each such event. */
        List<String> trigger(String name, String event, String table, String action);

        /** What stands behind the columns of a table. */
        String tableEnd(Random random);

        /** Statements that only this engine has. */
        String write(Random random, String table);

        /** How a table is called in what the engine says. */
        String name(String table);
    }

    private final Connection connection;
    private final DatabaseEngine engine;
    private final Words words;
    private final Random random;
    private int changed;
    private int compared;

    public StatementTablesFuzz(Connection connection, DatabaseEngine engine, Words words, long seed) {
        this.connection = connection;
        this.engine = engine;
        this.words = words;
        this.random = new Random(seed);
    }

    /** Makes the schema and runs so many statements on it. */
    public void run(int statements) throws SQLException {
        makeSchema();
        connection.setAutoCommit(false);
        for (int i = 0; i < statements; i++) {
            if (random.nextBoolean()) {
                checkWrite();
            } else {
                checkRead();
            }
        }
        connection.setAutoCommit(true);
    }

    /** How many changes and comparisons there were; a test without any proves nothing. */
    public int checks() {
        return Math.min(changed, compared);
    }

    private void makeSchema() throws SQLException {
        for (int i = 0; i < TABLES; i++) {
            int to = random.nextInt(i + 1);
            execute("CREATE TABLE t%d (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER, ref INTEGER REFERENCES t%d %s)%s"
                    .formatted(i, to, pick(ACTIONS), words.tableEnd(random)));
            execute("CREATE %s INDEX i%d ON t%d (a, b)".formatted(random.nextInt(5) == 0 ? "UNIQUE" : "", i, i));
            execute("CREATE INDEX j%d ON t%d (b) WHERE b > 3".formatted(i, i));
        }
        for (int i = 0; i < TABLES; i++) {
            for (int row = 1; row <= 5; row++) {
                execute("INSERT INTO t%d VALUES (%d, %d, %d, NULL)".formatted(i, row, i * 7 + row, row + i));
            }
            execute("UPDATE t%d SET ref = id".formatted(i));
        }
        for (int i = 0; i < VIEWS; i++) {
            execute("CREATE VIEW v%d AS %s".formatted(i, select(i)));
        }
        for (int i = 0; i < 3; i++) {
            makeTrigger(i);
        }
    }

    // Only towards tables with higher numbers, so that there is an end.
    private void makeTrigger(int number) throws SQLException {
        int on = random.nextInt(TABLES - 1);
        String target = "t" + (on + 1 + random.nextInt(TABLES - on - 1));
        String action = pick(
                "UPDATE " + target + " SET b = b + 1 WHERE id < 3",
                "DELETE FROM " + target + " WHERE id = 5",
                "INSERT INTO " + target + " SELECT max(id) + 1, max(a) + 50, 1, NULL FROM " + target);
        for (String sql : words.trigger("r" + number, pick("INSERT", "UPDATE", "DELETE"), "t" + on, action)) {
            execute(sql);
        }
    }

    private void checkWrite() throws SQLException {
        String sql = write();
        StatementTables said = engine.tablesOf(connection, sql);
        Map<String, List<String>> before = snapshot();
        try {
            execute(sql);
        } catch (SQLException e) {
            connection.rollback();
            return;
        }
        Map<String, List<String>> after = snapshot();
        for (String table : before.keySet()) {
            List<String> rowsBefore = rows(before, table);
            List<String> rowsAfter = rows(after, table);
            if (!rowsBefore.equals(rowsAfter)) {
                changed++;
                assertThat(said.writesAll() || said.written().contains(words.name(table)))
                        .as("%s changed %s: %s", sql, table, said)
                        .isTrue();
                checkEffect(sql, said.effect(), rowsBefore, rowsAfter);
            }
        }
        if (random.nextInt(4) == 0) {
            connection.commit();
        } else {
            connection.rollback();
        }
    }

    private static void checkEffect(
            String sql, StatementTables.Effect effect, List<String> before, List<String> after) {
        if (effect == StatementTables.Effect.NEW_ROWS) {
            assertThat(after).as(sql).containsAll(before);
        }
        if (effect == StatementTables.Effect.NAMED_ROWS && sql.endsWith("WHERE id = 2")) {
            assertThat(without2(after)).as(sql).isEqualTo(without2(before));
        }
    }

    private static List<String> without2(List<String> rows) {
        return rows.stream()
                .filter(row -> !row.startsWith("2 ") && !row.startsWith("22 "))
                .toList();
    }

    private void checkRead() throws SQLException {
        String sql = select(VIEWS);
        StatementTables said = engine.tablesOf(connection, sql);
        assertThat(said.writes()).as(sql).isFalse();
        assertThat(said.repeatable()).as("%s: %s", sql, said).isTrue();
        List<String> before = rows(sql);
        Map<String, List<String>> tables = snapshot();
        for (String table : tables.keySet()) {
            if (!said.read().contains(words.name(table))) {
                compareAfterChange(sql, said, table, tables, before);
            }
        }
    }

    private void compareAfterChange(
            String sql, StatementTables said, String table, Map<String, List<String>> tables, List<String> before)
            throws SQLException {
        String change = pick(
                "DELETE FROM " + table,
                "UPDATE " + table + " SET a = a + 100, b = 0",
                "INSERT INTO " + table + " VALUES (77, 77, 77, NULL)");
        try {
            execute(change);
            Map<String, List<String>> after = snapshot();
            boolean same = tables.keySet().stream()
                    .filter(name -> said.read().contains(words.name(name)))
                    .allMatch(name -> rows(tables, name).equals(rows(after, name)));
            if (same) {
                compared++;
                assertThat(rows(sql)).as("%s after %s: %s", sql, change, said).isEqualTo(before);
            }
        } catch (SQLException e) {
            assertThat(e.getMessage()).as(change).containsAnyOf("onstraint", "CONSTRAINT", "recursion", "stack depth");
        } finally {
            connection.rollback();
        }
    }

    private String write() {
        String table = "t" + random.nextInt(TABLES);
        int id = 2 + random.nextInt(30);
        return pick(
                "INSERT INTO %s VALUES (%d, %d, 1, NULL)".formatted(table, id, 100 + id),
                "INSERT INTO %s SELECT id + %d, a + 300, b, NULL FROM t%d".formatted(table, id, random.nextInt(TABLES)),
                "INSERT INTO %s VALUES (2, 400, 1, 2) ON CONFLICT DO NOTHING".formatted(table),
                "INSERT INTO %s VALUES (2, 400, 1, 2) ON CONFLICT (id) DO UPDATE SET b = 9".formatted(table),
                "UPDATE %s SET b = b + 1 WHERE id = 2".formatted(table),
                "UPDATE %s SET id = id + 20 WHERE id = 2".formatted(table),
                "UPDATE %s SET a = -a WHERE id IN (SELECT id FROM v%d)".formatted(table, random.nextInt(VIEWS)),
                "DELETE FROM %s".formatted(table),
                "DELETE FROM %s WHERE id = 2".formatted(table),
                "WITH x AS (SELECT id FROM v%d) DELETE FROM %s WHERE id IN (SELECT id FROM x)"
                        .formatted(random.nextInt(VIEWS), table),
                words.write(random, table));
    }

    /** A query with four columns on tables, and on the views made before this one. */
    private String select(int views) {
        String from = source(views);
        String other = source(views);
        return pick(
                "SELECT id, a, b, ref FROM %s WHERE id < %d".formatted(from, random.nextInt(9)),
                "SELECT x.id, x.a, y.b, y.ref FROM %s x JOIN %s y ON x.id = y.id".formatted(from, other),
                "SELECT x.id, x.a, x.b, x.ref FROM %s x LEFT JOIN %s y ON x.id = y.id".formatted(from, other),
                "SELECT id, a, b, ref FROM %s WHERE EXISTS (SELECT 1 FROM %s)".formatted(from, other),
                "SELECT id, a, b, ref FROM %s WHERE b > 4 OR a IN (SELECT a FROM %s)".formatted(from, other),
                "SELECT count(*) AS id, min(a) AS a, max(b) AS b, 0 AS ref FROM %s".formatted(from),
                "SELECT id, a, b, ref FROM %s UNION SELECT ref, b, a, id FROM %s".formatted(from, other),
                "SELECT id, a, b, ref FROM %s WHERE 1 = 0 AND a IN (SELECT b FROM %s)".formatted(from, other),
                "WITH t9 AS (SELECT * FROM %s) SELECT id, a, b, (SELECT max(id) FROM t9) AS ref FROM %s"
                        .formatted(from, other));
    }

    private String source(int views) {
        int of = random.nextInt(TABLES + views);
        return of < TABLES ? "t" + of : "v" + (of - TABLES);
    }

    private Map<String, List<String>> snapshot() throws SQLException {
        Map<String, List<String>> tables = new TreeMap<>();
        for (int i = 0; i < TABLES; i++) {
            tables.put("t" + i, rows("SELECT * FROM t" + i));
        }
        return tables;
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                rows.add(found.getString(1) + " " + found.getString(2) + " " + found.getString(3) + " "
                        + found.getString(4));
            }
        }
        Collections.sort(rows);
        return rows;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @SafeVarargs
    private <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static List<String> rows(Map<String, List<String>> tables, String name) {
        return Objects.requireNonNull(tables.get(name));
    }
}
