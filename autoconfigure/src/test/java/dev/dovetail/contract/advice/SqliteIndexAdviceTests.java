package dev.dovetail.contract.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.Finding.Kind;
import dev.dovetail.monitoring.advice.Advice;
import dev.dovetail.monitoring.advice.Advisor;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Indexes and the collations of columns, as SQLite has them. */
class SqliteIndexAdviceTests {

    private final TestApplication application = TestApplication.on(TestEngine.SQLITE);

    @AfterEach
    void close() {
        application.close();
    }

    private void execute(String... statements) {
        for (String sql : statements) {
            application.template().execute(sql);
        }
    }

    private List<String> subjects(Kind kind) {
        return application.bean(Advisor.class).advise().advice().stream()
                .filter(advice -> advice.kind() == kind)
                .map(Advice::subject)
                .toList();
    }

    @Test
    void whereNothingElseIsSaidAnIndexHasTheCollationOfItsColumn() {
        execute(
                "CREATE TABLE word (id integer PRIMARY KEY, text text COLLATE nocase, lang text)",
                "CREATE INDEX short ON word (text)",
                "CREATE INDEX bytes ON word (text COLLATE BINARY)",
                "CREATE INDEX long ON word (text COLLATE NOCASE, lang)",
                "CREATE INDEX lang ON word (lang COLLATE nocase)",
                "CREATE INDEX lang_too ON word (lang COLLATE NOCASE, id)");

        assertThat(subjects(Kind.REDUNDANT_INDEX)).containsExactly("lang", "short");
    }

    @Test
    void aColumnIsNotTakenForTheDirectionOfAnother() {
        execute(
                "CREATE TABLE odd (a integer, b integer, \"a DESC\" integer)",
                "CREATE INDEX named ON odd (\"a DESC\")",
                "CREATE INDEX downwards ON odd (a DESC, b)");

        assertThat(subjects(Kind.REDUNDANT_INDEX)).isEmpty();
    }

    @Test
    void rowsThatReferAreFoundByTheCollationOfTheColumnTheyReferTo() {
        execute(
                "CREATE TABLE country (code text COLLATE NOCASE PRIMARY KEY)",
                "CREATE TABLE city (country text COLLATE NOCASE REFERENCES country)",
                "CREATE TABLE road (country text REFERENCES country)",
                "CREATE INDEX city_country ON city (country COLLATE BINARY)",
                "CREATE INDEX road_country ON road (country COLLATE RTRIM)");
        assertThat(subjects(Kind.FOREIGN_KEY_INDEX)).containsExactly("city(country)", "road(country)");

        execute(
                "CREATE INDEX city_by_country ON city (country)",
                "CREATE INDEX road_by_country ON road (country COLLATE nocase)");

        assertThat(subjects(Kind.FOREIGN_KEY_INDEX)).isEmpty();
    }
}
