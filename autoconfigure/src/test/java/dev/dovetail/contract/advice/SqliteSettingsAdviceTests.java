package dev.dovetail.contract.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.Finding.Kind;
import dev.dovetail.monitoring.advice.Advice;
import dev.dovetail.monitoring.advice.Advisor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings of a SQLite file that cost speed or safety (F148). */
class SqliteSettingsAdviceTests {

    private static final String ROWS = """
            INSERT INTO item WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
            SELECT i, zeroblob(100000) FROM n""";

    private static TestApplication start(Map<String, String> database, String... properties) {
        TestApplication application = TestApplication.with(database, properties);
        application.template().execute("CREATE TABLE IF NOT EXISTS item (id integer PRIMARY KEY, content blob)");
        return application;
    }

    private static List<String> ids(TestApplication application) {
        return application.bean(Advisor.class).advise().advice().stream()
                .filter(advice -> advice.kind() == Kind.SETTING)
                .map(Advice::id)
                .toList();
    }

    @Test
    void aCacheThatIsSmallerThanTheFileIsNamedAndALargerOneIsNot() {
        Map<String, String> database = TestEngine.SQLITE.freshDatabase();
        try (TestApplication application = start(database, "dovetail.sqlite.cache-size=2MB")) {
            assertThat(ids(application)).as("of a small file").isEmpty();
            application.template().update(ROWS.formatted(40));

            assertThat(ids(application)).containsExactly("setting:cache_size");
        }
        try (TestApplication application = start(database, "dovetail.sqlite.cache-size=64MB")) {
            assertThat(ids(application)).isEmpty();
        }
    }

    @Test
    void aFileThatIsMostlyFreeAndCannotGiveBackIsNamed() {
        Map<String, String> database = TestEngine.SQLITE.freshDatabase();
        try (TestApplication application = start(database, "dovetail.sqlite.auto-vacuum=none")) {
            application.template().update(ROWS.formatted(250));
            assertThat(ids(application)).as("of a full file").isEmpty();
            application.template().update("DELETE FROM item WHERE id > 10");

            Advice advice = application.bean(Advisor.class).advise().advice().get(0);

            assertThat(advice.id()).isEqualTo("setting:auto_vacuum");
            for (String statement : String.valueOf(advice.sql()).split(";")) {
                application.template().execute(statement);
            }
            assertThat(ids(application)).isEmpty();
        }
    }

    @Test
    void whatPutsTheDataAtRiskIsNamed() {
        try (TestApplication application = start(
                TestEngine.SQLITE.freshDatabase(),
                "dovetail.sqlite.synchronous=off",
                "dovetail.sqlite.foreign-keys=false")) {
            assertThat(ids(application)).containsExactly("setting:synchronous");
            application.template().execute("CREATE TABLE part (id integer PRIMARY KEY, item integer REFERENCES item)");

            assertThat(ids(application)).containsExactly("setting:synchronous", "setting:foreign_keys");
        }
    }
}
