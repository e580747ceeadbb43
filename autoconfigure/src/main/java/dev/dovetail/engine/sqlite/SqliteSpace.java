package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.UpkeepSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How many pages a file has, and how many of them hold nothing. */
record SqliteSpace(long pageSize, long pages, long freePages) {

    static SqliteSpace of(Connection connection) throws SQLException {
        return new SqliteSpace(
                SqlitePragma.number(connection, "page_size"),
                SqlitePragma.number(connection, "page_count"),
                SqlitePragma.number(connection, "freelist_count"));
    }

    long bytes() {
        return pages * pageSize;
    }

    long freeBytes() {
        return freePages * pageSize;
    }

    double freeShare() {
        return pages == 0 ? 0 : (double) freePages / pages;
    }

    boolean exceeds(UpkeepSettings settings) {
        return freePages > 0 && freeShare() > settings.freeShare() && freeBytes() > settings.freeBytes();
    }

    String describe() {
        return String.format(
                Locale.ROOT,
                "%d of %d pages (%.1f %%, %d bytes) are free",
                freePages,
                pages,
                freeShare() * 100,
                freeBytes());
    }

    Map<String, Object> details(UpkeepSettings settings) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("pages", pages);
        details.put("freePages", freePages);
        details.put("freeShare", freeShare());
        details.put("freeBytes", freeBytes());
        details.put("freeShareThreshold", settings.freeShare());
        details.put("freeBytesThreshold", settings.freeBytes());
        return details;
    }
}
