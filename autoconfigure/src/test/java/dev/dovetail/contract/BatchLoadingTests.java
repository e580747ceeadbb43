package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.MappedCollection;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.ListPagingAndSortingRepository;

/** Children of many aggregates come by one statement per collection and level, and are those of their parents. */
@EngineContract
class BatchLoadingTests {

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, """
                    CREATE TABLE author (id ${identity}, name ${text})${strict};
                    CREATE TABLE book (id ${identity}, author ${bigint} NOT NULL REFERENCES author, author_key ${bigint} NOT NULL, title ${text})${strict};
                    CREATE TABLE shelf (id ${uuid} PRIMARY KEY, name ${text}, place_room ${text})${strict};
                    CREATE TABLE chapter (shelf ${uuid} NOT NULL REFERENCES shelf, shelf_key ${bigint} NOT NULL, title ${text})${strict};
                    CREATE TABLE page (shelf ${uuid} NOT NULL, shelf_key ${bigint} NOT NULL, chapter_key ${bigint} NOT NULL, text ${text})${strict};
                    CREATE TABLE note (shelf ${uuid} NOT NULL REFERENCES shelf, shelf_key ${text} NOT NULL, text ${text})${strict};
                    CREATE TABLE tag (shelf ${uuid} NOT NULL REFERENCES shelf, name ${text})${strict};
                    CREATE TABLE cover (shelf ${uuid} NOT NULL REFERENCES shelf, color ${text})${strict};
                    CREATE TABLE hall (city ${text} NOT NULL, number ${integer} NOT NULL, PRIMARY KEY (city, number))${strict};
                    CREATE TABLE chair (hall_city ${text} NOT NULL, hall_number ${integer} NOT NULL, hall_key ${bigint} NOT NULL, label ${text})${strict}""");

    private final TestApplication application;
    private final Authors authors;
    private final Shelves shelves;
    private final Random random = new Random(7);

    BatchLoadingTests(TestEngine engine) {
        application = applications.on(engine);
        authors = application.bean(Authors.class);
        shelves = application.bean(Shelves.class);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void empty() {
        for (String table :
                List.of("book", "author", "page", "chapter", "note", "tag", "cover", "shelf", "chair", "hall")) {
            application.template().update("DELETE FROM " + table);
        }
    }

    @Test
    void when100ParentsHave10ChildrenThenTwoStatementsReadThem() {
        authors.saveAll(
                IntStream.range(0, 100).mapToObj(i -> author("a" + i, 10)).toList());
        List<Long> ids = application
                .jdbc()
                .sql("SELECT id FROM author")
                .query(Long.class)
                .list();

        assertStatements(2, authors::findAll);
        assertStatements(2, () -> authors.findAllById(ids));
        assertStatements(2, () -> authors.findAll(Sort.by("name")));
        assertStatements(2, () -> authors.findByNameStartingWith("a"));
        assertStatements(2, authors::all);
        assertStatements(2, () -> authors.findAll(PageRequest.of(0, 200)).getContent());
        assertStatements(2, () -> authors.findByNameNotNull(Shown.class));
        assertStatements(2, () -> {
            try (Stream<Author> stream = authors.streamBy()) {
                return stream.toList();
            }
        });
    }

    private void assertStatements(int count, Supplier<List<?>> reading) {
        List<?> read = application.transaction().execute(status -> {
            application.statements();
            List<?> all = reading.get();
            assertThat(application.statements()).hasSize(count);
            return all;
        });
        assertThat(read).hasSize(100).allSatisfy(each -> {
            List<Book> books = each instanceof Shown shown ? shown.getBooks() : ((Author) each).books();
            assertThat(books).hasSize(10);
            assertThat(books.get(3).title()).endsWith("-3");
        });
    }

    @Test
    void whenThereAreMoreParentsThanOneStatementAsksForThenAllHaveTheirChildren() {
        authors.saveAll(
                IntStream.range(0, 1203).mapToObj(i -> author("a" + i, i % 3)).toList());
        assertThat(authors.findAll()).hasSize(1203).allSatisfy(Books::hasItsBooks);
        application.transaction().executeWithoutResult(status -> {
            application.statements();
            try (Stream<Author> stream = authors.streamBy()) {
                assertThat(stream).hasSize(1203).allSatisfy(Books::hasItsBooks);
            }
            assertThat(application.statements()).hasSize(4);
        });
    }

    @Test
    void whenAPageIsReadThenOnlyItsParentsHaveTheirChildrenRead() {
        authors.saveAll(IntStream.range(0, 30).mapToObj(i -> author("a" + i, 2)).toList());
        Page<Author> page = authors.findAll(PageRequest.of(1, 10, Sort.by("id")));
        assertThat(page.getTotalElements()).isEqualTo(30);
        assertThat(page.getContent()).hasSize(10).allSatisfy(Books::hasItsBooks);
    }

    @Test
    void whenOneParentComesTwiceThenEachHasChildrenOfItsOwn() {
        authors.save(author("a", 2));
        List<Author> twice = authors.twice();
        assertThat(twice).hasSize(2);
        assertThat(twice.get(0)).isEqualTo(twice.get(1));
        assertThat(twice.get(0).books()).isNotSameAs(twice.get(1).books());
    }

    @Test
    void whenAggregatesAreRandomThenEachIsReadAsItWasWritten() {
        Map<UUID, Shelf> written = new LinkedHashMap<>();
        for (int i = 0; i < 120; i++) {
            Shelf shelf = shelf();
            written.put(shelf.id(), shelf);
        }
        application.bean(JdbcAggregateTemplate.class).insertAll(written.values());

        List<Shelf> all = shelves.findAll();
        assertThat(all).containsExactlyInAnyOrderElementsOf(written.values());
        assertThat(all)
                .allSatisfy(shelf -> assertThat(shelves.findById(shelf.id())).contains(shelf));
        assertThat(shelves.findByNameIn(List.of("s0", "s1")))
                .containsExactlyInAnyOrderElementsOf(written.values().stream()
                        .filter(shelf -> Set.of("s0", "s1").contains(shelf.name()))
                        .toList());
        application.transaction().executeWithoutResult(status -> {
            application.statements();
            shelves.findAll();
            // Shelves, chapters, their pages, notes and tags.
            assertThat(application.statements()).hasSize(5);
        });
    }

    @Test
    void whenTheIdIsCompositeThenChildrenFindTheirParents() {
        List<Hall> halls = IntStream.range(0, 25)
                .mapToObj(i -> new Hall(
                        new HallId("c" + i % 4, i),
                        IntStream.range(0, i % 3)
                                .mapToObj(j -> new Chair(i + "-" + j))
                                .toList()))
                .toList();
        application.bean(JdbcAggregateTemplate.class).insertAll(halls);
        Halls repository = application.bean(Halls.class);
        application.transaction().executeWithoutResult(status -> {
            application.statements();
            assertThat(repository.findAll()).containsExactlyInAnyOrderElementsOf(halls);
            assertThat(application.statements()).hasSize(2);
        });
    }

    private static Author author(String name, int books) {
        return new Author(
                null,
                name,
                IntStream.range(0, books)
                        .mapToObj(i -> new Book(null, name + "-" + i))
                        .toList());
    }

    private Shelf shelf() {
        Map<String, Note> notes = new LinkedHashMap<>();
        IntStream.range(0, random.nextInt(4)).forEach(i -> notes.put("k" + random.nextInt(9), new Note("n" + i)));
        List<Chapter> chapters = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            chapters.add(new Chapter(
                    "ch" + random.nextInt(100),
                    IntStream.range(0, random.nextInt(4))
                            .mapToObj(page -> new PageText("p" + random.nextInt(100)))
                            .toList()));
        }
        return new Shelf(
                new UUID(random.nextLong(), random.nextLong()),
                "s" + random.nextInt(5),
                new Place("r" + random.nextInt(3)),
                random.nextBoolean() ? new Cover("blue") : null,
                chapters,
                notes,
                random.nextBoolean() ? Set.of(new Tag("x"), new Tag("y")) : Set.of());
    }

    private static final class Books {
        static void hasItsBooks(Author author) {
            List<String> titles = author.books().stream().map(Book::title).toList();
            assertThat(titles)
                    .isEqualTo(IntStream.range(0, titles.size())
                            .mapToObj(i -> author.name() + "-" + i)
                            .toList());
        }
    }

    record Book(@Id @Nullable Long id, String title) {}

    record Author(@Id @Nullable Long id, String name, List<Book> books) {}

    // Without the id Spring Data cannot ask for the children.
    interface Shown {
        Long getId();

        String getName();

        List<Book> getBooks();
    }

    @Table("page")
    record PageText(String text) {}

    record Chapter(String title, List<PageText> pages) {}

    record Note(String text) {}

    record Tag(String name) {}

    record Cover(String color) {}

    record Place(String room) {}

    record Shelf(
            @Id UUID id,
            String name,

            @Embedded(onEmpty = Embedded.OnEmpty.USE_NULL, prefix = "place_")
            Place place,

            @Nullable Cover cover,
            List<Chapter> chapters,
            Map<String, Note> notes,
            Set<Tag> tags) {}

    record HallId(String city, int number) {}

    record Chair(String label) {}

    record Hall(
            @Id HallId id,
            @MappedCollection(keyColumn = "hall_key") List<Chair> chairs) {}

    interface Authors extends ListCrudRepository<Author, Long>, ListPagingAndSortingRepository<Author, Long> {

        List<Author> findByNameStartingWith(String prefix);

        <T> List<T> findByNameNotNull(Class<T> type);

        Stream<Author> streamBy();

        @Query("SELECT * FROM author ORDER BY id")
        List<Author> all();

        @Query("SELECT * FROM author UNION ALL SELECT * FROM author")
        List<Author> twice();
    }

    interface Shelves extends ListCrudRepository<Shelf, UUID> {

        List<Shelf> findByNameIn(List<String> names);
    }

    interface Halls extends ListCrudRepository<Hall, HallId> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {Authors.class, Shelves.class, Halls.class}))
    static class Repositories {}
}
