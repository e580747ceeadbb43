package dev.dovetail.contract.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.Finding.Kind;
import dev.dovetail.monitoring.advice.Advice;
import dev.dovetail.monitoring.advice.AdviceReport;
import dev.dovetail.monitoring.advice.Advisor;
import dev.dovetail.monitoring.advice.ObservedStatement;
import dev.dovetail.monitoring.advice.ObservedStatements;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tables as only PostgreSQL has them. */
@ExtendWith(OutputCaptureExtension.class)
class PostgresqlAdviceTests {

    private final TestApplication application = TestApplication.withBeans(
            TestEngine.POSTGRESQL.freshDatabase(), Watching.class, "logging.level.dev.dovetail=trace");
    private final JdbcTemplate jdbc = application.template();

    @AfterEach
    void close() {
        application.close();
    }

    private AdviceReport advise() {
        return application.bean(Advisor.class).advise();
    }

    private List<Advice> advice(Kind kind) {
        return advise().advice().stream().filter(each -> each.kind() == kind).toList();
    }

    private void ran(String text) {
        application.bean(Watching.class).statements.add(new ObservedStatement(text, 50, 50_000_000, 1_000_000));
    }

    private void fill(String table) {
        jdbc.execute("INSERT INTO " + table
                + " SELECT i, 'somebody' || i || '@example.org', i % 10 FROM generate_series(1, 30000) i");
        jdbc.execute("ANALYZE " + table);
    }

    @Test
    void aTableOfWhichEachSeesSomeRowsIsNotPlannedWithoutItsPolicies() {
        jdbc.execute("CREATE TABLE person (id integer PRIMARY KEY, email text NOT NULL, tenant integer NOT NULL)");
        fill("person");
        ran("SELECT * FROM person WHERE email = ?");
        assertThat(advice(Kind.MISSING_INDEX)).hasSize(1);

        jdbc.execute("CREATE POLICY own ON person USING (tenant = current_setting('app.tenant', true)::integer)");
        jdbc.execute("ALTER TABLE person ENABLE ROW LEVEL SECURITY");
        jdbc.execute("ALTER TABLE person FORCE ROW LEVEL SECURITY");

        AdviceReport report = advise();
        assertThat(report.advice()).extracting(Advice::kind).doesNotContain(Kind.MISSING_INDEX);
        assertThat(report.problems()).hasSize(1);
    }

    @Test
    void aTableFromWhichOthersInheritIsNotPlannedWithoutThem() {
        jdbc.execute("CREATE TABLE person (id integer, email text NOT NULL, tenant integer NOT NULL)");
        jdbc.execute("CREATE TABLE member () INHERITS (person)");
        fill("member");
        ran("SELECT * FROM person WHERE email = ?");

        AdviceReport report = advise();
        assertThat(report.advice()).extracting(Advice::kind).doesNotContain(Kind.MISSING_INDEX);
        assertThat(report.problems()).hasSize(1);
    }

    @Test
    void theIndexThatAForeignKeyOfAPartitionedTableLacksCanBeMade() {
        jdbc.execute("CREATE TABLE kind (id integer PRIMARY KEY)");
        jdbc.execute("CREATE TABLE log (day date, kind integer REFERENCES kind) PARTITION BY RANGE (day)");
        jdbc.execute("CREATE TABLE log_2026 PARTITION OF log FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')");
        List<Advice> advice = advice(Kind.FOREIGN_KEY_INDEX);
        assertThat(advice).extracting(Advice::subject).containsExactly("log(kind)");

        jdbc.execute(Objects.requireNonNull(advice.get(0).sql()));

        assertThat(advice(Kind.FOREIGN_KEY_INDEX)).isEmpty();
    }

    private void lookIntoAnotherSchemaToo() {
        jdbc.execute("CREATE SCHEMA other");
        jdbc.execute("""
                DO $$ BEGIN
                    EXECUTE format('ALTER ROLE %I IN DATABASE %I SET search_path = public, other',
                        current_user, current_database());
                END $$""");
    }

    @Test
    void whatOneSchemaLacksAnotherOneLacksAllTheSame() {
        lookIntoAnotherSchemaToo();
        jdbc.execute("CREATE TABLE town (id integer PRIMARY KEY)");
        jdbc.execute("CREATE TABLE person (id integer PRIMARY KEY, email text, town integer REFERENCES town)");
        jdbc.execute("CREATE TABLE other.person (id integer PRIMARY KEY, email text NOT NULL, town integer NOT NULL)");
        jdbc.execute("INSERT INTO other.person SELECT i, 'x', i FROM generate_series(1, 30000) i");
        jdbc.execute("ANALYZE other.person");
        ran("SELECT * FROM other.person WHERE town = ?");

        List<Advice> advice = advise().advice();

        assertThat(advice)
                .extracting(Advice::kind, Advice::subject)
                .contains(
                        tuple(Kind.MISSING_INDEX, "other.person(town)"), tuple(Kind.FOREIGN_KEY_INDEX, "person(town)"));
    }

