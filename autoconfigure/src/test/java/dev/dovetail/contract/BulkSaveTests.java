package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.datasource.StatementEvent;
import dev.dovetail.schema.SchemaCatalog;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.jdbc.core.mapping.AggregateReference;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.relational.core.mapping.event.AfterSaveCallback;
import org.springframework.data.relational.core.mapping.event.BeforeConvertCallback;
import org.springframework.data.relational.core.mapping.event.BeforeSaveCallback;
import org.springframework.data.repository.ListCrudRepository;

/** Many new aggregates at once: as each alone would be saved, with the id of its own row, however that comes about. */
@EngineContract
class BulkSaveTests {

    private static final int MANY = 250;

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, """
                    CREATE TABLE widget (id ${identity}, version ${bigint} NOT NULL, name ${text} NOT NULL, price ${decimal_12_2},
                        made ${timestamp}, code ${uuid}, street ${text}, city ${text}, owner ${bigint}, size ${text}, bytes ${blob})${strict};
                    CREATE TABLE token (id ${uuid} PRIMARY KEY, name ${text} NOT NULL)${strict};
                    CREATE TABLE numbered (id ${identity}, name ${text} NOT NULL)${strict}""");

    private final TestEngine engine;
    private final TestApplication application;

    BulkSaveTests(TestEngine engine) {
        this.engine = engine;
        application = applications.on(engine);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void empty() {
        for (String table : List.of("widget", "token", "numbered")) {
            application.template().update("DELETE FROM " + table);
        }
        application.bean(Log.class).entries.clear();
        application.statements();
    }

    private void numbered(String ddl) {
        application.template().execute("DROP TABLE IF EXISTS numbered");
        for (String statement : ddl.split("--")) {
            application.template().execute(statement);
        }
        application.bean(SchemaCatalog.class).refresh();
    }

    private static List<Numbered> names(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Numbered(null, "n" + i))
                .toList();
    }

    private void assertEachHasTheIdOfItsRow(List<Numbered> saved) {
        Map<Long, String> rows = application.jdbc().sql("SELECT id, name FROM numbered").query().listOfRows().stream()
                .collect(Collectors.toMap(
                        row -> ((Number) Objects.requireNonNull(row.get("id"))).longValue(),
                        row -> String.valueOf(row.get("name"))));
        assertThat(rows).hasSize(saved.size());
        assertThat(saved).allSatisfy(each -> assertThat(rows.get(each.id())).isEqualTo(each.name()));
        assertThat(saved)
                .extracting(Numbered::name)
                .isEqualTo(names(saved.size()).stream().map(Numbered::name).toList());
    }

    private static Widget widget(int i) {
        return new Widget(
                null,
                null,
                "w\t" + i + "\\N",
                i % 7 == 0 ? null : new BigDecimal(i).movePointLeft(2),
                Instant.parse("2026-01-01T00:00:00.123456Z").plusSeconds(i),
                i % 5 == 0 ? null : new UUID(i, -i),
                i % 3 == 0 ? null : new Address("street " + i, i % 2 == 0 ? null : "city"),
                i % 4 == 0 ? null : AggregateReference.to((long) i),
                Size.values()[i % 2],
                new byte[] {(byte) i, 0, 92});
    }

    @Test
    void whenManyAreSavedThenTheirRowsAreThoseOfSingleSaves() {
        Widgets widgets = application.bean(Widgets.class);
        for (int i = 0; i < MANY; i++) {
            widgets.save(widget(i));
        }
        List<Map<String, @Nullable Object>> single = rows();
        application.template().update("DELETE FROM widget");
        List<Widget> saved = widgets.saveAll(
                IntStream.range(0, MANY).mapToObj(BulkSaveTests::widget).toList());

        assertThat(rows()).usingRecursiveComparison().isEqualTo(single);
        assertThat(saved).allMatch(each -> Objects.equals(each.version(), 0L));
        for (Widget each : saved) {
            assertThat(widgets.findById(Objects.requireNonNull(each.id())).orElseThrow())
                    .usingRecursiveComparison()
                    .isEqualTo(each);
        }
    }

    private List<Map<String, @Nullable Object>> rows() {
        return application.database().table("widget").orderBy("id").list().stream()
                .map(row -> {
                    Map<String, @Nullable Object> copy = new java.util.LinkedHashMap<>(row);
                    copy.remove("id");
                    return copy;
                })
                .toList();
    }

    @Test
    void whenManyAreSavedThenFewStatementsAreSentWhateverTheirNumber() {
        application.bean(NumberedRows.class).saveAll(names(1000));
        assertThat(application.statements()).hasSizeLessThanOrEqualTo(4);
        application.bean(NumberedRows.class).saveAll(names(2000));
        assertThat(application.statements()).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void whenThereAreCallbacksAndEventsThenEachSeesEachInItsTurn() {
        application.bean(NumberedRows.class).save(new Numbered(null, "logged"));
        List<String> single = List.copyOf(application.bean(Log.class).entries);
        application.bean(Log.class).entries.clear();
        List<Numbered> saved = application
                .bean(NumberedRows.class)
                .saveAll(List.of(new Numbered(null, "logged"), new Numbered(null, "logged")));

        List<String> expected = new ArrayList<>();
        List<String> before =
                single.stream().filter(each -> each.startsWith("before")).toList();
        List<String> after =
                single.stream().filter(each -> each.startsWith("after")).toList();
        assertThat(before).hasSize(2);
        assertThat(after).hasSize(1);
        expected.addAll(before);
        expected.addAll(before);
        expected.addAll(after);
        expected.addAll(after);
        assertThat(application.bean(Log.class).entries).isEqualTo(expected);
        assertThat(saved).extracting(Numbered::name).containsOnly("logged, converted, checked, saved");
    }

    @Test
    void whenIdsAreGivenThenTheyAreKept() {
        List<Token> tokens = IntStream.range(0, MANY)
                .mapToObj(i -> new Token(new UUID(7, i), "t" + i))
                .toList();
        JdbcAggregateTemplate operations = application.bean(JdbcAggregateTemplate.class);
        assertThat(operations.insertAll(tokens)).isEqualTo(tokens);
        assertThat(application.bean(Tokens.class).findAll()).containsExactlyInAnyOrderElementsOf(tokens);
        assertThatThrownBy(() -> operations.insertAll(tokens)).isInstanceOf(DataIntegrityViolationException.class);
        assertThat(application.bean(Tokens.class).count()).isEqualTo(MANY);
    }

    @Test
    void whenOneRowIsRefusedOutsideATransactionThenNoneIsLeft() {
        JdbcAggregateTemplate operations = application.bean(JdbcAggregateTemplate.class);
        List<Token> tokens = IntStream.range(0, MANY)
                .mapToObj(i -> new Token(new UUID(7, i == 200 ? 100 : i), "t" + i))
                .toList();
        assertThatThrownBy(() -> operations.insertAll(tokens)).isInstanceOf(DataIntegrityViolationException.class);
        assertThat(application.bean(Tokens.class).count()).isZero();
    }

    @Test
    void whenTheDatabaseAlwaysNumbersRowsThenTheIdsAreRight() {
        numbered("CREATE TABLE numbered (id "
                + (engine == TestEngine.SQLITE
                        ? "INTEGER PRIMARY KEY AUTOINCREMENT"
                        : "bigint GENERATED ALWAYS AS IDENTITY (START WITH 100 INCREMENT BY -7 MINVALUE -1000000 MAXVALUE 100) PRIMARY KEY")
                + ", name text NOT NULL)");
        assertEachHasTheIdOfItsRow(application.bean(NumberedRows.class).saveAll(names(MANY)));
        numbered("CREATE TABLE numbered (id "
                + (engine == TestEngine.SQLITE ? "INTEGER PRIMARY KEY" : "serial PRIMARY KEY")
                + ", name text NOT NULL)");
        assertEachHasTheIdOfItsRow(application.bean(NumberedRows.class).saveAll(names(20)));
    }

    @Test
    void whenNumbersComeFromElsewhereThenTheIdsAreRight() {
        if (engine == TestEngine.POSTGRESQL) {
            for (String made : List.of("nextval('far')", "nextval('far') * 10", "(random() * 1e15)::bigint")) {
                numbered(
                        "DROP SEQUENCE IF EXISTS far--CREATE SEQUENCE far INCREMENT BY 3 CACHE 20--CREATE TABLE numbered"
                                + " (id bigint DEFAULT " + made + " PRIMARY KEY, name text NOT NULL)");
                assertEachHasTheIdOfItsRow(application.bean(NumberedRows.class).saveAll(names(MANY)));
                application.template().execute("DROP TABLE numbered");
            }
        }
        numbered("CREATE TABLE numbered (id "
                + (engine == TestEngine.SQLITE ? "INTEGER PRIMARY KEY" : "bigserial PRIMARY KEY")
                + ", name text NOT NULL)");
        application.template().execute("INSERT INTO numbered (id, name) VALUES (5000, 'there')");
        application.template().execute("DELETE FROM numbered");
        assertEachHasTheIdOfItsRow(application.bean(NumberedRows.class).saveAll(names(MANY)));
    }

    @Test
    void whenATriggerChangesTheIdsThenTheyAreStillThoseOfTheRows() {
        String trigger = engine == TestEngine.SQLITE
                ? "CREATE TRIGGER renumber AFTER INSERT ON numbered BEGIN UPDATE numbered SET name = NEW.name WHERE id = NEW.id; END"
                : """
                CREATE OR REPLACE FUNCTION renumber() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN NEW.id := 1000000 - NEW.id; RETURN NEW; END $$--
                CREATE TRIGGER renumber BEFORE INSERT ON numbered FOR EACH ROW EXECUTE FUNCTION renumber()""";
        numbered("CREATE TABLE numbered (id "
                + (engine == TestEngine.SQLITE ? "INTEGER PRIMARY KEY" : "bigserial PRIMARY KEY")
                + ", name text NOT NULL)--" + trigger);
        assertEachHasTheIdOfItsRow(application.bean(NumberedRows.class).saveAll(names(MANY)));
    }

    @Test
    void whenColumnsAreNotWhatTheyWereThenTheNewOnesAreWritten() {
        application.bean(NumberedRows.class).saveAll(names(MANY));
        numbered("CREATE TABLE numbered (name " + (engine == TestEngine.SQLITE ? "TEXT" : "varchar(9)")
                + " NOT NULL, id " + (engine == TestEngine.SQLITE ? "INTEGER PRIMARY KEY" : "bigserial PRIMARY KEY")
                + ")");
        assertEachHasTheIdOfItsRow(application.bean(NumberedRows.class).saveAll(names(MANY)));
    }

    @Test
    void whenARowIsRefusedThenTheErrorDoesNotTellIt() {
        List<Numbered> rows = new ArrayList<>(names(MANY));
        rows.set(200, new Numbered(null, "secret" + "\0"));
        assertThatThrownBy(() -> application.bean(NumberedRows.class).saveAll(rows))
                .isInstanceOf(DataAccessException.class)
                .satisfies(failure -> assertThat(failure.toString()).doesNotContain("secret"));
        assertThat(application.bean(NumberedRows.class).count()).isZero();
    }

    @Test
    void whenRulesOrPoliciesAreOnTheTableThenTheyHold() {
        if (engine == TestEngine.POSTGRESQL) {
            numbered("CREATE TABLE numbered (id bigserial PRIMARY KEY, name text NOT NULL)--"
                    + "CREATE RULE shout AS ON INSERT TO numbered WHERE NEW.name = 'n7' DO INSTEAD NOTHING");
            assertThatThrownBy(() -> application.database().table("numbered").insertAll(names(MANY).stream()))
                    .hasMessageContaining("a trigger or a rule");
            assertThat(application.database().table("numbered").count()).isZero();
        }
        numbered("CREATE TABLE numbered (id " + (engine == TestEngine.SQLITE ? "INTEGER" : "bigserial")
                + " PRIMARY KEY, name text NOT NULL)");
        if (engine == TestEngine.POSTGRESQL) {
            application.template().execute("ALTER TABLE numbered ENABLE ROW LEVEL SECURITY");
            application.template().execute("ALTER TABLE numbered FORCE ROW LEVEL SECURITY");
            application.template().execute("CREATE POLICY open ON numbered USING (true) WITH CHECK (name <> 'secret')");
        }
        assertEachHasTheIdOfItsRow(application.bean(NumberedRows.class).saveAll(names(MANY)));
    }

    @Test
    void whenManyAreSavedThenTheyAreLoadedAtOnceOnPostgresql() {
        application.bean(NumberedRows.class).saveAll(names(MANY));
        assertThat(application.statements().stream()
                        .map(StatementEvent::sql)
                        .filter(sql -> sql.contains("\"numbered\"")))
                .hasSizeBetween(1, 2)
                .last()
                .asString()
                .startsWith(engine == TestEngine.SQLITE ? "INSERT INTO \"numbered\"" : "COPY \"public\".\"numbered\"");
    }

    enum Size {
        SMALL,
        LARGE
    }

    record Address(@Nullable String street, @Nullable String city) {}

    @SuppressWarnings("ArrayRecordComponent")
    @Table("widget")
    record Widget(
            @Id @Nullable Long id,
            @Version @Nullable Long version,
            String name,
            @Nullable BigDecimal price,
            Instant made,
            @Nullable UUID code,
            @Embedded.Nullable @Nullable Address address,
            @Nullable AggregateReference<Widget, Long> owner,
            Size size,
            byte[] bytes) {}

    @Table("token")
    record Token(@Id UUID id, String name) {}

    @Table("numbered")
    record Numbered(@Id @Nullable Long id, String name) {}

    interface Widgets extends ListCrudRepository<Widget, Long> {}

    interface Tokens extends ListCrudRepository<Token, UUID> {}

    interface NumberedRows extends ListCrudRepository<Numbered, Long> {}

    static final class Log {

        private final List<String> entries = new ArrayList<>();

        Numbered note(String when, Numbered numbered, String more) {
            if (!numbered.name().startsWith("logged")) {
                return numbered;
            }
            entries.add(when + " " + numbered.name() + (numbered.id() == null ? "" : " with id"));
            return new Numbered(numbered.id(), numbered.name() + ", " + more);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {Widgets.class, Tokens.class, NumberedRows.class}))
    static class Repositories {

        @Bean
        Log log() {
            return new Log();
        }

        @Bean
        BeforeConvertCallback<Numbered> converting(Log log) {
            return numbered -> log.note("before convert", numbered, "converted");
        }

        @Bean
        BeforeSaveCallback<Numbered> checking(Log log) {
            return (numbered, change) -> log.note("before save", numbered, "checked");
        }

        @Bean
        AfterSaveCallback<Numbered> saved(Log log) {
            return numbered -> log.note("after save", numbered, "saved");
        }
    }
}
