package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Table;

/** Entities of private classes, for which no class can be generated, are stored as others are. */
@EngineContract
class PrivateEntityTests {

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, """
            CREATE TABLE secret (id ${identity}, version ${bigint}, name ${text}, street ${text}, number ${integer})${strict}""");

    private final TestApplication application;
    private final JdbcAggregateTemplate template;

    PrivateEntityTests(TestEngine engine) {
        application = applications.on(engine);
        template = application.bean(JdbcAggregateTemplate.class);
        application.template().update("DELETE FROM secret");
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    // Without repositories: entities of the template.
    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Repositories.class),
            excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*"))
    static class Repositories {}

    private record Place(@Nullable String street, int number) {}

    @Table("secret")
    private record Secret(
            @Id @Nullable Long id,
            String name,
            @Embedded.Nullable @Nullable Place place) {}

    @Table("secret")
    private record Versioned(
            @Id @Nullable Long id, @Version @Nullable Long version, String name) {}

    @Table("secret")
    private record Numbered(@Id @Nullable Long id, @Version long version, String name) {}

    @Table("secret")
    private static class Mutable {

        @Id
        private @Nullable Long id;

        @Version
        private int version;

        private @Nullable String name;
    }

    @Test
    void aPrivateRecordIsStored() {
        Secret saved = template.save(new Secret(null, "a", new Place("b", 7)));
        assertThat(saved.id()).isNotNull();
        assertThat(template.findById(Objects.requireNonNull(saved.id()), Secret.class))
                .isEqualTo(saved);
        Secret changed = template.save(new Secret(saved.id(), "c", null));
        assertThat(template.findAll(Secret.class)).containsExactly(new Secret(changed.id(), "c", null));
        List<Secret> more = template.saveAll(
                List.of(new Secret(null, "d", new Place("e", 1)), new Secret(null, "f", new Place("g", 2))));
        assertThat(template.findAll(Secret.class)).hasSize(3).containsAll(more);
        template.delete(changed);
        assertThat(template.count(Secret.class)).isEqualTo(2);
    }

    @Test
    void aPrivateRecordWithAVersionIsStored() {
        Versioned saved = template.save(new Versioned(null, null, "a"));
        assertThat(template.save(saved).version()).isEqualTo(1L);
        List<Versioned> more =
                template.saveAll(List.of(new Versioned(null, null, "b"), new Versioned(null, null, "c")));
        assertThat(template.findAll(Versioned.class)).hasSize(3).containsAll(more);
        Numbered numbered = template.save(new Numbered(null, 0, "d"));
        assertThat(template.findById(Objects.requireNonNull(numbered.id()), Numbered.class))
                .isEqualTo(numbered);
    }

    @Test
    void aPrivateClassIsStored() {
        Mutable one = new Mutable();
        one.name = "a";
        template.save(one);
        template.save(one);
        Mutable found = Objects.requireNonNull(template.findById(Objects.requireNonNull(one.id), Mutable.class));
        assertThat(found.name).isEqualTo("a");
        assertThat(found.version).isEqualTo(one.version).isEqualTo(2);
    }
}
