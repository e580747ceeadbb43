package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.core.mapping.AggregateReference;
import org.springframework.data.jdbc.core.mapping.JdbcMappingContext;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Embedded.OnEmpty;
import org.springframework.data.relational.core.mapping.MappedCollection;
import org.springframework.data.repository.ListCrudRepository;

/** A root and all that belongs to it, saved, read and deleted as one; also where it is to be read by one query. */
@EngineContract
class AggregateTests {

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, """
            CREATE TABLE author (id ${identity}, name ${text} NOT NULL) ${strict};
            CREATE TABLE book (
              id ${identity}, title ${text} NOT NULL, author ${bigint} REFERENCES author (id),
              first_printed ${date}, first_place_city ${text}, last_printed ${date}, last_place_city ${text}
            ) ${strict};
            CREATE TABLE cover (book ${bigint} PRIMARY KEY REFERENCES book (id), color ${text} NOT NULL) ${strict};
            CREATE TABLE chapter (
              id ${identity}, book ${bigint} NOT NULL REFERENCES book (id), book_key ${integer} NOT NULL, title ${text} NOT NULL
            ) ${strict};
            CREATE TABLE section (
              chapter ${bigint} NOT NULL REFERENCES chapter (id), chapter_key ${integer} NOT NULL, heading ${text}
            ) ${strict};
            CREATE TABLE tag (book ${bigint} NOT NULL REFERENCES book (id), name ${text} NOT NULL) ${strict};
            CREATE TABLE price (
              book_id ${bigint} NOT NULL REFERENCES book (id), currency ${text} NOT NULL, cents ${integer} NOT NULL
            ) ${strict};
            """);

    private final TestApplication application;
    private final Books books;
    private final Authors authors;
    private Author author = new Author(null, "");

    AggregateTests(TestEngine engine) {
        this.application = applications.on(engine);
        this.books = application.bean(Books.class);
        this.authors = application.bean(Authors.class);
    }

    record Author(@Id @Nullable Long id, String name) {
        long key() {
            return Objects.requireNonNull(id);
        }
    }

    record Place(@Nullable String city) {}

    record Printing(
            @Nullable LocalDate printed,

            @Embedded(onEmpty = OnEmpty.USE_NULL, prefix = "place_") @Nullable
            Place place) {}

    record Cover(String color) {}

    record Section(@Nullable String heading) {}

    record Chapter(@Id @Nullable Long id, String title, List<Section> sections) {}

    record Tag(String name) {}

    record Price(int cents) {}

    record Book(
            @Id @Nullable Long id,
            String title,
            @Nullable AggregateReference<Author, Long> author,

            @Embedded(onEmpty = OnEmpty.USE_NULL, prefix = "first_") @Nullable
            Printing first,

            @Embedded(onEmpty = OnEmpty.USE_EMPTY, prefix = "last_")
            Printing last,

            @Nullable Cover cover,
            List<Chapter> chapters,
            Set<Tag> tags,

            @MappedCollection(idColumn = "book_id", keyColumn = "currency")
            Map<String, Price> prices) {

        long key() {
            return Objects.requireNonNull(id);
        }

        Book with(List<Chapter> newChapters, Set<Tag> newTags, Map<String, Price> newPrices, @Nullable Cover newCover) {
            return new Book(id, title, author, first, last, newCover, newChapters, newTags, newPrices);
        }
    }

    interface Books extends ListCrudRepository<Book, Long> {

        List<Book> findByAuthorOrderByTitle(AggregateReference<Author, Long> author);

        List<Book> findByFirstPlaceCity(String city);
    }

    interface Authors extends ListCrudRepository<Author, Long> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {Books.class, Authors.class}))
    static class Repositories {}

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void empty() {
        books.deleteAll();
        authors.deleteAll();
        author = authors.save(new Author(null, "Kim"));
    }

    @AfterEach
    void readTableByTable() {
        application.bean(JdbcMappingContext.class).setSingleQueryLoadingEnabled(false);
    }

    private void readByOneQuery(boolean single) {
        application.bean(JdbcMappingContext.class).setSingleQueryLoadingEnabled(single);
    }

    private Book full(String title) {
        return new Book(
                null,
                title,
                AggregateReference.to(author.key()),
                new Printing(LocalDate.of(1999, 12, 31), new Place("Rome")),
                new Printing(null, null),
                new Cover("red"),
                List.of(
                        new Chapter(null, "one", List.of(new Section("a"), new Section(null), new Section("c"))),
                        new Chapter(null, "two", List.of())),
                Set.of(new Tag("old"), new Tag("long")),
                Map.of("EUR", new Price(1250), "CHF", new Price(1300)));
    }

    private static Book bare(String title) {
        return new Book(null, title, null, null, new Printing(null, null), null, List.of(), Set.of(), Map.of());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whenAnAggregateIsSavedThenAllOfItIsReadBack(boolean single) {
        Book saved = books.save(full("Thick"));
        books.saveAll(List.of(bare("Thin"), full("Other")));
        readByOneQuery(single);

        Book found = books.findById(saved.key()).orElseThrow();

        assertThat(found.title()).isEqualTo("Thick");
        assertThat(found.author()).isEqualTo(AggregateReference.to(author.key()));
        assertThat(found.first()).isEqualTo(new Printing(LocalDate.of(1999, 12, 31), new Place("Rome")));
        assertThat(found.cover()).isEqualTo(new Cover("red"));
        assertThat(found.chapters()).extracting(Chapter::title).containsExactly("one", "two");
        assertThat(found.chapters().get(0).sections())
                .containsExactly(new Section("a"), new Section(null), new Section("c"));
        assertThat(found.chapters().get(1).sections()).isEmpty();
        assertThat(found.tags()).containsExactlyInAnyOrder(new Tag("old"), new Tag("long"));
        assertThat(found.prices()).isEqualTo(Map.of("EUR", new Price(1250), "CHF", new Price(1300)));
        assertThat(books.findAll()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whenAllPartsAreEmptyThenTheyAreReadAsEmpty(boolean single) {
        Book saved = books.save(bare("Thin"));
        readByOneQuery(single);

        Book found = books.findById(saved.key()).orElseThrow();

        assertThat(found.author()).isNull();
        assertThat(found.first()).isNull();
        assertThat(found.last()).isEqualTo(new Printing(null, null));
        assertThat(found.cover()).isNull();
        assertThat(found.chapters()).isEmpty();
        assertThat(found.tags()).isEmpty();
        assertThat(found.prices()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whenAnAggregateIsChangedThenItsPartsAreReplaced(boolean single) {
        Book saved = books.save(full("Thick"));
        Book other = books.save(full("Other"));
        books.save(saved.with(
                List.of(new Chapter(null, "three", List.of(new Section("x")))),
                Set.of(new Tag("new")),
                Map.of("EUR", new Price(1)),
                null));
        readByOneQuery(single);

        Book found = books.findById(saved.key()).orElseThrow();
        assertThat(found.chapters()).extracting(Chapter::title).containsExactly("three");
        assertThat(found.tags()).containsExactly(new Tag("new"));
        assertThat(found.prices()).isEqualTo(Map.of("EUR", new Price(1)));
        assertThat(found.cover()).isNull();
        assertThat(rows("section")).isEqualTo(4);
        assertThat(books.findById(other.key()).orElseThrow().chapters()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whenAPartIsAskedForThenItsAggregateIsFound(boolean single) {
        books.saveAll(List.of(bare("Thin"), full("Thick"), full("Another")));
        readByOneQuery(single);

        assertThat(books.findByAuthorOrderByTitle(AggregateReference.to(author.key())))
                .extracting(Book::title)
                .containsExactly("Another", "Thick");
        assertThat(books.findByFirstPlaceCity("Rome"))
                .hasSize(2)
                .allSatisfy(book -> assertThat(book.chapters()).hasSize(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "by id", "some", "all"})
    void whenAnAggregateIsDeletedThenNothingOfItIsLeft(String which) {
        Book one = books.save(full("Thick"));
        Book two = books.save(full("Other"));
        switch (which) {
            case "one" -> List.of(one, two).forEach(books::delete);
            case "by id" -> List.of(one, two).forEach(book -> books.deleteById(book.key()));
            case "some" -> books.deleteAllById(List.of(one.key(), two.key()));
            default -> books.deleteAll();
        }
        assertThat(List.of("book", "cover", "chapter", "section", "tag", "price"))
                .allSatisfy(table -> assertThat(rows(table)).isZero());
    }

    @ParameterizedTest
    @ValueSource(longs = 123456)
    void whenAReferenceLeadsNowhereThenItIsRefusedAndNothingIsSaved(long nobody) {
        Book book = new Book(
                null,
                "Lost",
                AggregateReference.to(nobody),
                null,
                new Printing(null, null),
                new Cover("red"),
                List.of(),
                Set.of(new Tag("x")),
                Map.of());
        assertThatThrownBy(() -> books.save(book)).isInstanceOf(DataIntegrityViolationException.class);
        assertThatThrownBy(() -> {
                    books.save(full("Kept"));
                    authors.deleteAll();
                })
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(rows("tag")).isEqualTo(2);
        assertThat(authors.count()).isEqualTo(1);
    }

    private int rows(String table) {
        return application
                .jdbc()
                .sql("SELECT count(*) FROM " + table)
                .query(Integer.class)
                .single();
    }
}
