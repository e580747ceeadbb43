package dev.dovetail;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Clock;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** The rules of the house for the classes under one base package; the fixtures of the bite tests have their own. */
final class ArchitectureRules {

    private static final Set<String> SLEEPERS = Set.of("java.lang.Thread", "java.util.concurrent.TimeUnit");

    private final String base;

    ArchitectureRules(String base) {
        this.base = base;
    }

    ArchRule roomsUseOnlyLowerFloors() {
        return classes().should(new Floors(base).respected());
    }

    ArchRule packagesAreFreeOfCycles() {
        return slices().matching(base + ".(**)").should().beFreeOfCycles();
    }

    ArchRule onlyTheSqliteRoomKnowsItsDriver() {
        return onlyIn("org.sqlite..", "engine.sqlite");
    }

    ArchRule onlyThePostgresqlRoomKnowsItsDriver() {
        return onlyIn("org.postgresql..", "engine.postgresql");
    }

    /** The library works without Boot; what is Boot's is wiring, operations or the command line. */
    ArchRule onlyTheOutsideKnowsBoot() {
        return onlyIn("org.springframework.boot..", "autoconfigure", "actuator", "command");
    }

    ArchRule onlyMonitoringKnowsMicrometer() {
        return onlyIn("io.micrometer..", "actuator", "monitoring", "autoconfigure");
    }

    /** Only the name of an auto-configuration is API, so that its beans may change. */
    ArchRule autoConfigurationsArePublicAndFinal() {
        return classes()
                .that()
                .areAnnotatedWith("org.springframework.boot.autoconfigure.AutoConfiguration")
                .should()
                .bePublic()
                .andShould()
                .haveModifier(JavaModifier.FINAL)
                // Until the first one exists.
                .allowEmptyShould(true);
    }

    ArchRule autoConfigurationsHaveNoPublicMethods() {
        return methods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith("org.springframework.boot.autoconfigure.AutoConfiguration")
                .should()
                .notBePublic()
                .allowEmptyShould(true);
    }

    /** On a method it comes too late: the JVM has loaded the method's types before the condition is asked. */
    ArchRule classConditionsAreNotOnMethods() {
        return noMethods()
                .should()
                .beAnnotatedWith("org.springframework.boot.autoconfigure.condition.ConditionalOnClass");
    }

    ArchRule failureAnalyzersAreHidden() {
        return classes()
                .that()
                .areAssignableTo("org.springframework.boot.diagnostics.FailureAnalyzer")
                .should()
                .bePackagePrivate()
                .allowEmptyShould(true);
    }

    /** A package without the mark is one the null checker passes over in silence. */
    ArchRule packagesAreNullMarked() {
        return classes().should(new ArchCondition<>("be in a @NullMarked package") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                if (!item.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(
                            item,
                            "%s: package %s is not @NullMarked".formatted(item.getName(), item.getPackageName())));
                }
            }
        });
    }

    ArchRule nothingIsInjectedIntoFields() {
        return GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
    }

    ArchRule nothingIsPrinted() {
        // Whoever calls a command reads its results there.
        return noClasses()
                .that()
                .doNotHaveSimpleName("CommandOutput")
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);
    }

    ArchRule nobodySleeps() {
        return noClasses()
                .should()
                .callMethodWhere(describe(
                        "a thread sleeps",
                        call -> call.getName().equals("sleep")
                                && SLEEPERS.contains(call.getTargetOwner().getName())));
    }

    ArchRule timeComesFromAClock() {
        return noClasses()
                .should()
                .callMethodWhere(describe("the time is asked without a Clock", ArchitectureRules::readsTheTime));
    }

    private static boolean readsTheTime(JavaCall<?> call) {
        return call.getName().equals("now")
                && call.getTargetOwner().getPackageName().startsWith("java.time")
                && call.getTarget().getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Clock.class));
    }

    private ArchRule onlyIn(String foreign, String... rooms) {
        String[] packages =
                Arrays.stream(rooms).map(room -> base + "." + room + "..").toArray(String[]::new);
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(foreign);
    }
}
