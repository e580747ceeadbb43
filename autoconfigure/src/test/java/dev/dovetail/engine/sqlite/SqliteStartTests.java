package dev.dovetail.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.engine.DatabaseStartException;
import dev.dovetail.engine.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What SQLite must be, and where its database lies. */
class SqliteStartTests {

    @ParameterizedTest
    @ValueSource(strings = {"3.7.17", "3.45.1", "3.51.2", "3.52.0"})
    void whenSqliteCanDamageTheDatabaseThenItIsRefused(String version) {
        assertThatThrownBy(() -> SqliteVersion.requireSound(version))
                .isInstanceOfSatisfying(DatabaseStartException.class, e -> {
                    assertThat(e).hasMessageContaining("SQLite " + version);
                    assertThat(e.action()).contains("sqlite-jdbc");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.51.3", "3.53.0", "3.100.0", "4.0.0"})
    void whenSqliteIsSoundThenItIsTaken(String version) {
        assertThatCode(() -> SqliteVersion.requireSound(version)).doesNotThrowAnyException();
    }

    @Test
    void whenThePlaceOfAPrivateDatabaseIsNamedThenNothingIsMade() throws IOException {
        SqliteLocation location = SqliteLocation.of(null, ":memory:");

        assertThat(location.isPrivate()).isTrue();
        assertThat(directory(location)).doesNotExist();
        assertThat(location.description()).contains("in memory", System.getProperty("java.io.tmpdir"));

        location.create();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory(location))))
                .isEqualTo("rwx------");
        location.discard();
        assertThat(directory(location)).doesNotExist();
    }

    private static Path directory(SqliteLocation location) {
        return Objects.requireNonNull(location.file().getParent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:sqlite::memory:", "jdbc:sqlite:", "jdbc:sqlite:file::memory:?cache=shared"})
    void whenAUrlMeansMemoryThenTheDatabaseIsPrivate(String url) {
        assertThat(SqliteLocation.of(url, "not/this.db").isPrivate()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"READ_ONLY_DATABASE", "CORRUPT", "LOCK_TIMEOUT", "STORAGE_FULL", "UNREACHABLE", "DATABASE_ERROR"})
    void whenAStartFailsThenFileAndNextStepAreNamed(ErrorCode code) {
        DatabaseStartException explained =
                SqliteStartFailures.explain("/var/lib/app.db", code, new SQLException("said the driver"));

        assertThat(explained).hasMessageContaining("/var/lib/app.db").hasCauseInstanceOf(SQLException.class);
        assertThat(explained.action()).isNotBlank().endsWith(".");
    }
}
