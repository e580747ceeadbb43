package dev.dovetail.contract.retention;

import static dev.dovetail.contract.retention.Retention.BOUNDARY;
import static dev.dovetail.contract.retention.Retention.NOW;
import static dev.dovetail.contract.retention.Retention.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.EpochUnit;
import dev.dovetail.maintenance.retention.RetentionReport;
import dev.dovetail.maintenance.retention.SweptTable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rows are old enough: to the microsecond, in every unit and zone. */
@EngineContract
class RetentionBoundaryTests {

    private final Retention retention;
    private final DatabaseEngine engine;

    RetentionBoundaryTests(TestEngine engine) {
        this.retention = Retention.on(engine);
        this.engine = retention.application().bean(DatabaseEngine.class);
    }

    @AfterEach
    void end() {
        retention.close();
    }

    @AfterAll
    static void stop() {
        Retention.stop();
    }

    private void event(String id, Object at) {
        retention.insert("INSERT INTO event VALUES (?, ?)", id, at);
    }

    private void moments(String id, Instant at) {
        event(id, engine.parameter(at));
    }

    @Test
    void of89And91DaysOnlyTheSecondGoes() {
        retention.table("event", "id ${text} PRIMARY KEY, at ${timestamp}");
        moments("89", NOW.minus(Duration.ofDays(89)));
        moments("91", NOW.minus(Duration.ofDays(91)));

        SweptTable swept = retention.sweep(rule("event", "at"));

        assertThat(retention.ids("event")).containsExactly("89");
        assertThat(swept.rows()).isEqualTo(1);
        assertThat(swept.before()).isEqualTo(BOUNDARY);
        assertThat(swept.oldestRemaining()).isEqualTo(NOW.minus(Duration.ofDays(89)));
        assertThat(swept.error()).isNull();
    }

    @Test
    void whatIsExactlyAsOldStaysAndAMicrosecondMoreGoes() {
        retention.table("event", "id ${text} PRIMARY KEY, at ${timestamp}");
        moments("at", BOUNDARY);
        moments("before", BOUNDARY.minus(1, ChronoUnit.MICROS));
        moments("after", BOUNDARY.plus(1, ChronoUnit.MICROS));

        assertThat(retention.sweep(rule("event", "at")).rows()).isEqualTo(1);
        assertThat(retention.ids("event")).containsExactly("after", "at");
    }

    @ParameterizedTest
    @EnumSource(EpochUnit.class)
    void numbersAreWhatTheirUnitSays(EpochUnit unit) {
        retention.table("event", "id ${text} PRIMARY KEY, at ${bigint}");
        long boundary = unit.count(BOUNDARY);
        event("new", unit.count(NOW));
        event("at", boundary);
        event("before", boundary - 1);
        event("epoch", 0);
        event("before-epoch", -1);

        assertThat(retention.sweep(rule("event", "at", unit, null)).oldestRemaining())
                .isEqualTo(unit.moment(boundary));
        assertThat(retention.ids("event")).containsExactly("at", "new");
    }

    @Test
    void ofASecondThatIsNotOverNothingGoes() {
        retention.table("event", "id ${text} PRIMARY KEY, at ${integer}");
        event("same-second", BOUNDARY.getEpochSecond());

        assertThat(retention.sweep(rule("event", "at", EpochUnit.SECONDS, null)).rows())
                .isZero();
    }

    @Test
    void whatIsFromBefore1970GoesAndNullStays() {
        retention.table("event", "id ${text} PRIMARY KEY, at ${timestamp}");
        moments("1582", Instant.parse("1582-10-04T23:59:59Z"));
        moments("1969", Instant.parse("1969-12-31T23:59:59.999999Z"));
        retention.insert("INSERT INTO event VALUES ('null', NULL)");

        assertThat(retention.sweep(rule("event", "at")).rows()).isEqualTo(2);
        assertThat(retention.ids("event")).containsExactly("null");
    }

