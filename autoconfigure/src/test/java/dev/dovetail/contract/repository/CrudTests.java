package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Transient;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Persistable;
import org.springframework.data.domain.Sort;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.conversion.DbActionExecutionException;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Embedded.OnEmpty;
import org.springframework.data.relational.core.mapping.event.BeforeConvertCallback;
import org.springframework.data.repository.CrudRepository;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.PagingAndSortingRepository;

/** Saving, finding and deleting by id, whoever chooses the id. */
@EngineContract
class CrudTests {

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, """
            CREATE TABLE note (id ${identity}, text ${text} NOT NULL) ${strict};
            CREATE TABLE document (id ${uuid} PRIMARY KEY, title ${text} NOT NULL) ${strict};
            CREATE TABLE setting (name ${text} PRIMARY KEY, value ${text}) ${strict};
            CREATE TABLE seat (hall ${text} NOT NULL, number ${integer} NOT NULL, owner ${text}, PRIMARY KEY (hall, number)) ${strict};
            """);

    private final TestApplication application;
    private final Notes notes;
    private final Documents documents;
    private final Settings settings;
    private final Seats seats;

    CrudTests(TestEngine engine) {
        this.application = applications.on(engine);
        this.notes = application.bean(Notes.class);
        this.documents = application.bean(Documents.class);
        this.settings = application.bean(Settings.class);
        this.seats = application.bean(Seats.class);
    }

    record Note(@Id @Nullable Long id, String text) {

        static Note of(String text) {
            return new Note(null, text);
        }

        long key() {
            return Objects.requireNonNull(id);
        }
    }

    record Document(@Id @Nullable UUID id, String title) {
        UUID key() {
            return Objects.requireNonNull(id);
        }
    }

    static final class Setting implements Persistable<String> {

        @Id
        private final String name;

        String value;

        @Transient
        private boolean fresh;

        Setting(String name, String value) {
            this.name = name;
            this.value = value;
        }

        static Setting fresh(String name, String value) {
            Setting setting = new Setting(name, value);
            setting.fresh = true;
            return setting;
        }

        @Override
        public String getId() {
            return name;
        }

        @Override
        public boolean isNew() {
            return fresh;
        }
    }

    record Place(String hall, int number) {}

    record Seat(
            @Id @Embedded(onEmpty = OnEmpty.USE_NULL) Place place,
            @Nullable String owner) {}

    interface Notes extends CrudRepository<Note, Long>, PagingAndSortingRepository<Note, Long> {}

    interface Documents extends ListCrudRepository<Document, UUID> {}

    interface Settings extends ListCrudRepository<Setting, String> {}

    interface Seats extends ListCrudRepository<Seat, Place> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {Notes.class, Documents.class, Settings.class, Seats.class}))
    static class Repositories {

        @Bean
        BeforeConvertCallback<Document> ids() {
            return document -> document.id() == null ? new Document(UUID.randomUUID(), document.title()) : document;
        }
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void empty() {
        notes.deleteAll();
        documents.deleteAll();
        settings.deleteAll();
        seats.deleteAll();
    }

    @Test
    void whenTheDatabaseChoosesTheIdThenTheSavedOneHasIt() {
        Note first = notes.save(Note.of("first"));
        Note second = notes.save(Note.of("second"));

        assertThat(first.id()).isNotNull();
        assertThat(second.key()).isGreaterThan(first.key());
        assertThat(notes.findById(first.key())).contains(first);

        Note changed = notes.save(new Note(first.key(), "changed"));
        assertThat(notes.findById(first.key())).contains(changed);
        assertThat(notes.count()).isEqualTo(2);
    }

    @Test
    void whenManyAreSavedThenEachHasItsOwnId() {
        List<Note> saved = new ArrayList<>();
        notes.saveAll(IntStream.range(0, 100)
                        .mapToObj(i -> Note.of("note " + i))
                        .toList())
                .forEach(saved::add);

        assertThat(saved).extracting(Note::id).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(saved)
                .allSatisfy(note -> assertThat(notes.findById(note.key())).contains(note));
        assertThat(notes.findAllById(List.of(saved.get(3).key(), saved.get(7).key(), -1L)))
                .extracting(Note::text)
                .containsExactlyInAnyOrder("note 3", "note 7");
    }

    @Test
    void whenNewAndOldAreSavedTogetherThenEachIsInsertedOrUpdated() {
        Note old = notes.save(Note.of("old"));

        notes.saveAll(List.of(new Note(old.id(), "changed"), Note.of("new"), Note.of("newer")));

        assertThat(notes.findAll()).extracting(Note::text).containsExactlyInAnyOrder("changed", "new", "newer");
    }

    @Test
    void whenRowsAreDeletedThenTheyAreGone() {
        List<Note> saved = new ArrayList<>();
        notes.saveAll(IntStream.range(0, 6).mapToObj(i -> Note.of("note " + i)).toList())
                .forEach(saved::add);

        notes.deleteById(saved.get(0).key());
        notes.delete(saved.get(1));
        notes.deleteAllById(List.of(saved.get(2).key(), saved.get(3).key()));
        notes.deleteAll(List.of(saved.get(4)));

        assertThat(notes.existsById(saved.get(0).key())).isFalse();
        assertThat(notes.existsById(saved.get(5).key())).isTrue();
        assertThat(notes.findAll()).containsExactly(saved.get(5));
        notes.deleteById(saved.get(0).key());
        assertThat(notes.count()).isEqualTo(1);
    }

    @Test
    void whenPagesAreReadThenTheyHoldEachRowOnce() {
        notes.saveAll(IntStream.range(0, 25).mapToObj(i -> Note.of("note " + i)).toList());

        var first = notes.findAll(PageRequest.of(0, 20, Sort.by("id")));
        var second = notes.findAll(first.nextPageable());

        assertThat(second.getContent()).hasSize(5).doesNotContainAnyElementsOf(first.getContent());
        assertThat(second.getTotalElements()).isEqualTo(25);
        assertThat(second.hasNext()).isFalse();
        List<Long> descending = new ArrayList<>();
        notes.findAll(Sort.by("id").descending()).forEach(note -> descending.add(note.key()));
        assertThat(descending).hasSize(25).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void whenAPropertyToSortByIsUnknownThenItIsAnError() {
        assertThatThrownBy(() -> notes.findAll(Sort.by("id; DROP TABLE note"))).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> notes.findAll(Sort.by("nosuch"))).hasMessageContaining("nosuch");
        assertThat(notes.count()).isZero();
    }

    @Test
    void whenACallbackChoosesTheIdThenItIsThere() {
        Document saved = documents.save(new Document(null, "charter"));

        assertThat(documents.findById(saved.key())).contains(saved);
        assertThat(documents.findAllById(List.of(saved.key(), UUID.randomUUID())))
                .containsExactly(saved);
        assertThat(documents.existsById(saved.key())).isTrue();
        documents.deleteAllById(List.of(saved.key()));
        assertThat(documents.findAll()).isEmpty();
    }

    @Test
    void whenTheApplicationChoosesTheIdThenItSaysWhatIsNew() {
        settings.save(Setting.fresh("theme", "dark"));
        assertThatThrownBy(() -> settings.save(Setting.fresh("theme", "light")))
                .isInstanceOf(DuplicateKeyException.class);

        Setting found = settings.findById("theme").orElseThrow();
        found.value = "light";
        settings.save(found);
        assertThat(settings.findById("theme").orElseThrow().value).isEqualTo("light");
        settings.save(new Setting("nosuch", "x"));
        assertThat(settings.existsById("nosuch")).isFalse();
    }

    @Test
    void whenAnIdHasSeveralColumnsThenTheyAreOne() {
        JdbcAggregateTemplate template = application.bean(JdbcAggregateTemplate.class);
        template.insert(new Seat(new Place("red", 1), "ann"));
        template.insertAll(List.of(new Seat(new Place("red", 2), null), new Seat(new Place("blue", 1), "bob")));

        assertThat(seats.findById(new Place("red", 1))).contains(new Seat(new Place("red", 1), "ann"));
        assertThat(seats.findById(new Place("blue", 2))).isEmpty();
        assertThat(seats.findAllById(List.of(new Place("red", 2), new Place("blue", 1), new Place("blue", 9))))
                .hasSize(2);
        seats.save(new Seat(new Place("red", 2), "cid"));
        assertThat(seats.findById(new Place("red", 2))).map(Seat::owner).contains("cid");
        assertThat(template.upsert(new Seat(new Place("green", 1), "eve")).owner())
                .isEqualTo("eve");
        seats.deleteAllById(List.of(new Place("red", 1), new Place("red", 2)));
        assertThat(seats.findAll())
                .extracting(Seat::place)
                .containsExactlyInAnyOrder(new Place("blue", 1), new Place("green", 1));
        assertThatThrownBy(() -> template.insert(new Seat(new Place("blue", 1), "again")))
                .isInstanceOfAny(DuplicateKeyException.class, DbActionExecutionException.class);
    }
}
