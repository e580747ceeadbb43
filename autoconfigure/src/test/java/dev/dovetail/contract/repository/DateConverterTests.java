package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.annotation.Id;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.repository.ListCrudRepository;

/** Converters of the application that take moments and dates as {@code java.sql} has them, as drivers return them. */
@EngineContract
class DateConverterTests {

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, """
            CREATE TABLE stamp (
                id ${identity}, moment ${timestamp}, local ${datetime}, day ${date}, hour ${time})
            ${strict}""");

    private final Stamps stamps;

    DateConverterTests(TestEngine engine) {
        TestApplication application = applications.on(engine);
        this.stamps = application.bean(Stamps.class);
    }

    record Moment(Instant instant) {}

    record Day(LocalDate date) {}

    record Hour(LocalTime time) {}

    record Stamp(
            @Id @Nullable Long id,
            @Nullable Moment moment,
            @Nullable Moment local,
            @Nullable Day day,
            @Nullable Hour hour) {}

    interface Stamps extends ListCrudRepository<Stamp, Long> {

        List<Stamp> findByMoment(Moment moment);
    }

    @WritingConverter
    enum MomentToTimestamp implements Converter<Moment, Timestamp> {
        INSTANCE;

        @Override
        public Timestamp convert(Moment moment) {
            return Timestamp.from(moment.instant());
        }
    }

    @ReadingConverter
    enum TimestampToMoment implements Converter<Timestamp, Moment> {
        INSTANCE;

        @Override
        public Moment convert(Timestamp timestamp) {
            return new Moment(timestamp.toInstant());
        }
    }

    @WritingConverter
    enum DayToDate implements Converter<Day, Date> {
        INSTANCE;

        @Override
        public Date convert(Day day) {
            return Date.valueOf(day.date());
        }
    }

    @ReadingConverter
    enum DateToDay implements Converter<Date, Day> {
        INSTANCE;

        @Override
        public Day convert(Date date) {
            return new Day(date.toLocalDate());
        }
    }

    @WritingConverter
    enum HourToTime implements Converter<Hour, Time> {
        INSTANCE;

        @Override
        public Time convert(Hour hour) {
            return Time.valueOf(hour.time());
        }
    }

    @ReadingConverter
    enum TimeToHour implements Converter<Time, Hour> {
        INSTANCE;

        @Override
        public Hour convert(Time time) {
            return new Hour(time.toLocalTime());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Stamps.class))
    static class Repositories extends AbstractJdbcConfiguration {

        @Override
        protected List<?> userConverters() {
            return List.of(
                    MomentToTimestamp.INSTANCE,
                    TimestampToMoment.INSTANCE,
                    DayToDate.INSTANCE,
                    DateToDay.INSTANCE,
                    HourToTime.INSTANCE,
                    TimeToHour.INSTANCE);
        }
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @Test
    void theyAreGivenWhatTheyTake() {
        Moment moment = new Moment(Instant.parse("2026-11-29T07:20:00.123456Z"));
        Stamp saved = stamps.save(
                new Stamp(null, moment, moment, new Day(LocalDate.of(2024, 2, 29)), new Hour(LocalTime.of(23, 59, 1))));

        assertThat(stamps.findById(Objects.requireNonNull(saved.id()))).contains(saved);
        assertThat(stamps.findByMoment(moment)).containsExactly(saved);
        assertThat(stamps.findByMoment(moment)).containsExactly(saved);
    }
}
