package dev.dovetail.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTests {

    private static final Duration DAY = Duration.ofDays(1);

    private static Schedule at(String time, Duration interval, String zone) {
        return new Schedule(LocalTime.parse(time), interval, ZoneId.of(zone));
    }

    private static Instant local(String dateTime, String zone) {
        return ZonedDateTime.of(LocalDateTime.parse(dateTime), ZoneId.of(zone)).toInstant();
    }

    @Test
    void theFirstTimeIsTodayUntilItHasPassed() {
        Schedule schedule = at("02:00", DAY, "Europe/Berlin");
        Instant two = local("2026-11-28T02:00", "Europe/Berlin");
        assertThat(schedule.next(two.minusSeconds(60), null)).isEqualTo(two);
        assertThat(schedule.next(two, null)).isEqualTo(two.plus(DAY));
        assertThat(schedule.next(two.plusSeconds(60), null)).isEqualTo(two.plus(DAY));
    }

    // Lord Howe's clocks change by half an hour, Santiago's at midnight, Berlin's between two and three. Timers fire
    // early,
    // and work waits for other work, past midnight too.
    @ParameterizedTest
    @CsvSource({
        "02:00, Europe/Berlin",
        "02:30, Europe/Berlin",
        "03:00, Europe/Berlin",
        "00:00, Europe/Berlin",
        "00:00, America/Santiago",
        "00:30, America/Santiago",
        "23:45, America/Santiago",
        "02:15, Australia/Lord_Howe",
        "01:45, Australia/Lord_Howe",
        "12:00, UTC"
    })
    void eachOf400DaysHasExactlyOneTime(String time, String zone) {
        for (Duration delay :
                List.of(Duration.ofMillis(-3), Duration.ZERO, Duration.ofMillis(120), Duration.ofMinutes(30))) {
            List<LocalDate> days = days(at(time, DAY, zone), local("2026-01-01T12:34", zone), delay);
            assertThat(days).as("%s later", delay).doesNotHaveDuplicates().hasSize(400);
            assertThat(days).as("%s later", delay).contains(days.get(0).plusDays(399));
        }
    }

    /** The days of 400 times, each of which is met so much later. */
    private static List<LocalDate> days(Schedule schedule, Instant start, Duration delay) {
        List<LocalDate> days = new ArrayList<>();
        Instant now = start;
        Instant last = null;
        while (days.size() < 400) {
            Instant next = schedule.next(now, last);
            assertThat(next).isAfter(now);
            days.add(next.atZone(schedule.zone()).toLocalDate());
            now = next.plus(delay);
            last = now;
        }
        return days;
    }

    @Test
    void aLastTimeInTheFutureStopsNothing() {
        Instant now = Instant.parse("2026-11-28T05:00:00Z");
        assertThat(at("02:00", DAY, "UTC").next(now, now.plus(Duration.ofDays(300))))
                .isEqualTo(Instant.parse("2026-11-29T02:00:00Z"));
    }

    @Test
    void whatWasMadeUpForAfterMidnightTakesNothingFromTheDay() {
        Instant madeUp = Instant.parse("2026-06-02T00:00:30Z");
        assertThat(at("02:00", DAY, "UTC").next(madeUp, madeUp)).isEqualTo(Instant.parse("2026-06-02T02:00:00Z"));
    }

    @Test
    void aTimeThatIsLeftOutIsWhenTheClocksGoOn() {
        Schedule schedule = at("02:30", DAY, "Europe/Berlin");
        Instant before = local("2026-03-28T12:00", "Europe/Berlin");
        assertThat(schedule.next(before, null)).isEqualTo(Instant.parse("2026-03-29T01:00:00Z"));
    }

    @Test
    void ofATimeThatOccursTwiceTheFirstIsMeant() {
        Schedule schedule = at("02:30", DAY, "Europe/Berlin");
        Instant first = schedule.next(local("2026-10-24T12:00", "Europe/Berlin"), null);
        assertThat(first).isEqualTo(Instant.parse("2026-10-25T00:30:00Z"));
        assertThat(schedule.next(first, first)).isEqualTo(local("2026-10-26T02:30", "Europe/Berlin"));
        assertThat(schedule.next(Instant.parse("2026-10-25T01:00:00Z"), null))
                .isEqualTo(local("2026-10-26T02:30", "Europe/Berlin"));
    }

    @Test
    void twoDaysKeepTheTimeOfDayAndHoursDoNot() {
        String berlin = "Europe/Berlin";
        Instant last = local("2026-10-24T02:00", berlin);
        assertThat(at("02:00", Duration.ofDays(2), berlin).next(last, last))
                .isEqualTo(local("2026-10-26T02:00", berlin));
        assertThat(at("02:00", Duration.ofHours(12), berlin).next(last, last))
                .isEqualTo(last.plus(Duration.ofHours(12)));
        assertThat(at("02:00", Duration.ofMinutes(90), berlin).next(last.plusSeconds(3 * 5400 + 1), last))
                .isEqualTo(last.plusSeconds(4 * 5400));
    }

    @Test
    void whatWasMissedIsLeftOut() {
        Schedule schedule = at("02:00", DAY, "UTC");
        Instant last = Instant.parse("2016-01-01T02:00:00Z");
        assertThat(schedule.next(Instant.parse("2026-11-28T05:00:00Z"), last))
                .isEqualTo(Instant.parse("2026-11-29T02:00:00Z"));
        assertThat(at("02:00", Duration.ofDays(2), "UTC").next(Instant.parse("2016-01-06T05:00:00Z"), last))
                .isEqualTo(Instant.parse("2016-01-07T02:00:00Z"));
    }

    @Test
    void aClockThatWasSetBackDoesNotStopIt() {
        Schedule schedule = at("02:00", Duration.ofHours(1), "UTC");
        Instant last = Instant.parse("2026-01-02T02:00:00Z");
        assertThat(schedule.next(last.minus(DAY), last))
                .isEqualTo(last.minus(DAY).plus(Duration.ofHours(1)));
    }

    @Test
    void lessThanAMinuteIsNoInterval() {
        assertThatThrownBy(() -> at("02:00", Duration.ofSeconds(59), "UTC"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 minute");
    }
}
