package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Transient;
import org.springframework.data.domain.AbstractAggregateRoot;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.event.AbstractRelationalEvent;
import org.springframework.data.relational.core.mapping.event.AfterConvertCallback;
import org.springframework.data.relational.core.mapping.event.AfterDeleteCallback;
import org.springframework.data.relational.core.mapping.event.AfterSaveCallback;
import org.springframework.data.relational.core.mapping.event.BeforeConvertCallback;
import org.springframework.data.relational.core.mapping.event.BeforeDeleteCallback;
import org.springframework.data.relational.core.mapping.event.BeforeSaveCallback;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** What happens around saving, reading and deleting, in which order. */
@EngineContract
class CallbackTests {

    private static final List<String> calls = new ArrayList<>();

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, """
            CREATE TABLE parcel (id ${identity}, label ${text} NOT NULL UNIQUE) ${strict};
            CREATE TABLE letter (id ${identity}, text ${text} NOT NULL) ${strict};
            """);

    private final Parcels parcels;
    private final Letters letters;

    CallbackTests(TestEngine engine) {
        this.parcels = applications.on(engine).bean(Parcels.class);
        this.letters = applications.on(engine).bean(Letters.class);
    }

    record Parcel(@Id @Nullable Long id, String label) {}

    record LetterSent(String text) {}

    static final class Letter extends AbstractAggregateRoot<Letter> {

        @Id
        @Nullable
        Long id;

        final String text;

        @Transient
        int stamps;

        Letter(String text) {
            this.text = text;
        }

        Letter send() {
            return andEvent(new LetterSent(text));
        }
    }

    interface Parcels extends ListCrudRepository<Parcel, Long> {

        Optional<Parcel> findByLabel(String label);
    }

    interface Letters extends ListCrudRepository<Letter, Long> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {Parcels.class, Letters.class}))
    static class Repositories {

        @Bean
        BeforeConvertCallback<Parcel> beforeConvert() {
            return parcel -> {
                calls.add("before convert");
                return new Parcel(parcel.id(), parcel.label().strip());
            };
        }

        @Bean
        BeforeSaveCallback<Parcel> beforeSave() {
            return (parcel, change) -> {
                calls.add("before save " + parcel.label());
                return parcel;
            };
        }

        @Bean
        AfterSaveCallback<Parcel> afterSave() {
            return parcel -> {
                calls.add(parcel.id() == null ? "after save without id" : "after save");
                return parcel;
            };
        }

        @Bean
        AfterConvertCallback<Parcel> afterConvert() {
            return parcel -> {
                calls.add("after convert");
                return new Parcel(parcel.id(), parcel.label() + "!");
            };
        }

        @Bean
        BeforeDeleteCallback<Parcel> beforeDelete() {
            return (parcel, change) -> {
                calls.add("before delete");
                return parcel;
            };
        }

        @Bean
        AfterDeleteCallback<Parcel> afterDelete() {
            return parcel -> {
                calls.add("after delete");
                return parcel;
            };
        }

        @Bean
        ApplicationListener<AbstractRelationalEvent<?>> events() {
            return event -> {
                if (event.getType() == Parcel.class) {
                    calls.add(event.getClass().getSimpleName());
                }
            };
        }

        @Bean
        LetterListener letterListener() {
            return new LetterListener();
        }
    }

    static class LetterListener {

        @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
        void sent(LetterSent letter) {
            calls.add("sent " + letter.text());
        }
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void empty() {
        parcels.deleteAll();
        letters.deleteAll();
        calls.clear();
    }

    @Test
    void whenARowIsSavedReadAndDeletedThenEachIsToldInOrder() {
        Parcel saved = parcels.save(new Parcel(null, " box "));
        assertThat(calls)
                .containsExactly(
                        "BeforeConvertEvent",
                        "before convert",
                        "BeforeSaveEvent",
                        "before save box",
                        "AfterSaveEvent",
                        "after save");

        calls.clear();
        assertThat(parcels.findByLabel("box")).contains(new Parcel(saved.id(), "box!"));
        assertThat(calls).containsExactlyInAnyOrder("AfterConvertEvent", "after convert");

        calls.clear();
        parcels.delete(saved);
        assertThat(calls).containsExactly("BeforeDeleteEvent", "before delete", "AfterDeleteEvent", "after delete");
    }

    @Test
    void whenSavingFailsThenNothingIsToldAfterwards() {
        parcels.save(new Parcel(null, "box"));
        calls.clear();

        assertThatThrownBy(() -> parcels.save(new Parcel(null, "box")))
                .isInstanceOf(DataIntegrityViolationException.class);

        assertThat(calls).doesNotContain("after save", "AfterSaveEvent").contains("before save box");
    }

    @Test
    void whenAnAggregateHasEventsThenTheyArePublishedAfterTheCommit() {
        letters.save(new Letter("hello").send());

        assertThat(calls).containsExactly("sent hello");
        assertThat(letters.findAll())
                .singleElement()
                .satisfies(letter -> assertThat(letter.stamps).isZero());
    }
}