    @Test
    void theOldestRemainingIsReadUnshifted() {
        retention.table("event", "id ${text} PRIMARY KEY, at ${timestamp}");
        Instant julian = Instant.parse("1500-02-28T01:02:03.000004Z");
        moments("old", julian);

        RetentionReport kept =
                retention.sweeper(rule("event", "at", null, "id <> 'old'")).sweep(true);
        assertThat(kept.tables().get(0).oldestRemaining()).isNull();
        retention.sweep(rule("event", "at", null, "id = 'other'"));
        assertThat(retention.ids("event")).containsExactly("old");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York"})
    void zonesOfTheMachineAndTheDatabaseChangeNothing(String zone) {
        TimeZone usual = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try {
            retention.table("event", "id ${text} PRIMARY KEY, at ${datetime}");
            LocalDateTime boundary = LocalDateTime.ofInstant(BOUNDARY, ZoneOffset.UTC);
            event("at", engine.parameter(boundary));
            event("before", engine.parameter(boundary.minus(1, ChronoUnit.MICROS)));

            assertThat(retention.sweep(rule("event", "at")).oldestRemaining()).isEqualTo(BOUNDARY);
            assertThat(retention.ids("event")).containsExactly("at");
        } finally {
            TimeZone.setDefault(usual);
        }
    }

    @Test
    void aDayIsOldWhenItsEndIs() {
        retention.table("event", "id ${text} PRIMARY KEY, at ${date}");
        LocalDate day = LocalDate.ofInstant(BOUNDARY, ZoneOffset.UTC);
        event("day", engine.parameter(day));
        event("before", engine.parameter(day.minusDays(1)));

        retention.sweep(rule("event", "at"));

        assertThat(retention.ids("event")).containsExactly("day");
    }

    @Test
    void onlyRowsOfTheConditionGo() {
        retention.table("event", "id ${text} PRIMARY KEY, at ${timestamp}");
        Instant old = NOW.minus(Duration.ofDays(500));
        for (String id : List.of("keep", "drop", "it's;odd", "new")) {
            moments(id, id.equals("new") ? NOW : old);
        }

        retention.sweep(rule("event", "at", null, "id = 'drop' OR id = 'it''s;odd' OR id = 'new'"));

        assertThat(retention.ids("event")).containsExactly("keep", "new");
    }

    @Test
    void aDryRunCountsAndChangesNothing() {
        retention.table("event", "id ${text} PRIMARY KEY, at ${timestamp}");
        moments("old", BOUNDARY.minusSeconds(1));
        moments("new", NOW);

        RetentionReport report = retention.sweeper(rule("event", "at")).sweep(true);

        assertThat(report.dryRun()).isTrue();
        assertThat(report.rows()).isEqualTo(1);
        assertThat(report.tables().get(0).oldestRemaining()).isEqualTo(NOW);
        assertThat(report.tables().get(0).batches()).isZero();
        assertThat(retention.ids("event")).containsExactly("new", "old");
    }

    @Test
    void aUnitThatMakesNoSenseIsFoundBehindATimeThatMeansNever() {
        retention.table("event", "id ${text} PRIMARY KEY, at ${bigint}");
        event("millis", NOW.toEpochMilli());
        event("never", Long.MAX_VALUE);

        SweptTable swept = retention
                .sweeper(rule("event", "at", EpochUnit.MICROS, null))
                .sweep(false)
                .tables()
                .get(0);

        assertThat(swept.error()).contains("dovetail.optimizer.retention.event.unit", "millis");
        assertThat(retention.count("event")).isEqualTo(2);
    }

    @Test
    void aUnitThatMakesNoSenseDeletesNothing() {
        retention.table("event", "id ${text} PRIMARY KEY, at ${bigint}");
        event("seconds", NOW.getEpochSecond());

        SweptTable swept = retention
                .sweeper(rule("event", "at", EpochUnit.MILLIS, null))
                .sweep(false)
                .tables()
                .get(0);

        assertThat(swept.error()).contains("dovetail.optimizer.retention.event.unit", "seconds");
        assertThat(retention.count("event")).isEqualTo(1);
    }

    @Test
    void whereNoIndexServesOneIsProposed() {
        retention.table("event", "id ${text} PRIMARY KEY, at ${timestamp}");

        String index = retention.sweep(rule("event", "at")).warnings().get(0);
        retention.application().template().execute(index.substring(index.indexOf("CREATE INDEX")));

        assertThat(retention.sweep(rule("event", "at")).warnings()).isEmpty();
    }
}
