package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Example;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.repository.CrudRepository;
import org.springframework.data.repository.query.QueryByExampleExecutor;

/** Windows of ordered queries, continued by keyset and by offset. */
@EngineContract
class WindowTests {

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, """
                    CREATE TABLE post (id ${identity}, status ${text} NOT NULL, title ${text}, created ${timestamp},
                        cents ${bigint}, token ${uuid}, author_name ${text}, author_age ${integer})${strict};
                    CREATE TABLE seat (hall ${text} NOT NULL, number ${integer} NOT NULL, label ${text},
                        PRIMARY KEY (hall, number))${strict};
                    CREATE TABLE ranked (id ${identity}, points ${bigint} NOT NULL)${strict};
                    CREATE INDEX ranked_points ON ranked (points, id)""");

    private final TestApplication application;
    private final Posts posts;
    private final Random random = new Random(42);

    WindowTests(TestEngine engine) {
        application = applications.on(engine);
        posts = application.bean(Posts.class);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void empty() {
        posts.deleteAll();
    }

    @Test
    void whenRowsHaveTiesAndNullsThenEveryOrderVisitsEachRowOnceAsJavaSortsThem() {
        List<Post> all = posts(150);
        for (int round = 0; round < 40; round++) {
            Sort sort = randomSort();
            List<Post> expected = all.stream().sorted(comparator(sort)).toList();
            int size = 1 + random.nextInt(40);
            assertThat(forward(sort, size)).as("%s by %d", sort, size).isEqualTo(expected);
            List<Post> backward = backward(sort, size);
            assertThat(backward).as("%s backward by %d", sort, size).isEqualTo(expected);
        }
    }

    private List<Post> forward(Sort sort, int size) {
        List<Post> seen = new ArrayList<>();
        Window<Post> window = posts.findAllBy(ScrollPosition.keyset(), sort, Limit.of(size));
        seen.addAll(window.getContent());
        while (window.hasNext()) {
            assertThat(window).hasSize(size);
            assertThat(seen).as("not going in circles").hasSizeLessThan(1000);
            window = posts.findAllBy(window.positionAt(window.size() - 1), sort, Limit.of(size));
            seen.addAll(window.getContent());
        }
        return seen;
    }

    private List<Post> backward(Sort sort, int size) {
        List<Post> seen = new ArrayList<>();
        Window<Post> window = posts.findAllBy(ScrollPosition.keyset().backward(), sort, Limit.of(size));
        seen.addAll(0, window.getContent());
        while (window.hasNext()) {
            assertThat(seen).as("not going in circles").hasSizeLessThan(1000);
            window = posts.findAllBy(window.positionAt(0), sort, Limit.of(size));
            seen.addAll(0, window.getContent());
        }
        return seen;
    }

    @Test
    void whenTheNameGivesConditionOrderAndSizeThenTheWindowHasThem() {
        List<Post> all = posts(60);
        List<Post> expected = all.stream()
                .filter(post -> post.status() == Status.OPEN || Objects.equals(post.title(), "b"))
                .sorted(comparator(Sort.by(Sort.Direction.DESC, "created")))
                .toList();
        List<Post> seen = new ArrayList<>();
        Window<Post> window =
                posts.findFirst7ByStatusOrTitleOrderByCreatedDesc(Status.OPEN, "b", ScrollPosition.keyset());
        seen.addAll(window.getContent());
        while (window.hasNext()) {
            assertThat(seen).as("not going in circles").hasSizeLessThan(1000);
            window = posts.findFirst7ByStatusOrTitleOrderByCreatedDesc(
                    Status.OPEN, "b", window.positionAt(window.size() - 1));
            seen.addAll(window.getContent());
        }
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void whenPositionsAreOffsetsThenWindowsFollowEachOther() {
        posts(30);
        List<Post> seen = new ArrayList<>();
        Window<Post> window = posts.findAllBy(ScrollPosition.offset(), Sort.by("title"), Limit.of(7));
        seen.addAll(window.getContent());
        while (window.hasNext()) {
            assertThat(seen).as("not going in circles").hasSizeLessThan(1000);
            window = posts.findAllBy(window.positionAt(window.size() - 1), Sort.by("title"), Limit.of(7));
            seen.addAll(window.getContent());
        }
        assertThat(seen).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void whenRowsComeAndGoMeanwhileThenTheOthersAreVisitedOnce() {
        List<Post> all = posts(200);
        Set<Long> kept = new HashSet<>(all.stream().map(Post::id).toList());
        List<Long> seen = new ArrayList<>();
        Sort sort = Sort.by("title").and(Sort.by("created").descending());
        Window<Post> window = posts.findAllBy(ScrollPosition.keyset(), sort, Limit.of(10));
        while (seen.size() < 1000) {
            window.forEach(post -> seen.add(post.id()));
            posts.save(randomPost());
            Post gone = all.get(random.nextInt(all.size()));
            posts.deleteById(Objects.requireNonNull(gone.id()));
            kept.remove(gone.id());
            if (!window.hasNext()) {
                break;
            }
            assertThat(seen).as("not going in circles").hasSizeLessThan(1000);
            window = posts.findAllBy(window.positionAt(window.size() - 1), sort, Limit.of(10));
        }
        assertThat(seen).doesNotHaveDuplicates().containsAll(kept);
    }

    @Test
    void whenKeysWereTextOnTheirWayThenTheWindowContinues() {
        List<Post> all = posts(40);
        Sort sort = Sort.by("status", "created", "cents", "token");
        List<Post> expected = all.stream().sorted(comparator(sort)).toList();
        Window<Post> window = posts.findAllBy(ScrollPosition.keyset(), sort, Limit.of(9));
        Map<String, Object> sent = new LinkedHashMap<>();
        ((KeysetScrollPosition) window.positionAt(8))
                .getKeys()
                .forEach((name, value) -> sent.put(name, value == null ? null : value.toString()));
        assertThat(posts.findAllBy(ScrollPosition.forward(sent), sort, Limit.of(9))
                        .getContent())
                .isEqualTo(expected.subList(9, 18));
    }

    @Test
    void whenAnExampleScrollsThenItsConditionHolds() {
        List<Post> all = posts(60);
        Sort sort = Sort.by("cents").descending();
        List<@Nullable String> expected = all.stream()
                .filter(post -> post.status() == Status.OPEN)
                .sorted(comparator(sort))
                .map(Post::title)
                .toList();
        Example<Post> example = Example.of(new Post(null, Status.OPEN, null, null, null, null, null));
        List<@Nullable String> seen = new ArrayList<>();
        ScrollPosition position = ScrollPosition.keyset();
        while (seen.size() < 1000) {
            ScrollPosition from = position;
            Window<Titled> window = posts.findBy(
                    example,
                    query -> query.sortBy(sort).limit(4).as(Titled.class).scroll(from));
            window.forEach(titled -> seen.add(titled.getTitle()));
            if (!window.hasNext()) {
                break;
            }
            position = window.positionAt(window.size() - 1);
        }
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void whenAProjectionIsAskedForThenTheWindowHoldsIt() {
        posts.save(post("a", Instant.EPOCH));
        posts.save(post("b", null));
        Window<TitleOnly> window = posts.findByStatus(
                Status.OPEN, ScrollPosition.keyset(), Sort.by("created"), Limit.of(1), TitleOnly.class);
        assertThat(window).containsExactly(new TitleOnly("a"));
        assertThat(posts.findByStatus(
                        Status.OPEN, window.positionAt(0), Sort.by("created"), Limit.of(1), TitleOnly.class))
                .containsExactly(new TitleOnly("b"));
    }

    @Test
    void whenTheIdIsCompositeThenItCompletesTheOrder() {
        Seats seats = application.bean(Seats.class);
        seats.deleteAll();
        List<Seat> all = IntStream.range(0, 30)
                .mapToObj(i -> new Seat(new SeatId("h" + i % 3, i / 3), i % 2 == 0 ? "x" : null))
                .toList();
        seats.insertEach(application, all);
        List<Seat> seen = new ArrayList<>();
        Sort sort = Sort.by("label").descending();
        Window<Seat> window = seats.findAllBy(ScrollPosition.keyset(), sort, Limit.of(4));
        seen.addAll(window.getContent());
        while (window.hasNext()) {
            assertThat(seen).hasSizeLessThan(1000);
            window = seats.findAllBy(window.positionAt(window.size() - 1), sort, Limit.of(4));
            seen.addAll(window.getContent());
        }
        assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
        assertThat(seen.subList(0, 15)).allMatch(seat -> seat.label() == null);
    }

    @Test
    void whenNoNullsAreAllowedThenAnIndexFindsTheNextRow() {
        Ranks ranks = application.bean(Ranks.class);
        application.template().update("""
                INSERT INTO ranked (points)
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT i / 3 FROM n""");
        application.template().execute("ANALYZE");
        Window<Ranked> first = ranks.findFirst10ByOrderByPoints(ScrollPosition.keyset());
        application.statements();
        ranks.findFirst10ByOrderByPoints(first.positionAt(9));
        String sql = application.statements().stream()
                .map(event -> event.sql())
                .filter(each -> each.contains("ranked"))
                .findFirst()
                .orElseThrow();
        boolean sqlite = application.context().getEnvironment().containsProperty("dovetail.sqlite.path");
        String plan = String.join(
                "\n",
                application
                        .template()
                        .query(
                                (sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + sql,
                                (row, number) -> row.getString(sqlite ? 4 : 1),
                                sql.chars()
                                        .filter(c -> c == '?')
                                        .mapToObj(i -> 3L)
                                        .toArray()));
        assertThat(plan)
                .contains("ranked_points", sqlite ? "SEARCH" : "Index Cond")
                .doesNotContainIgnoringCase("sort")
                .doesNotContain("TEMP B-TREE FOR ORDER BY");
    }

    @Test
    void whenTheOrderIsImpossibleThenTheErrorSaysWhy() {
        assertRefused(Sort.unsorted(), "needs an order");
        assertRefused(Sort.by("titel"), "no property \"titel\"", "Did you mean title?");
        assertRefused(Sort.by(Sort.Order.by("title").ignoreCase()), "'title' without regard to case");
        assertRefused(Sort.by(Sort.Order.asc("title").nullsFirst()), "NULLs of 'title'");
        assertRefused(Sort.by("author"), "'author'", "not a single column");
        assertRefused(Sort.by("title; DROP TABLE post"), "no property");
    }

    private void assertRefused(Sort sort, String... says) {
        assertThatThrownBy(() -> posts.findAllBy(ScrollPosition.keyset(), sort, Limit.of(5)))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContainingAll(says);
    }

    @Test
    void whenThePositionIsOfAnotherOrderThenTheErrorNamesTheKey() {
        assertThatThrownBy(
                        () -> posts.findAllBy(ScrollPosition.forward(Map.of("id", 1)), Sort.by("title"), Limit.of(5)))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("'title'");
        assertThatThrownBy(() -> posts.findAllBy(
                        ScrollPosition.forward(Map.of("id", 1, "created", "yesterday")),
                        Sort.by("created"),
                        Limit.of(5)))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("'created' is not a Instant");
    }

    private Sort randomSort() {
        List<String> names =
                new ArrayList<>(List.of("status", "title", "created", "cents", "token", "author.name", "author.age"));
        Collections.shuffle(names, random);
        return Sort.by(names.subList(0, 1 + random.nextInt(3)).stream()
                .map(name -> random.nextBoolean() ? Sort.Order.asc(name) : Sort.Order.desc(name))
                .toList());
    }

    private static Comparator<Post> comparator(Sort sort) {
        Comparator<Post> all = Comparator.comparingInt(post -> 0);
        boolean ascending = true;
        for (Sort.Order order : sort) {
            Comparator<Post> by = Comparator.comparing(KEYS.get(order.getProperty()), WindowTests::compare);
            ascending = order.isAscending();
            all = all.thenComparing(ascending ? by : by.reversed());
        }
        Comparator<Post> byId = Comparator.comparing(post -> Objects.requireNonNull(post.id()));
        return all.thenComparing(ascending ? byId : byId.reversed());
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int compare(@Nullable Comparable one, @Nullable Comparable other) {
        return Comparator.nullsLast(Comparator.<Comparable>naturalOrder()).compare(one, other);
    }

    private static final Map<String, Function<Post, @Nullable Comparable<?>>> KEYS = Map.of(
            "status", post -> post.status().name(),
            "title", Post::title,
            "created", Post::created,
            "cents", Post::cents,
            "token", post -> post.token() == null ? null : post.token().toString(),
            "author.name", post -> post.author() == null ? null : post.author().name(),
            "author.age", post -> post.author() == null ? null : post.author().age());

    private List<Post> posts(int count) {
        return IntStream.range(0, count).mapToObj(i -> posts.save(randomPost())).toList();
    }

    private Post randomPost() {
        return new Post(
                null,
                random.nextBoolean() ? Status.OPEN : Status.CLOSED,
                oneOrNone("a", "b", "Ä", "é", "z"),
                oneOrNone(Instant.EPOCH, Instant.EPOCH.plus(random.nextInt(5), ChronoUnit.MICROS)),
                oneOrNone(950L, 1000L, -125L),
                oneOrNone(new UUID(1, random.nextInt(3))),
                oneOrNone(new Author(oneOrNone("x"), random.nextInt(3))));
    }

    @SafeVarargs
    private <T> @Nullable T oneOrNone(T... values) {
        int chosen = random.nextInt(values.length + 1);
        return chosen < values.length ? values[chosen] : null;
    }

    private static Post post(@Nullable String title, @Nullable Instant created) {
        return new Post(null, Status.OPEN, title, created, null, null, null);
    }

    enum Status {
        OPEN,
        CLOSED
    }

    record Author(@Nullable String name, @Nullable Integer age) {}

    record Post(
            @Id @Nullable Long id,
            Status status,
            @Nullable String title,
            @Nullable Instant created,
            @Nullable Long cents,
            @Nullable UUID token,

            @Embedded(onEmpty = Embedded.OnEmpty.USE_NULL, prefix = "author_") @Nullable
            Author author) {}

    record TitleOnly(@Nullable String title) {}

    interface Titled {
        @Nullable
        String getTitle();
    }

    record SeatId(String hall, int number) {}

    record Seat(@Id SeatId id, @Nullable String label) {}

    record Ranked(@Id @Nullable Long id, long points) {}

    interface Posts extends CrudRepository<Post, Long>, QueryByExampleExecutor<Post> {

        Window<Post> findAllBy(ScrollPosition position, Sort sort, Limit limit);

        Window<Post> findFirst7ByStatusOrTitleOrderByCreatedDesc(Status status, String title, ScrollPosition position);

        <T> Window<T> findByStatus(Status status, ScrollPosition position, Sort sort, Limit limit, Class<T> type);
    }

    interface Seats extends CrudRepository<Seat, SeatId> {

        Window<Seat> findAllBy(ScrollPosition position, Sort sort, Limit limit);

        default void insertEach(TestApplication application, List<Seat> all) {
            application
                    .bean(org.springframework.data.jdbc.core.JdbcAggregateOperations.class)
                    .insertAll(all);
        }
    }

    interface Ranks extends CrudRepository<Ranked, Long> {

        Window<Ranked> findFirst10ByOrderByPoints(ScrollPosition position);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {Posts.class, Seats.class, Ranks.class}))
    static class Repositories {}
}
