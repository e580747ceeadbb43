package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.datasource.DatabaseExceptionTranslator;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.engine.postgresql.PostgresqlEngine;
import dev.dovetail.engine.postgresql.PostgresqlSettings;
import dev.dovetail.engine.sqlite.SqliteEngine;
import dev.dovetail.engine.sqlite.SqliteSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The table of the documentation says what the code does. */
class ErrorTableTests {

    private static final Path PAGE = Path.of("..", "docs", "errors.md");

    private static final List<String> SQL_STATES = Stream.of("""
            08000 08001 08003 08006 22000 22001 22003 22021 22P02 23001 23502 23503 23505 23514 23P01 25006 25P02 25P03
            28000 28P01 3D000 40001 40P01 42501 42601 42703 42804 42883 42P01 3F000 53100 53200 53300 54000 54001 55P03
            57014 57P01 57P02 57P03 58030 P0001 XX000 XX001 XX002""".split("\\s+")).toList();

    private final SqliteEngine sqlite = new SqliteEngine(new SqliteSettings(
            "app.db",
            SqliteSettings.JournalMode.WAL,
            SqliteSettings.Synchronous.NORMAL,
            0,
            0,
            Duration.ofSeconds(5),
            4,
            true,
            SqliteSettings.TempStore.MEMORY,
            SqliteSettings.AutoVacuum.NONE,
            256,
            Map.of()));
    private final PostgresqlEngine postgresql = new PostgresqlEngine(PostgresqlSettings.defaults());

    @Test
    void numbersAreUnique() {
        assertThat(ErrorCode.values()).extracting(ErrorCode::number).doesNotHaveDuplicates();
    }

    @Test
    void thePageHasTheTable() throws IOException {
        assertThat(Files.readString(PAGE)).contains(table());
    }

    private String table() {
        return Arrays.stream(ErrorCode.values()).map(this::row).collect(Collectors.joining("\n", """
                        | number | code | HTTP | retry | meaning | Spring's exception | PostgreSQL | SQLite |
                        |---|---|---|---|---|---|---|---|
                        """, "\n"));
    }

    private String row(ErrorCode code) {
        return "| %d | `%s` | %d | %s | %s | %s | %s | %s |"
                .formatted(
                        code.number(),
                        code,
                        code.httpStatus(),
                        code.retryable() ? "yes" : "no",
                        code.meaning(),
                        exception(code),
                        sqlStates(code),
                        resultCodes(code));
    }

    private String exception(ErrorCode code) {
        SQLException error = new DescribedSqlException("described", DatabaseError.of(code, "HY000"), null);
        DataAccessException translated = new DatabaseExceptionTranslator(sqlite).translate("task", null, error);
        return translated == null
                ? "`UncategorizedSQLException`"
                : "`" + translated.getClass().getSimpleName() + "`";
    }

    private String sqlStates(ErrorCode code) {
        return SQL_STATES.stream()
                .filter(state -> postgresql
                                .classify(new SQLException("as the server says it", state))
                                .code()
                        == code)
                .collect(Collectors.joining(" "));
    }

    // Primary codes and those extended ones that mean something else than their primary one.
    private String resultCodes(ErrorCode code) {
        return Arrays.stream(SQLiteErrorCode.values())
                .filter(result -> result.code > 0 && result.code != 100 && result.code != 101)
                .filter(result -> meaningOf(result) == code)
                .filter(result -> result.code <= 0xff || meaningOf(primary(result)) != code)
                .map(result -> String.valueOf(result.code))
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static SQLiteErrorCode primary(SQLiteErrorCode result) {
        return SQLiteErrorCode.getErrorCode(result.code & 0xff);
    }

    private ErrorCode meaningOf(SQLiteErrorCode result) {
        return sqlite.classify(new SQLiteException("as the driver says it", result))
                .code();
    }
}
