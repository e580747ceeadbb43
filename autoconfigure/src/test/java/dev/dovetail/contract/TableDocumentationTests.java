package dev.dovetail.contract;

import static dev.dovetail.repository.table.Condition.anyOf;
import static dev.dovetail.repository.table.Condition.column;
import static dev.dovetail.repository.table.Condition.not;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.Database;
import dev.dovetail.engine.QueryPlan;
import dev.dovetail.repository.table.Aggregate;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;

/** The examples of the documentation, which are parts of this class. */
class TableDocumentationTests extends TableContract {

    private static final Pattern EXAMPLE = Pattern.compile("(?s)```java\n(.*?)```");

    record User(long id, String name, Email email) {}

    record Email(String value) {}

    private final Database database;

    TableDocumentationTests(TestEngine engine) {
        super(engine);
        this.database = application.database();
    }

    @BeforeEach
    void createTables() {
        define(List.of("messages", "orders", "users"), """
                CREATE TABLE users (id ${identity}, email ${text} NOT NULL, name ${text}, active ${boolean}, profile ${json})
                    ${strict};
                CREATE UNIQUE INDEX users_email ON users (email);
                CREATE TABLE messages (id ${identity}, author ${bigint} REFERENCES users (id), body ${text}) ${strict};
                CREATE TABLE orders (id ${identity}, customer ${bigint}, amount ${decimal_12_2}) ${strict}""");
    }

    @Test
    void whenTheExamplesAreReadThenTheyAreThoseThatAreRun() throws IOException {
        String source =
                plain(Files.readString(Path.of("src/test/java/dev/dovetail/contract/TableDocumentationTests.java")));
        List<String> examples = EXAMPLE.matcher(Files.readString(Path.of("../docs/table.md")))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
        assertThat(examples).hasSizeGreaterThan(8);
        for (String example : examples) {
            for (String part : example.split("\n\n")) {
                assertThat(source.contains(plain(part))).as(part).isTrue();
            }
        }
    }

    private static String plain(String code) {
        return code.replace("@Nullable", "").replaceAll("\\s", "");
    }

    @Test
    void whenRowsAreReadThenAsDocumented() {
        insertUsers();
        List<Map<String, @Nullable Object>> all = database.table("users").findAll();

        Optional<Map<String, @Nullable Object>> user =
                database.table("users").where("email").is("ada@example.org").one();

        List<User> page = database.table("users")
                .where("active")
                .is(true)
                .orderBy("name")
                .limit(20)
                .offset(40)
                .as(User.class)
                .list();

        assertThat(all).hasSize(60);
        assertThat(user).get().extracting("name").isEqualTo("Ada");
        assertThat(page).hasSize(19).first().isEqualTo(new User(47, "n47", new Email("e47")));
    }

    private void insertUsers() {
        List<Map<String, Object>> users = new java.util.ArrayList<>();
        users.add(Map.of("email", "ada@example.org", "name", "Ada", "active", false));
        for (int i = 2; i <= 60; i++) {
            users.add(Map.of("email", "e" + i, "name", "n" + i, "active", true));
        }
        database.table("users").insertAll(users);
    }

    @Test
    void whenConditionsAreCombinedThenAsDocumented() {
        insertUsers();
        List<?> found = database.table("users")
                .where(anyOf(
                        column("name").startsWith("Ad"),
                        column("email").ignoreCase().is("ADA@example.org")))
                .where(not(column("id").in(7, 8)))
                .list();
        assertThat(found).hasSize(1);
    }

    @Test
    void whenPagesAndWindowsAreReadThenAsDocumented() {
        insertUsers();
        Page<Map<String, @Nullable Object>> second =
                database.table("users").page(PageRequest.of(1, 20, Sort.by("name")));

        Window<Map<String, @Nullable Object>> window =
                database.table("users").orderBy("name").limit(50).window(ScrollPosition.keyset());
        while (window.hasNext()) {
            window = database.table("users").orderBy("name").limit(50).window(window.positionAt(window.size() - 1));
        }

        assertThat(second.getTotalPages()).isEqualTo(3);
        assertThat(window.getContent()).hasSize(10);
    }

    @Test
    void whenJoinedAndAddedUpThenAsDocumented() {
        insertUsers();
        database.table("messages").insert(Map.of("author", 1, "body", "hello"));
        database.table("orders")
                .insertAll(List.of(
                        Map.of("customer", 1, "amount", new BigDecimal("999.99")),
                        Map.of("customer", 1, "amount", new BigDecimal("0.02")),
                        Map.of("customer", 2, "amount", 7)));

        List<?> messages = database.table("messages")
                .join("users")
                .where("users.email")
                .is("ada@example.org")
                .select("id", "body", "users.name")
                .list();

        BigDecimal total = database.table("orders").sum("amount");

        List<Map<String, @Nullable Object>> large = database.table("orders")
                .groupBy("customer")
                .aggregate(Aggregate.count(), Aggregate.sum("amount"))
                .having(Aggregate.sum("amount"))
                .gt(1000)
                .orderBy(Aggregate.sum("amount"), Sort.Direction.DESC)
                .limit(10)
                .list();

        assertThat(messages).hasToString("[{id=1, body=hello, users.name=Ada}]");
        assertThat(total).isEqualTo(new BigDecimal("1007.01"));
        assertThat(large).hasToString("[{customer=1, count=2, sum_amount=1000.01}]");
    }

    @Test
    void whenWrittenThenAsDocumented() {
        Map<String, Object> grace = Map.of("email", "grace@example.org", "active", false);
        Map<String, Object> linus = Map.of("email", "linus@example.org", "active", true);
        Map<String, @Nullable Object> stored =
                database.table("users").insert(Map.of("email", "ada@example.org", "name", "Ada"));

        List<Map<String, @Nullable Object>> keys = database.table("users").insertAll(List.of(grace, linus));

        database.table("users").upsert(Map.of("email", "ada@example.org", "name", "Ada Lovelace"), "email");

        long renamed = database.table("users").where("name").is("Ada").update(Map.of("name", "A."));

        long deleted = database.table("users").where("active").is(false).delete();

        assertThat(stored).containsEntry("id", 1L);
        assertThat(keys).hasToString("[{id=2}, {id=3}]");
        assertThat(renamed).isZero();
        assertThat(deleted).isEqualTo(1);
        assertThat(database.table("users").all().delete()).isEqualTo(2);
    }

    @Test
    void whenDocumentsArePlannedThenAsDocumented() throws IOException {
        database.table("users").insert(Map.of("email", "a", "profile", "{\"address\": {\"lines\": [\"Street 1\"]}}"));
        List<?> found = database.table("users")
                .where("profile")
                .json("address.lines[0]")
                .is("Street 1")
                .list();
        String expression = database.table("users").jsonExpression("profile", "address.city");
        QueryPlan plan =
                database.table("users").where("email").is("ada@example.org").explain();

        assertThat(found).hasSize(1);
        assertThat(Files.readString(Path.of("../docs/table.md"))).contains("`" + expression + "`");
        assertThat(plan.raw()).isNotBlank();
    }
}
