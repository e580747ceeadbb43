package dev.dovetail.contract.retention;

import static dev.dovetail.contract.retention.Retention.NOW;
import static dev.dovetail.contract.retention.Retention.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.EpochUnit;
import dev.dovetail.maintenance.retention.InvalidRetentionException;
import dev.dovetail.maintenance.retention.RetentionRule;
import dev.dovetail.maintenance.retention.RetentionSweeper;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Rules that cannot be meant so stop the start, name their property, and delete nothing. */
@EngineContract
@ExtendWith(OutputCaptureExtension.class)
class RetentionRefusalTests {

    private final Retention retention;

    RetentionRefusalTests(TestEngine engine) {
        this.retention = Retention.on(engine);
    }

    @BeforeEach
    void oneOldRow() {
        retention.application().template().execute("DROP VIEW IF EXISTS seen");
        retention.table(
                "event",
                "id ${bigint} PRIMARY KEY, created_at ${timestamp}, millis ${bigint}, day ${date}, hour ${time},"
                        + " title ${text}, price ${decimal_10_2}, ratio ${double}, done ${boolean}, body ${json},"
                        + " picture ${blob}, tag ${uuid}");
        Object old = retention.application().bean(DatabaseEngine.class).parameter(NOW.minus(Duration.ofDays(500)));
        retention.insert("INSERT INTO event (id, created_at, millis, title) VALUES (1, ?, 1, 'Alpha')", old);
        retention.application().template().execute("CREATE VIEW seen AS SELECT * FROM event");
    }

    @AfterEach
    void nothingIsDeleted() {
        assertThat(retention.count("event")).isEqualTo(1);
        retention.close();
    }

    @AfterAll
    static void stop() {
        Retention.stop();
    }

