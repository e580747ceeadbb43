package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.sql.JDBCType;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PGInterval;
import org.postgresql.util.PGobject;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.annotation.Id;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.jdbc.core.mapping.JdbcValue;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.core.dialect.Dialect;
import org.springframework.data.repository.ListCrudRepository;

/** Converters of the application that make objects of PostgreSQL's driver, and are given them. */
class DriverObjectTests {

    private static final SharedApplications applications = SharedApplications.withTables(Repositories.class, """
            CREATE TABLE preference (
                id ${identity}, settings jsonb NOT NULL, theme jsonb, marked json, pause interval)""");

    private final TestApplication application = applications.on(TestEngine.POSTGRESQL);
    private final Preferences preferences = application.bean(Preferences.class);

    @AfterAll
    static void stop() {
        applications.close();
    }

    /** A document that is read and written by the application's own hand. */
    record Settings(String json) {}

    record Theme(String json) {}

    record Preference(
            @Id @Nullable Long id,
            Settings settings,
            @Nullable Theme theme,
            @Nullable Settings marked,
            @Nullable Duration pause) {}

    interface Preferences extends ListCrudRepository<Preference, Long> {

        @Query("SELECT * FROM preference WHERE settings = :settings ORDER BY id")
        List<Preference> with(Settings settings);
    }

    @WritingConverter
    enum SettingsToObject implements Converter<Settings, PGobject> {
        INSTANCE;

        @Override
        public PGobject convert(Settings settings) {
            return object("jsonb", settings.json());
        }
    }

    @ReadingConverter
    enum ObjectToSettings implements Converter<PGobject, Settings> {
        INSTANCE;

        @Override
        public Settings convert(PGobject object) {
            return new Settings(String.valueOf(object.getValue()));
        }
    }

    @WritingConverter
    enum ThemeToValue implements Converter<Theme, JdbcValue> {
        INSTANCE;

        @Override
        public JdbcValue convert(Theme theme) {
            return JdbcValue.of(object("jsonb", theme.json()), JDBCType.OTHER);
        }
    }

    @ReadingConverter
    enum ObjectToTheme implements Converter<PGobject, Theme> {
        INSTANCE;

        @Override
        public Theme convert(PGobject object) {
            return new Theme(String.valueOf(object.getValue()));
        }
    }

    @WritingConverter
    enum DurationToInterval implements Converter<Duration, PGInterval> {
        INSTANCE;

        @Override
        public PGInterval convert(Duration duration) {
            return new PGInterval(0, 0, 0, 0, 0, duration.toSeconds());
        }
    }

    @ReadingConverter
    enum IntervalToDuration implements Converter<PGInterval, Duration> {
        INSTANCE;

        @Override
        public Duration convert(PGInterval interval) {
            return Duration.ofHours(interval.getHours())
                    .plusMinutes(interval.getMinutes())
                    .plusSeconds(interval.getWholeSeconds());
        }
    }

    private static PGobject object(String type, String value) {
        try {
            PGobject object = new PGobject();
            object.setType(type);
            object.setValue(value);
            return object;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Preferences.class))
    static class Repositories {

        @Bean
        org.springframework.data.jdbc.core.convert.JdbcCustomConversions jdbcCustomConversions(Dialect dialect) {
            return org.springframework.data.jdbc.core.convert.JdbcCustomConversions.of(
                    (org.springframework.data.jdbc.core.dialect.JdbcDialect) dialect,
                    List.of(
                            SettingsToObject.INSTANCE,
                            ObjectToSettings.INSTANCE,
                            ThemeToValue.INSTANCE,
                            ObjectToTheme.INSTANCE,
                            DurationToInterval.INSTANCE,
                            IntervalToDuration.INSTANCE));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 150})
    void whatTheyMakeIsStoredAsItIs(int count) {
        application.template().update("DELETE FROM preference");
        Settings settings = new Settings("{\"a\": [1, 2]}");
        Preference one =
                new Preference(null, settings, new Theme("{\"dark\": true}"), settings, Duration.ofMinutes(61));
        List<Preference> saved = preferences.saveAll(
                IntStream.range(0, count).mapToObj(each -> one).toList());
        preferences.save(saved.get(0));

        assertThat(preferences.findAll()).containsExactlyInAnyOrderElementsOf(saved);
        assertThat(preferences.with(settings)).hasSize(count);
        assertThat(application
                        .jdbc()
                        .sql("SELECT DISTINCT concat(settings, theme, marked, pause) FROM preference")
                        .query(String.class)
                        .list())
                .containsExactly("{\"a\": [1, 2]}{\"dark\": true}{\"a\": [1, 2]}01:01:00");
    }
}
