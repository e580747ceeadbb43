package dev.dovetail;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.dovetail.engine.DatabaseEngine;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The rules of the house, applied to this library; {@link ArchitectureRulesBiteTests} shows that each of them bites.
 *
 * <p>Who may use whom is in {@link Floors}.
 */
class ArchitectureTests {

    private static final String DELEGATING = "dev/dovetail/datasource/delegating/";

    /** A class without logic is read by its first method: it forwards every method of a long JDBC interface. */
    private static final Map<String, String> LONG_FILES = Map.of(
            DELEGATING + "DelegatingConnection.java", "forwards java.sql.Connection",
            DELEGATING + "DelegatingPreparedStatement.java", "forwards java.sql.PreparedStatement",
            DELEGATING + "ResultSetGetters.java", "forwards the getters of java.sql.ResultSet",
            DELEGATING + "ResultSetUpdates.java", "forwards the updates of java.sql.ResultSet");

    private static final ArchitectureRules RULES = new ArchitectureRules("dev.dovetail");

    private static JavaClasses classes;
    private static SourceRules sources;

    @BeforeAll
    static void readTheHouse() throws URISyntaxException {
        // By place and not by package: the test starter on the class path has the same root package.
        Path compiled = Path.of(DatabaseEngine.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        classes = new ClassFileImporter().importPath(compiled);
        sources = new SourceRules(compiled.resolve("../../src/main/java").normalize());
    }

    @Test
    void roomsUseOnlyLowerFloors() {
        RULES.roomsUseOnlyLowerFloors().check(classes);
    }

    @Test
    void packagesAreFreeOfCycles() {
        RULES.packagesAreFreeOfCycles().check(classes);
    }

    @Test
    void driversAreKnownOnlyToTheirRooms() {
        RULES.onlyTheSqliteRoomKnowsItsDriver().check(classes);
        RULES.onlyThePostgresqlRoomKnowsItsDriver().check(classes);
    }

    @Test
    void bootAndMicrometerStayOutside() {
        RULES.onlyTheOutsideKnowsBoot().check(classes);
        RULES.onlyMonitoringKnowsMicrometer().check(classes);
    }

    @Test
    void autoConfigurationsAreNothingButNames() {
        RULES.autoConfigurationsArePublicAndFinal().check(classes);
        RULES.autoConfigurationsHaveNoPublicMethods().check(classes);
        RULES.classConditionsAreNotOnMethods().check(classes);
        RULES.failureAnalyzersAreHidden().check(classes);
    }

    @Test
    void packagesAreNullMarked() {
        RULES.packagesAreNullMarked().check(classes);
    }

    @Test
    void nothingIsInjectedIntoFields() {
        RULES.nothingIsInjectedIntoFields().check(classes);
    }

    @Test
    void nothingIsPrinted() {
        RULES.nothingIsPrinted().check(classes);
    }

    @Test
    void timeIsInjected() {
        RULES.nobodySleeps().check(classes);
        RULES.timeComesFromAClock().check(classes);
    }

    @Test
    void filesAreReadInOneSitting() {
        assertThat(sources.filesAreReadInOneSitting(LONG_FILES)).isEmpty();
    }

    @Test
    void tablesAreMadeByMigrationsOnly() {
        assertThat(sources.tablesAreMadeByMigrationsOnly()).isEmpty();
    }
}
