package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.data.domain.Sort.Direction.DESC;

import dev.dovetail.repository.table.TableOperations;
import dev.dovetail.schema.UnknownNameException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;

/** Reading a part of the rows: limits, pages, windows, streams. */
class TablePagingTests extends TableContract {

    private static final int ROWS = 25;

    TablePagingTests(TestEngine engine) {
        super(engine);
    }

    @BeforeEach
    void insertRows() {
        define(List.of("item"), """
                CREATE TABLE item (id ${identity}, name ${text} NOT NULL, rank ${integer}, shade ${text}) ${strict}""");
        table("item").insertAll(IntStream.rangeClosed(1, ROWS).mapToObj(TablePagingTests::row));
    }

    private static Map<String, @Nullable Object> row(int id) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("name", "n" + id % 4);
        row.put("rank", id % 6 == 0 ? null : Integer.valueOf(id % 6));
        row.put("shade", id % 3 == 0 ? null : (id % 2 == 0 ? "Dark" : "dark") + id % 5);
        return row;
    }

    @Test
    void whenTheSecondPageOfTwentyIsReadThenItHasFive() {
        Page<Map<String, @Nullable Object>> page = table("item").page(PageRequest.of(1, 20));

        assertThat(page.getContent()).hasSize(5);
        assertThat(page.getTotalElements()).isEqualTo(ROWS);
        assertThat(page.getTotalPages()).isEqualTo(2);
        assertThat(page.hasNext()).isFalse();
        assertThat(ids(page.getContent())).containsExactly(21L, 22L, 23L, 24L, 25L);
    }

    @Test
    void whenPagesAreSortedByWhatManyShareThenEachRowIsOnOnePage() {
        List<Object> seen = new ArrayList<>();
        for (int number = 0; number < 9; number++) {
            seen.addAll(ids(table("item")
                    .page(PageRequest.of(number, 3, Sort.by("name")))
                    .getContent()));
        }
        assertThat(seen).hasSize(ROWS).doesNotHaveDuplicates();
    }

    @Test
    void whenAPageIsBeyondTheEndThenItIsEmptyAndKnowsTheTotal() {
        Page<Map<String, @Nullable Object>> page =
                table("item").where("id").le(7).page(PageRequest.of(5, 10));
        assertThat(page.getContent()).isEmpty();
        assertThat(page.getTotalElements()).isEqualTo(7);
        assertThat(table("item").page(Pageable.unpaged()).getContent()).hasSize(ROWS);
    }

    @Test
    void whenAPageIsSortedByAnUnknownColumnThenTheErrorListsThoseThereAre() {
        assertThatThrownBy(() -> table("item").page(PageRequest.of(0, 5, Sort.by("nmae"))))
                .isInstanceOf(UnknownNameException.class)
                .hasMessageContaining("Did you mean name")
                .hasMessageContaining("id, name, rank, shade");
    }

    @Test
    void whenLimitAndOffsetAreGivenThenThoseRowsAreRead() {
        assertThat(ids(table("item").orderBy("id", DESC).limit(2).offset(3).list()))
                .containsExactly(22L, 21L);
        assertThat(ids(table("item").orderBy("id").offset(23).list())).containsExactly(24L, 25L);
        assertThat(table("item").limit(0).list()).isEmpty();
        assertThat(table("item").orderBy("id").offset(4).first())
                .get()
                .extracting("id")
                .isEqualTo(5L);
    }

    @Test
    void whenThereAreSeveralThenOneRefusesAndFirstTakesTheFirst() {
        assertThat(table("item").where("id").is(3).one()).isPresent();
        assertThat(table("item").where("id").is(99).one()).isEmpty();
        assertThat(table("item").where("id").is(99).first()).isEmpty();
        assertThatThrownBy(() -> table("item").one()).isInstanceOf(IncorrectResultSizeDataAccessException.class);
    }

    static List<Sort> orders() {
        return List.of(
                Sort.unsorted(),
                Sort.by("id").descending(),
                Sort.by("name"),
                Sort.by("rank"),
                Sort.by("rank").descending(),
                Sort.by(Sort.Order.asc("rank").nullsFirst()),
                Sort.by(Sort.Order.desc("shade").nullsLast(), Sort.Order.asc("rank")),
                Sort.by(Sort.Order.asc("shade").ignoreCase()),
                Sort.by(
                        Sort.Order.desc("name"),
                        Sort.Order.asc("shade").ignoreCase().nullsFirst()));
    }

    @Test
    void whenWindowsAreScrolledThenTheyAreTheOrderedRows() {
        for (Sort order : orders()) {
            TableOperations rows = table("item").orderBy(order);
            List<Object> expected = ids(rows.limit(ROWS).list());
            assertThat(scroll(rows.limit(4), ScrollPosition.keyset()))
                    .as("%s", order)
                    .isEqualTo(expected);
            assertThat(scroll(rows.limit(5), ScrollPosition.offset()))
                    .as("%s", order)
                    .isEqualTo(expected);
        }
    }

    private static List<Object> scroll(TableOperations rows, ScrollPosition from) {
        List<Object> seen = new ArrayList<>();
        Window<Map<String, @Nullable Object>> window = rows.window(from);
        seen.addAll(ids(window.getContent()));
        while (window.hasNext()) {
            window = rows.window(window.positionAt(window.size() - 1));
            seen.addAll(ids(window.getContent()));
        }
        return seen;
    }

    @Test
    void whenScrolledBackwardThenTheRowsBeforeAreReadInTheirOrder() {
        for (Sort order : orders()) {
            TableOperations rows = table("item").orderBy(order);
            List<Object> expected = ids(rows.limit(ROWS).list());
            Window<Map<String, @Nullable Object>> all = rows.limit(20).window(ScrollPosition.keyset());
            KeysetScrollPosition twelfth = (KeysetScrollPosition) all.positionAt(12);

            Window<Map<String, @Nullable Object>> before = rows.limit(5).window(twelfth.backward());
            assertThat(ids(before.getContent())).as("%s", order).isEqualTo(expected.subList(7, 12));
            assertThat(before.hasNext()).isTrue();

            Window<Map<String, @Nullable Object>> start = rows.limit(50).window(twelfth.backward());
            assertThat(ids(start.getContent())).as("%s", order).isEqualTo(expected.subList(0, 12));
            assertThat(start.hasNext()).isFalse();
        }
    }

    @Test
    void whenKeysComeBackAsTextThenTheWindowIsTheSame() {
        TableOperations rows = table("item").orderBy("rank").limit(4);
        KeysetScrollPosition position =
                (KeysetScrollPosition) rows.window(ScrollPosition.keyset()).positionAt(3);
        Map<String, Object> texts = new LinkedHashMap<>();
        position.getKeys().forEach((name, value) -> texts.put(name, String.valueOf(value)));

        assertThat(rows.window(ScrollPosition.forward(texts)).getContent())
                .isEqualTo(rows.window(position).getContent());
    }

    @Test
    void whenAPositionIsNotOfTheQueryThenItIsRefused() {
        TableOperations rows = table("item").orderBy("rank").limit(4);
        for (Map<String, ?> keys :
                Arrays.<Map<String, ?>>asList(Map.of("id", 3), Map.of("rank", 1, "id", 3, "x", 1), Map.of("y", 2))) {
            assertThatThrownBy(() -> rows.window(ScrollPosition.forward(keys)))
                    .isInstanceOf(InvalidDataAccessApiUsageException.class)
                    .hasMessageContaining("rank")
                    .hasMessageContaining("id");
        }
        assertThatThrownBy(() -> rows.window(ScrollPosition.forward(Map.of("rank", "secret", "id", 3))))
                .hasMessageContaining("rank")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> table("item").window(ScrollPosition.keyset()))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("limit");
    }

    @Test
    void whenRowsComeAndGoMeanwhileThenThoseThatStayAreSeenOnce() throws InterruptedException {
        table("item").all().delete();
        table("item").insertAll(IntStream.rangeClosed(1, 2000).mapToObj(id -> row(id * 10)));
        AtomicBoolean done = new AtomicBoolean();
        Thread other = new Thread(() -> {
            for (int i = 0; !done.get(); i++) {
                int id = (i * 7919) % 20_000 / 10 * 10 + 1 + i % 9;
                if (table("item").where("id").is(id).delete() == 0) {
                    table("item").insert(row(id));
                }
            }
        });
        other.start();
        List<Object> seen;
        try {
            seen = scroll(table("item").orderBy("name").orderBy("rank", DESC).limit(37), ScrollPosition.keyset());
        } finally {
            done.set(true);
            other.join();
        }
        assertThat(seen).doesNotHaveDuplicates();
        assertThat(seen)
                .containsAll(IntStream.rangeClosed(1, 2000)
                        .mapToObj(id -> (Object) (id * 10L))
                        .toList());
    }

    @Test
    void whenStreamedThenRowsComeInOrderAndTheConnectionIsGivenBack() {
        try (Stream<Map<String, @Nullable Object>> rows = table("item").orderBy("id").stream()) {
            assertThat(rows.limit(3).<Object>map(row -> row.get("id"))).containsExactly(1L, 2L, 3L);
        }
        application.transaction().executeWithoutResult(status -> {
            table("item").insert(Map.of("id", 100, "name", "new"));
            try (Stream<Map<String, @Nullable Object>> rows = table("item").stream()) {
                assertThat(rows.count()).isEqualTo(ROWS + 1);
            }
        });
    }

    @Test
    void whenStreamedThenWhatIsDoneBetweenRowsIsCommittedByItself() {
        try (Stream<Map<String, @Nullable Object>> rows = table("item").orderBy("id").stream()) {
            rows.forEach(row -> table("item")
                    .where("id")
                    .is(Objects.requireNonNull(row.get("id")))
                    .update(Map.of("name", "seen")));
        }
        assertThat(table("item").where("name").is("seen").count()).isEqualTo(ROWS);
    }
}
