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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    // Lord Howe's clocks change by half an hour, Santiago's at midnight, Berlin's between two and three.
    @ParameterizedTest
    @CsvSource({
        "02:00, Europe/Berlin",
        "02:30, Europe/Berlin",
        "03:00, Europe/Berlin",
        "00:00, America/Santiago",
        "23:30, America/Santiago",
        "02:15, Australia/Lord_Howe",
        "01:45, Australia/Lord_Howe",
        "12:00, UTC"
    })
    void eachOf400DaysHasExactlyOneTime(String time, String zone) {
        Schedule schedule = at(time, DAY, zone);
        Instant now = local("2026-01-01T12:34", zone);
        Instant last = null;
        Set<LocalDate> days = new HashSet<>();
        List<Duration> gaps = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            Instant next = schedule.next(now, last);
            assertThat(next).isAfter(now);
            assertThat(days.add(next.atZone(ZoneId.of(zone)).toLocalDate())).isTrue();
            if (last != null) {
                gaps.add(Duration.between(last, next));
            }
            last = next;
            now = next.plusSeconds(i % 7);
        }
        LocalDate first = days.stream().min(LocalDate::compareTo).orElseThrow();
        assertThat(days).contains(first.plusDays(399)).hasSize(400);
        assertThat(gaps).allMatch(gap -> gap.compareTo(Duration.ofHours(22)) > 0 && gap.compareTo(Duration.ofHours(26)) < 0);
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
        assertThat(at("02:00", Duration.ofHours(48), berlin).next(last, last))
                .isEqualTo(local("2026-10-26T02:00", berlin));
        assertThat(at("02:00", Duration.ofHours(12), berlin).next(last, last)).isEqualTo(last.plus(Duration.ofHours(12)));
        assertThat(at("02:00", Duration.ofMinutes(90), berlin).next(last.plusSeconds(3 * 5400 + 1), last))
                .isEqualTo(last.plusSeconds(4 * 5400));
    }

    @Test
    void whatWasMissedIsLeftOut() {
        Schedule schedule = at("02:00", DAY, "UTC");
        Instant last = Instant.parse("2016-01-01T02:00:00Z");
        assertThat(schedule.next(Instant.parse("2026-11-28T05:00:00Z"), last))
                .isEqualTo(Instant.parse("2026-11-29T02:00:00Z"));
        assertThat(at("02:00", Duration.ofHours(48), "UTC").next(Instant.parse("2016-01-06T05:00:00Z"), last))
                .isEqualTo(Instant.parse("2016-01-07T02:00:00Z"));
    }

    @Test
    void aClockThatWasSetBackDoesNotStopIt() {
        Schedule schedule = at("02:00", Duration.ofHours(1), "UTC");
        Instant last = Instant.parse("2026-01-02T02:00:00Z");
        assertThat(schedule.next(last.minus(DAY), last)).isEqualTo(last.plus(Duration.ofHours(1)));
    }

    @Test
    void lessThanAMinuteIsNoInterval() {
        assertThatThrownBy(() -> at("02:00", Duration.ofSeconds(59), "UTC"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 minute");
    }
}