    @Test
    void whatIsFoundInTwoSchemasHasTwoIdsAndStatementsForEach() {
        lookIntoAnotherSchemaToo();
        for (String schema : List.of("public", "other")) {
            jdbc.execute("CREATE TABLE %s.town (id integer PRIMARY KEY)".formatted(schema));
            jdbc.execute("""
                    CREATE TABLE %1$s.person (id integer PRIMARY KEY, email text, town integer REFERENCES %1$s.town)""".formatted(schema));
            jdbc.execute("CREATE INDEX short ON %s.person (email)".formatted(schema));
            jdbc.execute("CREATE INDEX long ON %s.person (email, id)".formatted(schema));
            jdbc.execute("ALTER TABLE %s.person ADD CONSTRAINT few CHECK (town < 100) NOT VALID".formatted(schema));
        }
        String[] ids = {
            "foreign-key-index:person(town)", "foreign-key-index:other.person(town)",
            "redundant-index:public.short", "redundant-index:other.short",
            "unvalidated-constraint:person.few", "unvalidated-constraint:other.person.few"
        };
        List<Advice> advice = advise().advice();
        assertThat(advice).extracting(Advice::id).doesNotHaveDuplicates().contains(ids);

        advice.stream()
                .filter(each -> List.of(ids).contains(each.id()))
                .forEach(each -> jdbc.execute(Objects.requireNonNull(each.sql())));

        assertThat(advise().advice()).extracting(Advice::id).doesNotContain(ids);
    }

    @Test
    void otherOperatorsAndOtherPlacesOfNullsServeNoRangeAndNoOrder() {
        jdbc.execute("CREATE TABLE person (id integer PRIMARY KEY, email text NOT NULL, age integer NOT NULL)");
        fill("person");
        jdbc.execute("CREATE INDEX patterns ON person (email text_pattern_ops)");
        jdbc.execute("CREATE INDEX hashed ON person USING hash (email)");
        jdbc.execute("CREATE INDEX nulls ON person (age NULLS FIRST)");
        ran("SELECT * FROM person WHERE email > ? AND email < ?");
        ran("SELECT * FROM person WHERE email = ?");
        ran("SELECT id, email FROM person ORDER BY age LIMIT ?");

        List<Advice> missing = advice(Kind.MISSING_INDEX);
        assertThat(missing).extracting(Advice::subject).containsExactlyInAnyOrder("person(email)", "person(age)");

        missing.forEach(each -> jdbc.execute(Objects.requireNonNull(each.sql())));

        assertThat(advice(Kind.MISSING_INDEX)).isEmpty();
        assertThat(advice(Kind.REDUNDANT_INDEX)).isEmpty();
    }

    @Test
    void aForeignKeyIsServedByWhateverFindsEqualValues() {
        jdbc.execute("CREATE TABLE country (code text PRIMARY KEY)");
        jdbc.execute("CREATE TABLE city (id integer PRIMARY KEY, country text REFERENCES country)");
        jdbc.execute("CREATE INDEX roughly ON city USING brin (country)");
        assertThat(advice(Kind.FOREIGN_KEY_INDEX)).extracting(Advice::subject).containsExactly("city(country)");

        List<String> serving =
                List.of("(country text_pattern_ops)", "(country DESC NULLS LAST)", "USING hash (country)");
        for (String index : serving) {
            jdbc.execute("CREATE INDEX served ON city " + index);
            assertThat(advice(Kind.FOREIGN_KEY_INDEX)).as(index).isEmpty();
            jdbc.execute("DROP INDEX served");
        }
    }

    @Test
    void aStatementWithLiteralsOfTypesIsPlanned() {
        jdbc.execute("CREATE TABLE person (id integer PRIMARY KEY, email text NOT NULL, age integer NOT NULL)");
        fill("person");
        ran("SELECT id, now() - interval ? FROM person WHERE email = ? AND now() > date ?");

        AdviceReport report = advise();

        assertThat(report.problems()).isEmpty();
        assertThat(report.advice()).extracting(Advice::subject).contains("person(email)");
    }

    @Test
    void whatTheServerSaysOfAValueIsInNoLogAndNoReport(CapturedOutput output) {
        jdbc.execute("CREATE TABLE person (id integer PRIMARY KEY, email text NOT NULL, age integer NOT NULL)");
        fill("person");
        jdbc.execute("""
                CREATE FUNCTION careful(value text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
                BEGIN
                    IF pg_my_temp_schema() <> 0 THEN RAISE EXCEPTION 'nobody may copy %', value; END IF;
                    RETURN value;
                END $$""");
        jdbc.execute("CREATE INDEX careful_email ON person (careful(email))");
        ran("SELECT * FROM person WHERE age = ?");

        AdviceReport report = advise();

        assertThat(report.problems()).singleElement().asString().contains("FROM person WHERE age = ?");
        assertThat(report.toString() + output.getAll()).doesNotContain("@example.org");
    }

    @Configuration(proxyBeanMethods = false)
    static class Watching {

        private final List<ObservedStatement> statements = new CopyOnWriteArrayList<>();

        @Bean
        ObservedStatements observed() {
            return () -> List.copyOf(statements);
        }
    }
}