    private void assertRefused(RetentionRule rule, String property, String why) {
        RetentionSweeper sweeper = retention.sweeper(rule);
        assertThatThrownBy(sweeper::validate)
                .isInstanceOf(InvalidRetentionException.class)
                .hasMessageContaining("dovetail.optimizer.retention" + property)
                .hasMessageContaining(why);
        assertThat(sweeper.sweep(false).rows()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            events   | created_at |        | .events.column | Did you mean event?
            seen     | created_at |        | .seen.column   | is a view
            event    | craeted_at |        | .event.column  | Did you mean created_at?
            event    | nothing    |        | .event.column  | There are: body, created_at
            event    | hour       |        | .event.column  | says no moment
            event    | price      |        | .event.column  | says no moment
            event    | ratio      |        | .event.column  | says no moment
            event    | done       |        | .event.column  | says no moment
            event    | body       |        | .event.column  | says no moment
            event    | picture    |        | .event.column  | says no moment
            event    | tag        |        | .event.column  | says no moment
            event    | title      |        | .event.column  | moment
            event    | millis     |        | .event.unit    | seconds, millis or micros
            event    | created_at | MILLIS | .event.unit    | leave the unit away
            event    | day        | MICROS | .event.unit    | leave the unit away
            event    | title      | MICROS | .event.unit    | leave the unit away
            ev.ent   | created_at |        | [ev.ent].column | There is no table
            """)
    void aTableOrColumnThatCannotBeMeant(String table, String column, EpochUnit unit, String property, String why) {
        assertRefused(rule(table, column, unit, null), property, why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "absent = 1",
                "\"absent\" <> 1",
                "title = \"a\"",
                "title =",
                "title = 'a' AND",
                "count(*) > 1",
                "title, id",
                "title LIKE LIKE 'a'"
            })
    void aConditionThatTheDatabaseDoesNotUnderstand(String where) {
        RetentionSweeper sweeper = retention.sweeper(rule("event", "created_at", null, where));

        assertThatThrownBy(sweeper::validate)
                .isInstanceOf(InvalidRetentionException.class)
                .hasMessageContaining("dovetail.optimizer.retention.event.where");
        assertThat(sweeper.sweep(false).tables().get(0).error()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "title = 'a'; DELETE FROM event",
                "title = 'a' -- b",
                "title = 'a' /* b */",
                "title = 'a') OR (1 = 1",
                "(title = 'a'",
                "title = 'a",
                "title = \"a",
                "title = ?",
                "title = :a",
                "title = @a",
                "title = $1",
                "title = $$a$$",
                "title = E'\\' OR 1 = 1'",
                "`title` = 'a'",
                "[title] = 'a'"
            })
    void aConditionThatIsMoreThanOne(String where) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule("event", "created_at", null, where))
                .withMessageStartingWith("dovetail.optimizer.retention.event.where must be one condition");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"title = 'a;b)'", "title = 'it''s -'", "(title = 'a' OR (title = 'b'))", "title <> 'Alpha'"})
    void aConditionThatOnlyLooksLikeIt(String where) {
        assertThat(retention.sweep(rule("event", "created_at", null, where)).rows())
                .isZero();
    }

    @Test
    void numbersThatCannotWork() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> numbers(Duration.ZERO, 1, Duration.ZERO))
                .withMessageContaining("event.max-age must be longer than 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> numbers(Duration.ofDays(400_000), 1, Duration.ZERO))
                .withMessageContaining("event.max-age");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> numbers(Duration.ofDays(1), 0, Duration.ZERO))
                .withMessageContaining("event.batch-size must be from 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> numbers(Duration.ofDays(1), 1, Duration.ofMillis(-1)))
                .withMessageContaining("event.pause must be from 0");
    }

    private static RetentionRule numbers(Duration maxAge, int batchSize, Duration pause) {
        return new RetentionRule("event", "created_at", null, maxAge, batchSize, null, pause);
    }

    @Test
    void theApplicationDoesNotStart(CapturedOutput output) {
        assertThatThrownBy(() -> TestApplication.with(
                                retention.application().databaseProperties(),
                                "dovetail.optimizer.retention.event.column=craeted_at",
                                "dovetail.optimizer.retention.event.max-age=90d",
                                "spring.main.lazy-initialization=true")
                        .close())
                .isNotNull();

        assertThat(output)
                .contains(
                        "APPLICATION FAILED TO START",
                        "dovetail.optimizer.retention.event.column",
                        "Did you mean created_at?",
                        "Action:");
    }

    @Test
    void whatTheDatabaseSaidIsShown(CapturedOutput output) {
        assertThatThrownBy(() -> TestApplication.with(
                                retention.application().databaseProperties(),
                                "dovetail.optimizer.retention.event.column=created_at",
                                "dovetail.optimizer.retention.event.max-age=90d",
                                "dovetail.optimizer.retention.event.where=absent = 1")
                        .close())
                .isNotNull();

        assertThat(output)
                .contains("dovetail.optimizer.retention.event.where", "The driver says:")
                .containsPattern("no such column: absent|column \"absent\" does not exist");
    }

    @Test
    void rulesAreReadFromTheConfiguration() {
        try (TestApplication application = TestApplication.with(
                retention.application().databaseProperties(),
                "dovetail.optimizer.retention.event.column=millis",
                "dovetail.optimizer.retention.event.max-age=90d",
                "dovetail.optimizer.retention.event.unit=micros",
                "dovetail.optimizer.retention.event.batch-size=7",
                "dovetail.optimizer.retention.event.where=title = 'Beta'",
                "dovetail.optimizer.retention.event.pause=3ms")) {
            assertThat(application.bean(RetentionSweeper.class).rules())
                    .containsExactly(new RetentionRule(
                            "event",
                            "millis",
                            EpochUnit.MICROS,
                            Duration.ofDays(90),
                            7,
                            "title = 'Beta'",
                            Duration.ofMillis(3)));
        }
    }

    @Test
    void aTableThatIsGoneFailsAndOthersGoOn() {
        retention.table("other", "id ${bigint}, created_at ${timestamp}");
        RetentionSweeper sweeper =
                retention.sweeper(rule("gone", "created_at", null, null), rule("other", "created_at", null, null));

        assertThat(sweeper.sweep(false).tables())
                .extracting(table -> table.error() == null)
                .containsExactly(false, true);
    }
}
