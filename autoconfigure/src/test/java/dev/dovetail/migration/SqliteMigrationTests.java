package dev.dovetail.migration;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

class SqliteMigrationTests extends PortableMigrationContract {

    @Override
    TestDatabase newDatabase(Path directory) {
        return TestDatabase.sqlite(directory);
    }

    @Override
    String insertEverything() {
        return """
                INSERT INTO everything (a_uuid, a_text, a_boolean, an_integer, a_bigint, a_double, a_datetime, a_date,
                    a_time, a_json, a_blob, an_amount, a_large_amount)
                VALUES ('b1e7a4a0-0000-4000-8000-000000000001', 'x', 1, 7, 9223372036854775807, 0.1,
                    '2026-11-20T10:00:00', '2026-11-20', '10:00:00', '{}', x'00ff', 1234, '1234.50')
                """;
    }

    @Override
    @Nullable
    String columnType(String table, String column) {
        return database.jdbc()
                .queryForObject("SELECT type FROM pragma_table_info(?) WHERE name = ?", String.class, table, column);
    }
}
