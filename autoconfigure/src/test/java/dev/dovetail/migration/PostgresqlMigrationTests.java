package dev.dovetail.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PostgresqlMigrationTests extends PortableMigrationContract {

    @Override
    TestDatabase newDatabase(Path directory) {
        return TestDatabase.postgresql();
    }

    @Override
    String insertEverything() {
        return """
                INSERT INTO everything (a_uuid, a_text, a_boolean, an_integer, a_bigint, a_double, a_datetime, a_date,
                    a_time, a_json, a_blob, an_amount, a_large_amount)
                VALUES ('b1e7a4a0-0000-4000-8000-000000000001', 'x', true, 7, 9223372036854775807, 0.1,
                    '2026-11-20T10:00:00', '2026-11-20', '10:00:00', '{}', '\\x00ff', 12.34, 1234.50)
                """;
    }

    @Override
    @Nullable
    String columnType(String table, String column) {
        return database.jdbc()
                .queryForObject(
                        "SELECT udt_name FROM information_schema.columns WHERE table_name = ? AND column_name = ?",
                        String.class,
                        table,
                        column);
    }

    @Test
    void timesHaveTheirZone() {
        scripts.with("V1__t.sql", "CREATE TABLE t (at ${timestamp} NOT NULL DEFAULT ${now});");
        migrate();
        assertThat(columnType("t", "at")).isEqualTo("timestamptz");
    }
}
