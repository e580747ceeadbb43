package dev.dovetail.contract.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.repository.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.repository.ListCrudRepository;

/** JSON columns that hold one value, which is not stored there as in a column of its own. */
@EngineContract
class DocumentOfOneValueTests {

    private static final SharedApplications applications = SharedApplications.withTables(
            Repositories.class,
            "CREATE TABLE single (id ${identity}, key ${json}, moment ${json}, day ${json}, letter ${json}, number ${json})");

    private final Singles singles;

    DocumentOfOneValueTests(TestEngine engine) {
        TestApplication application = applications.on(engine);
        this.singles = application.bean(Singles.class);
    }

    record Single(
            @Id @Nullable Long id,
            @Json UUID key,
            @Json Instant moment,
            @Json LocalDate day,
            @Json Character letter,
            @Json Integer number) {}

    interface Singles extends ListCrudRepository<Single, Long> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Singles.class))
    static class Repositories {}

    @AfterAll
    static void stop() {
        applications.close();
    }

    @Test
    void itComesBackEqual() {
        Single given = new Single(
                null, new UUID(7, 9), Instant.parse("2026-11-29T07:20:00Z"), LocalDate.of(2024, 2, 29), 'x', 42);
        List<Single> saved = singles.saveAll(List.of(given, given));
        saved.forEach(single -> assertThat(singles.findById(Objects.requireNonNull(single.id())))
                .contains(single));
    }
}
