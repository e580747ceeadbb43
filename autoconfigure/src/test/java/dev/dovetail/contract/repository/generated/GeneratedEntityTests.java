package dev.dovetail.contract.repository.generated;

import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.repository.generated.Shape.Group;
import dev.dovetail.contract.repository.generated.Shape.Member;
import dev.dovetail.contract.repository.generated.Shape.Restriction;
import dev.dovetail.contract.repository.generated.Shape.Style;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AfterTry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;

/** Entities of generated classes are written and read as Spring Data writes and reads them, on both engines. */
class GeneratedEntityTests {

    private static final List<String> LITERALS = List.of(
            "NULL",
            "''",
            "'abc'",
            "'1'",
            "'DARK'",
            "'{}'",
            "'[1]'",
            "'2024-02-30'",
            "'2024-02-29'",
            "0",
            "1",
            "-1",
            "300",
            "9999999999",
            "1.5",
            "1e300",
            "'true'",
            "'12:00'",
            "'00000000-0000-0000-0000-000000000000'");

    private static final SharedApplications applications = SharedApplications.withRepositories(Converters.class);
    // A build fails because of a change, and not by chance: what is new each time is the soak's.
    private static final String SEED = "20261128";
    private static int tries;

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(basePackageClasses = Parts.class)
    static class Converters {

        @Bean
        Parts.TextToCode textToCode() {
            return Parts.TextToCode.INSTANCE;
        }

        @Bean
        Parts.CodeToText codeToText() {
            return Parts.CodeToText.INSTANCE;
        }

        @Bean
        Parts.WholeToCents wholeToCents() {
            return Parts.WholeToCents.INSTANCE;
        }

        @Bean
        Parts.CentsToWhole centsToWhole() {
            return Parts.CentsToWhole.INSTANCE;
        }
    }

    @AfterContainer
    static void stop() {
        applications.close();
    }

    // What an application has once mapped it remembers for as long as it runs.
    @AfterTry
    void startAnew() {
        if (++tries % 40 == 0) {
            applications.close();
        }
    }

    @Property(tries = 5, seed = SEED)
    void whatIsWrittenAndReadIsTheSame(@ForAll("meant") List<Shape> shapes, @ForAll long seed) {
        compare(shapes, seed);
    }

    @Property(tries = 5, seed = SEED)
    void whatDoesNotFitIsTheSame(@ForAll("any") List<Shape> shapes, @ForAll long seed) {
        compare(shapes, seed);
    }

    @Property(tries = 5, seed = SEED)
    void whatOthersHaveStoredIsReadTheSame(@ForAll("meant") List<Shape> shapes, @ForAll long seed) {
        compareForeign(shapes, seed);
    }

    @Tag("soak")
    @Property(tries = 300)
    void whatIsWrittenAndReadIsTheSameForLong(@ForAll("meant") List<Shape> shapes, @ForAll long seed) {
        compare(shapes, seed);
    }

    @Tag("soak")
    @Property(tries = 300)
    void whatDoesNotFitIsTheSameForLong(@ForAll("any") List<Shape> shapes, @ForAll long seed) {
        compare(shapes, seed);
    }

    @Tag("soak")
    @Property(tries = 300)
    void whatOthersHaveStoredIsReadTheSameForLong(@ForAll("meant") List<Shape> shapes, @ForAll long seed) {
        compareForeign(shapes, seed);
    }

    private static void compare(List<Shape> shapes, long seed) {
        for (GeneratedEntity entity : GeneratedEntity.of(shapes)) {
            for (TestEngine engine : TestEngine.values()) {
                new TwoWays(engine, applications.on(engine)).compare(entity, seed);
            }
        }
    }

    private static void compareForeign(List<Shape> shapes, long seed) {
        for (GeneratedEntity entity : GeneratedEntity.of(shapes)) {
            for (TestEngine engine : TestEngine.values()) {
                new TwoWays(engine, applications.on(engine)).compareForeign(entity, seed, LITERALS);
            }
        }
    }

    /** Entities whose columns are meant for their properties. */
    @Provide
    Arbitrary<List<Shape>> meant() {
        return shapes(shape());
    }

    // One only, since which of several is refused first is of no importance.
    /** Entities with a column that is of any type. */
    @Provide
    Arbitrary<List<Shape>> any() {
        return shapes(
                Combinators.combine(shape(), Arbitraries.integers().between(0, 8), Arbitraries.of(Component.class))
                        .as((shape, place, other) ->
                                shape.withWord(place % shape.members().size(), other.word())));
    }

    private static Arbitrary<List<Shape>> shapes(Arbitrary<Shape> shape) {
        return shape.list().ofMinSize(1).ofMaxSize(5);
    }

    private static Arbitrary<Shape> shape() {
        Arbitrary<Member> member = member();
        return Combinators.combine(
                        Arbitraries.of(Style.class),
                        Arbitraries.of(Shape.Id.class),
                        Arbitraries.of("", "", "int", "Integer", "long", "Long"),
                        Arbitraries.of(true, false),
                        member.list().ofMaxSize(8).map(GeneratedEntityTests::withText),
                        group(member, 1).list().ofMaxSize(2))
                .as(Shape::new);
    }

    // Spring Data cannot insert a row of nothing on SQLite.
    private static List<Member> withText(List<Member> members) {
        return Stream.concat(Stream.of(new Member(Component.TEXT, Restriction.NONE, "text")), members.stream())
                .toList();
    }

    private static Arbitrary<Group> group(Arbitrary<Member> member, int depth) {
        Arbitrary<List<Group>> inner = depth == 0
                ? Arbitraries.just(List.of())
                : group(member, depth - 1).list().ofMaxSize(1);
        return Combinators.combine(
                        Arbitraries.of(Style.class),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        member.list().ofMinSize(1).ofMaxSize(3),
                        inner)
                .as(Group::new);
    }

    private static Arbitrary<Member> member() {
        return Combinators.combine(
                        Arbitraries.of(Component.class),
                        Arbitraries.of(
                                Restriction.NONE,
                                Restriction.NONE,
                                Restriction.NONE,
                                Restriction.READ_ONLY,
                                Restriction.INSERT_ONLY))
                .as((component, restriction) -> new Member(component, restriction, component.word()));
    }
}
