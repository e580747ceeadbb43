package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.repository.table.Condition;
import dev.dovetail.repository.table.TableOperations;
import dev.dovetail.schema.UnknownNameException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.TypeMismatchDataAccessException;

/** Rows that are inserted, replaced, changed and deleted. */
class TableWriteTests extends TableContract {

    record Account(
            @Nullable Long id,
            String email,
            BigDecimal balance,
            @Nullable String note) {}

    TableWriteTests(TestEngine engine) {
        super(engine);
    }

    @BeforeEach
    void createTables() {
        define(List.of("account", "plain", "token"), """
                CREATE TABLE account (id ${identity}, email ${text} NOT NULL, balance ${decimal_12_2} DEFAULT 0 NOT NULL,
                    note ${text} DEFAULT 'none', shout ${text} GENERATED ALWAYS AS (upper(email)) STORED) ${strict};
                CREATE UNIQUE INDEX account_email ON account (email);
                CREATE UNIQUE INDEX account_note ON account (note) WHERE balance > 1000;
                CREATE TABLE plain (a ${integer}, b ${text}) ${strict};
                CREATE TABLE token (id ${uuid} PRIMARY KEY, n ${integer} NOT NULL) ${strict}""");
    }

    private static Account account(String email) {
        return new Account(null, email, new BigDecimal("1.50"), null);
    }

