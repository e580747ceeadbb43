package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.annotation.Id;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.jdbc.core.mapping.AggregateReference;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.MappedCollection;
import org.springframework.data.repository.ListCrudRepository;

/** Ids in classes of their own, whose converters take the number that the driver returns. */
@EngineContract
class WrappedIdTests {

    private static final SharedApplications applications = SharedApplications.withRepositories(Repositories.class);

    private final TestApplication application;

    WrappedIdTests(TestEngine engine) {
        this.application = applications.on(engine);
        String id = engine == TestEngine.POSTGRESQL ? "serial PRIMARY KEY" : engine.identity();
        for (String table : List.of("part", "box", "crate")) {
            application.template().execute("DROP TABLE IF EXISTS " + table);
        }
        application.define("""
                CREATE TABLE crate (id %1$s, label ${text});
                CREATE TABLE box (id %1$s, crate integer, label ${text});
                CREATE TABLE part (id %1$s, box integer, label ${text});
                """.formatted(id));
    }

    record TicketNumber(int value) {}

    record Part(@Id @Nullable TicketNumber id, @Nullable AggregateReference<Box, TicketNumber> box, String label) {}

    record Box(@Id @Nullable TicketNumber id, String label) {}

    record Crate(
            @Id @Nullable TicketNumber id,
            String label,
            @MappedCollection(idColumn = "crate") Set<Box> boxes) {}

    interface Parts extends ListCrudRepository<Part, TicketNumber> {

        List<Part> findByBox(TicketNumber box);
    }

    interface Crates extends ListCrudRepository<Crate, TicketNumber> {}

    @WritingConverter
    enum NumberToInteger implements Converter<TicketNumber, Integer> {
        INSTANCE;

        @Override
        public Integer convert(TicketNumber number) {
            return number.value();
        }
    }

    @ReadingConverter
    enum IntegerToNumber implements Converter<Integer, TicketNumber> {
        INSTANCE;

        @Override
        public TicketNumber convert(Integer value) {
            return new TicketNumber(value);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {Parts.class, Crates.class}))
    static class Repositories {

        @Bean
        NumberToInteger numberToInteger() {
            return NumberToInteger.INSTANCE;
        }

        @Bean
        IntegerToNumber integerToNumber() {
            return IntegerToNumber.INSTANCE;
        }
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @Test
    void whatTheDatabaseNumbersHasItsId() {
        Parts parts = application.bean(Parts.class);
        Part one = parts.save(new Part(null, null, "one"));
        assertThat(one.id()).isEqualTo(new TicketNumber(1));

        for (int count : new int[] {2, 150}) {
            List<Part> saved = parts.saveAll(IntStream.range(0, count)
                    .mapToObj(each -> new Part(null, AggregateReference.to(new TicketNumber(count)), "many"))
                    .toList());
            assertThat(saved).extracting(Part::id).doesNotContainNull().doesNotHaveDuplicates();
            assertThat(parts.findByBox(new TicketNumber(count))).containsExactlyInAnyOrderElementsOf(saved);
            assertThat(parts.findByBox(new TicketNumber(count))).containsExactlyInAnyOrderElementsOf(saved);
        }
        assertThat(parts.findById(new TicketNumber(1))).contains(one);
        assertThat(parts.findAll()).hasSize(153).contains(one);
    }

    @Test
    void soDoPartsOfAnAggregate() {
        Crates crates = application.bean(Crates.class);
        Set<Box> boxes = Set.of(new Box(null, "a"), new Box(null, "b"));
        List<Crate> saved = crates.saveAll(List.of(new Crate(null, "one", boxes), new Crate(null, "two", boxes)));

        assertThat(saved)
                .allSatisfy(crate -> assertThat(crate.boxes())
                        .extracting(Box::id)
                        .doesNotContainNull()
                        .hasSize(2));
        assertThat(crates.findAll()).containsExactlyInAnyOrderElementsOf(saved);
    }
}
