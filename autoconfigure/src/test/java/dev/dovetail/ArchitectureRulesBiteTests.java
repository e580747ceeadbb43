package dev.dovetail;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule that never fails may be a rule that looks at nothing: each gets something wrong and reports just that. */
class ArchitectureRulesBiteTests {

    private static final String FIXTURES = "dev.dovetail.architecture.fixtures.";

    @TempDir
    Path sources;

    @Test
    void floors() {
        assertViolations("floors", rules("floors").roomsUseOnlyLowerFloors())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("'engine' (floor 2) uses 'autoconfigure' (floor 12)"),
                        line -> assertThat(line)
                                .contains("'engine.sqlite' (floor 3) uses 'engine.postgresql' (floor 3)"),
                        line -> assertThat(line).contains("'cache' (floor 7) uses 'audit' (floor 7)"),
                        line -> assertThat(line).contains("Lost is in no room"));
    }

    @Test
    void cycles() {
        assertViolations("cycle", rules("cycle").packagesAreFreeOfCycles())
                .singleElement()
                .asString()
                .contains("Cycle detected", "Slice one", "Slice two");
    }

    @Test
    void foreignLibraries() {
        ArchitectureRules rules = rules("foreign");
        assertOnlyGuest(rules.onlyTheSqliteRoomKnowsItsDriver(), "org.sqlite.SQLiteErrorCode");
        assertOnlyGuest(rules.onlyThePostgresqlRoomKnowsItsDriver(), "org.postgresql.util.PSQLState");
        assertOnlyGuest(rules.onlyTheOutsideKnowsBoot(), "org.springframework.boot.ApplicationRunner");
        assertOnlyGuest(rules.onlyMonitoringKnowsMicrometer(), "io.micrometer.core.instrument.MeterRegistry");
    }

    @Test
    void autoConfigurations() {
        ArchitectureRules rules = rules("wiring");
        assertViolations("wiring", rules.autoConfigurationsArePublicAndFinal())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("WrongAutoConfiguration"))
                .anySatisfy(line -> assertThat(line).contains("PUBLIC"))
                .anySatisfy(line -> assertThat(line).contains("FINAL"));
        assertOne("wiring", rules.autoConfigurationsHaveNoPublicMethods(), "WrongAutoConfiguration.wrong()");
        assertOne("wiring", rules.classConditionsAreNotOnMethods(), "WrongAutoConfiguration.wrong()");
        assertOne("wiring", rules.failureAnalyzersAreHidden(), "WrongFailureAnalyzer");
    }

    @Test
    void nullMarks() {
        assertOne("nulls", rules("nulls").packagesAreNullMarked(), "nulls.unmarked is not @NullMarked");
    }

    @Test
    void habits() {
        ArchitectureRules rules = rules("habits");
        assertOne("habits", rules.nothingIsInjectedIntoFields(), "Habits.clock");
        assertViolations("habits", rules.nothingIsPrinted())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("Habits.prints()"))
                .anySatisfy(line -> assertThat(line).contains("Habits.printsErrors("));
        assertViolations("habits", rules.nobodySleeps())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("Habits.sleeps()"))
                .anySatisfy(line -> assertThat(line).contains("Habits.sleepsInUnits()"));
        assertOne("habits", rules.timeComesFromAClock(), "Habits.readsTheTime()");
    }

    @Test
    void longFiles() throws IOException {
        write("Short.java", "\n".repeat(300));
        write("Long.java", "\n".repeat(301));
        write("Excepted.java", "\n".repeat(301));
        write("Shortened.java", "\n");
        Map<String, String> exceptions = Map.of("Excepted.java", "", "Shortened.java", "", "Gone.java", "");

        assertThat(new SourceRules(sources).filesAreReadInOneSitting(exceptions))
                .containsExactly(
                        "Long.java has 301 lines",
                        "Shortened.java needs no exception any more",
                        "Gone.java is excepted, but does not exist");
    }

    @Test
    void tablesInCode() throws IOException {
        write("Right.java", "/**\n * Reads what CREATE TABLE made.\n */\nString sql = \"SELECT 1\";\n");
        write("Wrong.java", "String sql = \"\"\"\n    create  table thing (id int)\n    \"\"\";\n");

        assertThat(new SourceRules(sources).tablesAreMadeByMigrationsOnly())
                .containsExactly("Wrong.java:2 makes a table");
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(sources.resolve(name), content);
    }

    private static void assertOnlyGuest(ArchRule rule, String type) {
        assertViolations("foreign", rule)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("repository.Guest", type));
    }

    private static void assertOne(String fixture, ArchRule rule, String what) {
        assertViolations(fixture, rule).singleElement().asString().contains(what);
    }

    private static ListAssert<String> assertViolations(String fixture, ArchRule rule) {
        JavaClasses classes = new ClassFileImporter().importPackages(FIXTURES + fixture);
        List<String> violations = rule.evaluate(classes).getFailureReport().getDetails();
        return assertThat(violations);
    }

    private static ArchitectureRules rules(String fixture) {
        return new ArchitectureRules(FIXTURES + fixture);
    }
}