    private static Map<String, @Nullable Object> values(@Nullable Object... pairs) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return values;
    }

    @Test
    void whenARowIsInsertedThenItIsReturnedAsItIsStored() {
        Map<String, @Nullable Object> stored = table("account").insert(Map.of("EMAIL", "a@b.c"));

        assertThat(stored)
                .isEqualTo(values(
                        "id",
                        1L,
                        "email",
                        "a@b.c",
                        "balance",
                        new BigDecimal("0.00"),
                        "note",
                        "none",
                        "shout",
                        "A@B.C"))
                .isEqualTo(table("account").one().orElseThrow());
        assertThatThrownBy(() -> stored.put("id", 2)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void whenARecordIsInsertedThenItsNullIdIsNumberedAndItsOtherNullsAreNulls() {
        assertThat(table("account").insert(account("x")))
                .containsEntry("id", 1L)
                .containsEntry("note", null)
                .containsEntry("balance", new BigDecimal("1.50"));
        assertThat(table("plain").insert(Map.of()))
                .isEqualTo(Collections.unmodifiableMap(values("a", null, "b", null)));
    }

    @Test
    void whenAColumnIsUnknownGeneratedOrGivenTwiceThenTheErrorNamesIt() {
        assertThatThrownBy(() -> table("account").insert(Map.of("emial", "x")))
                .isInstanceOf(UnknownNameException.class)
                .hasMessageContaining("Did you mean email")
                .hasMessageContaining("\"account\"");
        assertThatThrownBy(() -> table("account").insert(values("email", "x", "shout", "X")))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("\"shout\" of table \"account\" is computed");
        assertThatThrownBy(() -> table("account").insert(values("email", "x", "Email", "y")))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("two values");
        assertThatThrownBy(() -> table("account").insert("email"))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("java.lang.String");
        assertThatThrownBy(() -> table("account").insert(values("email", 5)))
                .isInstanceOf(TypeMismatchDataAccessException.class)
                .hasMessageContaining("\"email\" of table \"account\"");
        assertThatThrownBy(() -> table("account").insert(values("email", null)))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(table("account").count()).isZero();
    }

    @Test
    void whenManyAreInsertedThenEachHasItsOwnKey() {
        table("account").insert(Map.of("id", 7, "email", "seven"));
        application.template().execute("DELETE FROM account");
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < 2345; i++) {
            rows.add(i % 10 == 3 ? values("id", -i, "email", "e" + i) : account("e" + i));
        }
        List<Map<String, @Nullable Object>> keys = table("account").insertAll(rows);

        assertThat(keys).hasSize(rows.size()).doesNotHaveDuplicates();
        Map<Object, @Nullable Object> emails = new HashMap<>();
        table("account").list().forEach(row -> emails.put(Objects.requireNonNull(row.get("id")), row.get("email")));
        for (int i = 0; i < keys.size(); i++) {
            assertThat(keys.get(i)).containsOnlyKeys("id");
            assertThat(emails.get(keys.get(i).get("id"))).isEqualTo("e" + i);
        }
        assertThat(table("account").insert(Map.of("email", "next")).get("id"))
                .isNotIn(keys.stream().map(key -> key.get("id")).toList());
    }

    @Test
    void whenTheDatabaseNeverUsesANumberAgainThenNeitherDoTakenOnes() {
        String always = engine == TestEngine.SQLITE
                ? "INTEGER PRIMARY KEY AUTOINCREMENT"
                : "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY";
        define(List.of("counted"), "CREATE TABLE counted (id " + always + ", n ${integer})");
        List<Map<String, Integer>> rows = List.of(Map.of("n", 1), Map.of("n", 2), Map.of("n", 3));

        assertThat(table("counted").insertAll(rows)).hasToString("[{id=1}, {id=2}, {id=3}]");
        table("counted").all().delete();
        assertThat(table("counted").insertAll(rows)).hasToString("[{id=4}, {id=5}, {id=6}]");
        assertThat(table("counted").insert(Map.of("n", 4))).containsEntry("id", 7L);
    }

    @Test
    void whenTheDatabaseMakesUpKeysThenEachRowGetsItsOwn() {
        String random = engine == TestEngine.SQLITE ? "(lower(hex(randomblob(16))))" : "gen_random_uuid()";
        define(List.of("made"), "CREATE TABLE made (id ${uuid} DEFAULT " + random + " PRIMARY KEY, n ${integer})");
        List<Map<String, @Nullable Object>> keys = table("made")
                .insertAll(IntStream.range(0, 50).mapToObj(n -> Map.of("n", n)).toList());
        for (int n = 0; n < 50; n++) {
            assertThat(table("made").where("n").is(n).one().orElseThrow())
                    .containsEntry("id", keys.get(n).get("id"));
        }
    }

    @Test
    void whenKeysAreGivenOrThereAreNoneThenSoAreThoseReturned() {
        java.util.UUID uuid = new java.util.UUID(7, 8);
        assertThat(table("token").insertAll(List.of(values("id", uuid.toString(), "n", 1))))
                .containsExactly(values("id", uuid));
        assertThat(table("plain").insertAll(List.of(Map.of("a", 1), Map.of("b", "x"), Map.of())))
                .containsExactly(Map.of(), Map.of(), Map.of());
        assertThat(table("plain").count()).isEqualTo(3);
        assertThat(table("plain").insertAll(List.of())).isEmpty();
    }

    @Test
    void whenARowOfAHundredThousandIsInvalidThenNoneIsStored() {
        Stream<Map<String, @Nullable Object>> duplicate =
                IntStream.range(0, 100_000).mapToObj(i -> values("email", i == 50_001 ? "e7" : "e" + i));
        assertThatThrownBy(() -> table("account").insertAll(duplicate)).isInstanceOf(DuplicateKeyException.class);
        assertThat(table("account").count()).isZero();

        List<Map<String, @Nullable Object>> mistyped = IntStream.range(0, 100_000)
                .mapToObj(i -> values("email", i == 50_001 ? (Object) 5 : "e" + i))
                .toList();
        assertThatThrownBy(() -> table("account").insertAll(mistyped))
                .isInstanceOf(TypeMismatchDataAccessException.class);
        assertThat(table("account").count()).isZero();

        assertThat(table("account").insertAll(IntStream.range(0, 100_000).mapToObj(i -> values("email", "e" + i))))
                .isEqualTo(100_000);
        assertThat(table("account").count()).isEqualTo(100_000);
    }

    @Test
    void whenTheTransactionAroundIsRolledBackThenNothingStays() {
        application.transaction().executeWithoutResult(status -> {
            table("account").insertAll(List.of(account("a"), account("b")));
            assertThat(table("account").count()).isEqualTo(2);
            status.setRollbackOnly();
        });
        assertThat(table("account").count()).isZero();
    }

    @Test
    void whenUpsertedThenTheRowIsInsertedOrGetsTheValues() {
        Map<String, @Nullable Object> first = table("account").upsert(values("email", "a", "balance", 3), "email");
        Map<String, @Nullable Object> second =
                table("account").upsert(new Account(99L, "a", new BigDecimal("4"), "new"), "Email");

        assertThat(first).containsEntry("id", 1L).containsEntry("balance", new BigDecimal("3.00"));
        assertThat(second)
                .containsEntry("id", 1L)
                .containsEntry("balance", new BigDecimal("4.00"))
                .containsEntry("note", "new");
        assertThat(table("account").upsert(Map.of("email", "a"), "email")).isEqualTo(second);
        assertThat(table("account").list()).containsExactly(second);
        assertThat(table("account").upsert(values("id", 1, "email", "c"), "id")).containsEntry("email", "c");
    }

    @Test
    void whenThereIsNoKeyOverTheColumnsThenAnUpsertIsRefused() {
        for (String[] columns :
                List.of(new String[] {"balance"}, new String[] {"note"}, new String[] {"email", "id"}, new String[0])) {
            assertThatThrownBy(() -> table("account").upsert(account("a"), columns))
                    .isInstanceOf(InvalidDataAccessApiUsageException.class)
                    .hasMessageContaining("[email]")
                    .hasMessageContaining("[id]");
        }
        assertThatThrownBy(() -> table("account").upsert(Map.of("note", "x"), "email"))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("\"email\"");
    }

    @Test
    void whenSixteenThreadsUpsertOneKeyThenThereIsOneRowAndNoError() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Map<String, @Nullable Object>>> work = new ArrayList<>();
            for (int i = 0; i < 320; i++) {
                int balance = i;
                work.add(() -> table("account").upsert(values("email", "one", "balance", balance), "email"));
            }
            for (Future<Map<String, @Nullable Object>> each : threads.invokeAll(work)) {
                assertThat(each.get()).containsEntry("id", each.get().get("id")).containsEntry("email", "one");
            }
        } finally {
            threads.shutdown();
        }
        assertThat(table("account").count()).isEqualTo(1);
    }

    @Test
    void whenUpdatedOrDeletedWithAConditionThenThoseRowsAreCounted() {
        table("account").insertAll(List.of(account("a"), account("b"), account("c")));

        assertThat(table("account").where("email").in("a", "b").update(values("balance", 4, "note", null)))
                .isEqualTo(2);
        assertThat(table("account")
                        .where("balance")
                        .is(4)
                        .where("note")
                        .isNull()
                        .count())
                .isEqualTo(2);
        assertThat(table("account").where("email").is("zzz").delete()).isZero();
        assertThat(table("account").where("email").is("b").delete()).isEqualTo(1);
        assertThat(values(table("account").orderBy("email").list(), "email")).containsExactly("a", "c");
        assertThat(table("account").all().update(Map.of("note", "x"))).isEqualTo(2);
        assertThat(table("account").all().delete()).isEqualTo(2);
    }

    private static final List<Consumer<TableOperations>> UNBOUNDED = List.of(
            table -> table.delete(),
            table -> table.update(Map.of("note", "x")),
            table -> table.where("id").notIn(List.of()).delete(),
            table -> table.where(Condition.not(Condition.column("id").in())).delete(),
            table -> table.where(Condition.column("id")
                            .is(1)
                            .or(Condition.column("id").notIn()))
                    .update(Map.of("note", "x")));

    private static final List<Consumer<TableOperations>> MORE_THAN_A_CONDITION = List.of(
            table -> table.where("id").gt(0).limit(1).delete(),
            table -> table.where("id").gt(0).offset(1).delete(),
            table -> table.where("id").gt(0).orderBy("id").delete(),
            table -> table.where("id").gt(0).select("id").delete(),
            table -> table.where("id").gt(0).limit(1).update(Map.of("note", "x")));

    @Test
    void whenNothingKeepsARowOutThenUpdateAndDeleteAreRefused() {
        table("account").insertAll(List.of(account("a"), account("b")));
        List<Map<String, @Nullable Object>> before = table("account").list();
        application.statements();
        for (Consumer<TableOperations> unbounded : UNBOUNDED) {
            assertThatThrownBy(() -> unbounded.accept(table("account")))
                    .isInstanceOf(InvalidDataAccessApiUsageException.class)
                    .hasMessageContaining("all()");
        }
        for (Consumer<TableOperations> more : MORE_THAN_A_CONDITION) {
            assertThatThrownBy(() -> more.accept(table("account")))
                    .isInstanceOf(InvalidDataAccessApiUsageException.class)
                    .hasMessageContaining("conditions only");
        }
        assertThat(executed()).isEmpty();
        assertThat(table("account").list()).isEqualTo(before);
    }

    @Test
    void whenNarrowedThenAnInsertIsRefused() {
        for (TableOperations narrowed : List.of(
                table("account").where("id").is(1),
                table("account").limit(1),
                table("account").orderBy("id"))) {
            assertThatThrownBy(() -> narrowed.insert(account("a")))
                    .isInstanceOf(InvalidDataAccessApiUsageException.class)
                    .hasMessageContaining("\"account\"");
        }
        assertThat(table("account").count()).isZero();
    }

    @Test
    void whenAnUpdateIsNotPossibleThenTheErrorNamesTheColumn() {
        table("account").insert(account("a"));
        assertThatThrownBy(() -> table("account").all().update(Map.of("shout", "x")))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("shout");
        assertThatThrownBy(() -> table("account").all().update(Map.of()))
                .isInstanceOf(InvalidDataAccessApiUsageException.class);
        assertThatThrownBy(() -> table("account").all().update(Map.of("noet", "x")))
                .isInstanceOf(UnknownNameException.class);
    }
}
