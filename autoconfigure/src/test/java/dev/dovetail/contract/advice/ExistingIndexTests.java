package dev.dovetail.contract.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.Finding.Kind;
import dev.dovetail.monitoring.advice.Advice;
import dev.dovetail.monitoring.advice.Advisor;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An index exists, or stands in for another one, if the planner can use it for the same questions (F69, F145). */
@EngineContract
class ExistingIndexTests {

    private final TestApplication application;
    private final AdvisorTests.Watching watching;
    private final String otherCollation;

    ExistingIndexTests(TestEngine engine) {
        application = TestApplication.withBeans(engine.freshDatabase(), AdvisorTests.Watching.class);
        watching = application.bean(AdvisorTests.Watching.class);
        otherCollation = engine == TestEngine.SQLITE ? "NOCASE" : "\"C\"";
    }

    @BeforeEach
    void fill() {
        execute("""
                CREATE TABLE person (id integer PRIMARY KEY, email text NOT NULL, sex text NOT NULL,
                    born integer NOT NULL, "lower(email)" text NOT NULL)""", """
                INSERT INTO person
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
                SELECT i, 'somebody' || i || '@example.org', CASE i % 2 WHEN 0 THEN 'f' ELSE 'm' END, i % 1000,
                       'somebody' || i FROM n""", "ANALYZE");
    }

    @AfterEach
    void close() {
        application.close();
    }

    private void execute(String... statements) {
        for (String sql : statements) {
            application.template().execute(sql);
        }
    }

    private List<Advice> advice(Kind kind) {
        return application.bean(Advisor.class).advise().advice().stream()
                .filter(advice -> advice.kind() == kind)
                .toList();
    }

    private List<String> subjects(Kind kind) {
        return advice(kind).stream()
                .map(advice -> advice.subject().replace("public.", ""))
                .toList();
    }

    private void assertIsMissingUntilFollowed(String... subjects) {
        List<Advice> missing = advice(Kind.MISSING_INDEX);
        assertThat(missing).extracting(Advice::subject).containsExactlyInAnyOrder(subjects);

        missing.forEach(advice -> execute(Objects.requireNonNull(advice.sql())));

        assertThat(subjects(Kind.MISSING_INDEX)).isEmpty();
        assertThat(subjects(Kind.REDUNDANT_INDEX)).isEmpty();
    }

    @Test
    void anIndexOfAnotherCollationIsNoneForTheColumn() {
        execute("CREATE INDEX other ON person (email COLLATE " + otherCollation + ")");
        watching.ran("SELECT * FROM person WHERE email = ?", 10);

        assertIsMissingUntilFollowed("person(email)");
    }

    @Test
    void anIndexThatIsOnlyReadInPlaceOfTheTableIsNone() {
        execute("CREATE INDEX other ON person (email COLLATE " + otherCollation + ")");
        watching.ran("SELECT id FROM person WHERE email = ? LIMIT ?", 10);

        assertIsMissingUntilFollowed("person(email)");
    }

    @Test
    void anIndexOfAnotherOrderIsNoneForIt() {
        execute("CREATE INDEX other ON person (sex DESC, email)");
        watching.ran("SELECT id, born FROM person ORDER BY sex, email LIMIT ?", 10);

        assertIsMissingUntilFollowed("person(sex, email)");
    }

    @Test
    void anIndexIsReadFromEitherEnd() {
        execute("CREATE INDEX downwards ON person (sex DESC, email DESC)", "CREATE INDEX latest ON person (born DESC)");
        watching.ran("SELECT id, born FROM person ORDER BY sex, email LIMIT ?", 10);
        watching.ran("SELECT id, email FROM person ORDER BY born LIMIT ?", 10);
        watching.ran("SELECT id, email FROM person WHERE born = ?", 10);

        assertThat(subjects(Kind.MISSING_INDEX)).isEmpty();
    }

    @Test
    void anIndexOverAnExpressionOrOverSomeRowsIsNoneForTheColumn() {
        execute(
                "CREATE INDEX computed ON person (lower(email))",
                "CREATE INDEX partly ON person (email) WHERE born > 998");
        watching.ran("SELECT * FROM person WHERE email = ?", 10);
        watching.ran("SELECT * FROM person WHERE \"lower(email)\" = ?", 10);

        assertIsMissingUntilFollowed("person(email)", "person(lower(email))");
    }

    @Test
    void aForeignKeyNeedsAnIndexThatComparesAsItDoesAndHoldsWhatRefers() {
        execute(
                "CREATE TABLE country (code text PRIMARY KEY)",
                "CREATE TABLE city (id integer PRIMARY KEY, country text REFERENCES country)",
                "CREATE INDEX city_other ON city (country COLLATE " + otherCollation + ")",
                "CREATE INDEX city_half ON city (country) WHERE id > 5");
        assertThat(subjects(Kind.FOREIGN_KEY_INDEX)).containsExactly("city(country)");

        execute("CREATE INDEX city_country ON city (country) WHERE country IS NOT NULL");

        assertThat(subjects(Kind.FOREIGN_KEY_INDEX)).isEmpty();
    }

    @Test
    void anIndexIsRedundantOnlyBesideOneThatComparesSortsAndHoldsTheSame() {
        execute(
                "CREATE INDEX a ON person (email COLLATE " + otherCollation + ")",
                "CREATE INDEX a_more ON person (email, born)",
                "CREATE INDEX b ON person (born, sex DESC)",
                "CREATE INDEX b_more ON person (born, sex, email)",
                "CREATE INDEX c ON person (sex) WHERE born > 10",
                "CREATE INDEX c_more ON person (sex, email) WHERE born > 20",
                "CREATE INDEX d ON person (lower(email))",
                "CREATE INDEX d_more ON person (lower(email) DESC, born)");
        assertThat(subjects(Kind.REDUNDANT_INDEX)).isEmpty();

        execute(
                "CREATE INDEX a_same ON person (email COLLATE " + otherCollation + ", born)",
                "CREATE INDEX b_same ON person (born, sex DESC, email)",
                "CREATE INDEX c_same ON person (sex, email) WHERE born > 10",
                "CREATE INDEX d_same ON person (lower(email), born)");

        assertThat(subjects(Kind.REDUNDANT_INDEX)).containsExactly("a", "b", "c", "d");
    }
}
