package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.repository.StoredValueException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.mapping.model.MappingInstantiationException;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.CrudRepository;

/** What a column has that is neither NULL nor a value of its property is treated as Spring Data treats it. */
@EngineContract
class UnusualValueTests {

    private final TestApplication application;

    UnusualValueTests(TestEngine engine) {
        this.application = TestApplication.withRepositories(engine, Repositories.class);
        application.define("""
                CREATE TABLE page (
                    id integer PRIMARY KEY,
                    initial varchar(9),
                    mark varchar(9),
                    length integer,
                    small integer
                )""");
    }

    @AfterEach
    void stop() {
        application.close();
    }

    record Letter(@Nullable Character initial) {}

    @Table("page")
    record Page(@Id Long id, @Embedded.Nullable @Nullable Letter letter) {}

    @Table("page")
    static class Draft {

        @Id
        @Nullable
        Long id;

        @Nullable
        Character mark = 'x';
    }

    @Table("page")
    static class Pair {

        @Id
        final Long id;

        final int length;

        @Nullable
        Byte small;

        Pair(Long id, int length) {
            this.id = id;
            this.length = length;
        }
    }

    enum Hue {
        RED
    }

    @Table("page")
    static class Tinted {

        @Id
        final Long id;

        final int length;

        @Nullable
        Hue mark;

        Tinted(Long id, int length) {
            this.id = id;
            this.length = length;
        }
    }

    interface TintedPages extends CrudRepository<Tinted, Long> {}

    interface Pages extends CrudRepository<Page, Long> {}

    interface Drafts extends CrudRepository<Draft, Long> {}

    interface Pairs extends CrudRepository<Pair, Long> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {Pages.class, Drafts.class, Pairs.class, TintedPages.class}))
    static class Repositories {}

    private void insert(String values) {
        application
                .template()
                .execute("INSERT INTO page (id, initial, mark, length, small) VALUES (%s)".formatted(values));
    }

    @Test
    void whatIsEmbeddedIsThereIfItsOnlyColumnHasSomething() {
        insert("1, '', NULL, 1, 1");
        insert("2, NULL, NULL, 1, 1");
        Pages pages = application.bean(Pages.class);
        assertThat(pages.findById(1L)).contains(new Page(1L, new Letter(null)));
        assertThat(pages.findById(2L)).contains(new Page(2L, null));
    }

    @Test
    void aFieldKeepsItsFirstValueOnlyWhereTheColumnIsNull() {
        insert("1, NULL, '', 1, 1");
        insert("2, NULL, NULL, 1, 1");
        Drafts drafts = application.bean(Drafts.class);
        assertThat(drafts.findById(1L).orElseThrow().mark).isNull();
        assertThat(drafts.findById(2L).orElseThrow().mark).isEqualTo('x');
    }

    @Test
    void ofTwoFaultsTheOneIsReportedThatSpringDataMeetsFirst() {
        insert("1, NULL, NULL, NULL, 300");
        insert("2, NULL, NULL, 5, 300");
        Pairs pairs = application.bean(Pairs.class);
        assertThatThrownBy(() -> pairs.findById(1L)).isInstanceOf(MappingInstantiationException.class);
        assertThatThrownBy(() -> pairs.findById(2L)).isInstanceOf(ConversionFailedException.class);
    }

    @Test
    void aColumnThatHoldsNoValueOfItsKindIsReportedBeforeAnyOtherFault() {
        insert("1, NULL, 'none', NULL, 1");
        assertThatThrownBy(() -> application.bean(TintedPages.class).findById(1L))
                .isInstanceOf(StoredValueException.class);
    }
}
