package dev.dovetail.contract.chinook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.Finding.Kind;
import dev.dovetail.monitoring.advice.Advice;
import dev.dovetail.monitoring.advice.AdviceReport;
import dev.dovetail.monitoring.advice.Advisor;
import dev.dovetail.monitoring.advice.Evidence;
import dev.dovetail.monitoring.advice.ObservedStatement;
import dev.dovetail.monitoring.advice.ObservedStatements;
import dev.dovetail.sql.SqlFingerprint;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Missing indexes over Chinook: exactly those that the planner uses once they are there (F145, F177). */
class ChinookAdviceTests {

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @EnumSource
    void exactlyTheIndexesAreAdvisedThatThePlannerUsesOnceTheyExist(TestEngine engine) throws Exception {
        advise(engine, 20);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("soak")
    void exactlyTheSameIndexesAreAdvisedOfAHundredTimesTheRows(TestEngine engine) throws Exception {
        advise(engine, 100);
    }

    private void advise(TestEngine engine, int times) throws Exception {
        try (LargeChinook chinook = LargeChinook.open(engine, directory, times, Watching.class)) {
            chinook.template().execute(chinook.sql("CREATE INDEX album_title ON album (title)"));
            Live live = new Live(engine, chinook);
            Map<String, Object> before = live.state();
            AdviceQuestion.ALL.forEach(question -> watching(chinook).seen(chinook.sql(question.sql())));

            AdviceReport report = chinook.application().bean(Advisor.class).advise();

            assertThat(report.problems()).isEmpty();
            assertThat(report.statements()).isEqualTo(AdviceQuestion.ALL.size());
            assertThat(statementsByIndex(report)).isEqualTo(expected(chinook));
            assertThat(live.state()).as("the database").isEqualTo(before);
            assertFollowed(engine, chinook, report);
        }
    }

    private static Map<String, List<String>> statementsByIndex(AdviceReport report) {
        Map<String, List<String>> statements = new TreeMap<>();
        for (Advice advice : missing(report)) {
            Evidence evidence = Objects.requireNonNull(advice.evidence());
            assertThat(evidence.planBefore()).isNotEqualTo(evidence.planAfter());
            assertThat(evidence.planAfter()).contains("idx_");
            statements.put(
                    advice.subject(),
                    evidence.statements().stream()
                            .map(ObservedStatement::text)
                            .sorted()
                            .toList());
        }
        return statements;
    }

    private static List<Advice> missing(AdviceReport report) {
        return report.advice().stream()
                .filter(advice -> advice.kind() == Kind.MISSING_INDEX)
                .toList();
    }

    private static Map<String, List<String>> expected(LargeChinook chinook) {
        return AdviceQuestion.ALL.stream()
                .flatMap(question -> question.indexes().stream())
                .distinct()
                .collect(Collectors.toMap(
                        chinook::sql,
                        index -> AdviceQuestion.ALL.stream()
                                .filter(question -> question.indexes().contains(index))
                                .map(question -> SqlFingerprint.of(chinook.sql(question.sql())))
                                .sorted()
                                .toList(),
                        (one, other) -> one,
                        TreeMap::new));
    }

    private static void assertFollowed(TestEngine engine, LargeChinook chinook, AdviceReport report) {
        report.advice().stream()
                .filter(advice -> advice.kind() == Kind.MISSING_INDEX || advice.kind() == Kind.FOREIGN_KEY_INDEX)
                .forEach(advice -> chinook.template().execute(Objects.requireNonNull(advice.sql())));
        chinook.template().execute("ANALYZE");
        // In a transaction it is the connection that has made the indexes: another one of SQLite's would not know them
        // yet.
        chinook.application().transaction().executeWithoutResult(status -> assertPlans(engine, chinook));
        AdviceReport again = chinook.application().bean(Advisor.class).advise();
        assertThat(again.advice())
                .extracting(Advice::kind)
                .doesNotContain(Kind.MISSING_INDEX, Kind.FOREIGN_KEY_INDEX, Kind.REDUNDANT_INDEX);
    }

    private static void assertPlans(TestEngine engine, LargeChinook chinook) {
        for (AdviceQuestion question : AdviceQuestion.ALL) {
            String plan = String.join(
                    "\n",
                    chinook.template()
                            .query(
                                    (engine == TestEngine.SQLITE ? "EXPLAIN QUERY PLAN " : "EXPLAIN ")
                                            + chinook.sql(question.sql()),
                                    (row, number) ->
                                            row.getString(engine == TestEngine.SQLITE ? "detail" : "QUERY PLAN"),
                                    question.values().toArray()));
            for (String index : question.indexes()) {
                String name =
                        "idx_" + chinook.sql(index).replaceAll("\\W+", "_").replaceAll("_$", "");
                assertThat(plan.toLowerCase(Locale.ROOT))
                        .as("plan of %s", question.sql())
                        .contains(name.toLowerCase(Locale.ROOT));
            }
        }
    }

    private static Watching watching(LargeChinook chinook) {
        return chinook.application().bean(Watching.class);
    }

    /** All of the database that must not change. */
    private record Live(TestEngine engine, LargeChinook chinook) {

        Map<String, Object> state() throws Exception {
            return engine == TestEngine.SQLITE
                    ? Map.of(
                            "schema", list("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema"),
                            "version", list("PRAGMA data_version"))
                    : Map.of(
                            "relations", list("SELECT oid, relname, relnamespace, relpages FROM pg_class ORDER BY oid"),
                            "schemas", list("SELECT oid, nspname FROM pg_namespace ORDER BY oid"),
                            "statistics",
                                    list("SELECT schemaname, count(*) FROM pg_stats GROUP BY schemaname ORDER BY 1"));
        }

        // On a connection that nobody else has: SQLite counts the commits of others.
        private List<String> list(String sql) throws Exception {
            StringBuilder rows = new StringBuilder();
            Connection connection = connection();
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    for (int i = 1; i <= columns; i++) {
                        rows.append(result.getString(i)).append('|');
                    }
                    rows.append('\n');
                }
            }
            return rows.toString().lines().toList();
        }

        private Connection connection() throws Exception {
            Watching watching = watching(chinook);
            if (watching.own == null) {
                watching.own =
                        chinook.application().bean(EngineConnections.class).open(ConnectionRole.MAINTENANCE);
            }
            return Objects.requireNonNull(watching.own);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Watching implements AutoCloseable {

        private final List<ObservedStatement> seen = new CopyOnWriteArrayList<>();
        private @Nullable Connection own;

        void seen(String sql) {
            long nanos = 1_000_000L * (100 - seen.size());
            seen.add(new ObservedStatement(SqlFingerprint.of(sql), 10, nanos * 10, nanos));
        }

        @Bean
        ObservedStatements statements() {
            return () -> List.copyOf(seen);
        }

        @Override
        public void close() throws SQLException {
            if (own != null) {
                own.close();
            }
        }
    }
}
