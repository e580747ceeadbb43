package dev.dovetail.sample.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleArchitectureTests {

    private static final String ROOT = "dev.dovetail.sample";

    private static final ArchRule ONLY_REPOSITORIES_KNOW_JDBC = noClasses()
            .that()
            .resideOutsideOfPackage("..sample.repository..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..");

    private static final ArchRule NOBODY_KNOWS_THE_ENGINE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.sqlite..", "org.postgresql..", "..engine.sqlite..", "..engine.postgresql..");

    private static final ArchRule ONLY_THE_REGISTRY_USES_REPOSITORIES = noClasses()
            .that()
            .resideOutsideOfPackages("..sample.registry..", "..sample.generate..", "..sample.repository..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..sample.repository..");

    private static final ArchRule NO_CYCLES =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @Test
    void theSampleKeepsItsLayers() {
        JavaClasses sample = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);

        assertThat(sample).isNotEmpty();
        for (ArchRule rule : List.of(
                ONLY_REPOSITORIES_KNOW_JDBC, NOBODY_KNOWS_THE_ENGINE, ONLY_THE_REGISTRY_USES_REPOSITORIES, NO_CYCLES)) {
            rule.check(sample);
        }
    }

    @Test
    void theRulesBite() {
        JavaClasses wrong = new ClassFileImporter().importPackages(ROOT + ".architecture.fixture");

        assertThat(violations(ONLY_REPOSITORIES_KNOW_JDBC, wrong))
                .anyMatch(violation -> violation.contains("JdbcTemplate"))
                .anyMatch(violation -> violation.contains("java.sql.Connection"));
        assertThat(violations(ONLY_THE_REGISTRY_USES_REPOSITORIES, wrong)).isNotEmpty();
    }

    private static List<String> violations(ArchRule rule, JavaClasses classes) {
        return rule.evaluate(classes).getFailureReport().getDetails();
    }
}
