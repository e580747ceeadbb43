package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.DatabaseCheck;
import dev.dovetail.engine.Finding;
import dev.dovetail.engine.Finding.Kind;
import dev.dovetail.engine.Finding.Severity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Pragmas that cost speed or safety with this very file, as the connection answers when it is asked. */
record SettingsCheck() implements DatabaseCheck {

    private static final long ENOUGH_CACHE = 32L << 20;
    private static final long MANY_FREE_BYTES = 16L << 20;
    private static final int KIBIBYTE = 1024;

    @Override
    public String name() {
        return "settings";
    }

    @Override
    public List<Finding> run(Connection connection) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        long pageSize = number(connection, "page_size");
        long pages = number(connection, "page_count");
        cacheSize(findings, cacheBytes(number(connection, "cache_size"), pageSize), pages * pageSize);
        freePages(findings, connection, pages, pageSize);
        if (number(connection, "synchronous") == 0) {
            findings.add(setting("synchronous", Severity.HIGH, """
                    synchronous is OFF: when the machine loses power, the file may be damaged beyond repair, not only \
                    the last transactions lost. Set dovetail.sqlite.synchronous to normal, which costs a sync per \
                    checkpoint, or to full, which costs one per transaction."""));
        }
        if (number(connection, "foreign_keys") == 0 && hasForeignKeys(connection)) {
            findings.add(setting("foreign_keys", Severity.MEDIUM, """
                    foreign_keys is OFF, and there are tables with foreign keys: rows that refer to nothing are not \
                    refused. Set dovetail.sqlite.foreign-keys to true."""));
        }
        return findings;
    }

    private static void cacheSize(List<Finding> findings, long cache, long file) {
        if (cache < ENOUGH_CACHE && cache < file) {
            findings.add(setting("cache_size", Severity.LOW, """
                    The page cache of the connection that writes has %d MB, less than the file with %d MB: pages are \
                    read again and again, and a large transaction spills into the file before it is committed. Set \
                    dovetail.sqlite.cache-size to 32MB or more.""".formatted(cache >> 20, file >> 20)));
        }
    }

    private static void freePages(List<Finding> findings, Connection connection, long pages, long pageSize)
            throws SQLException {
        long free = number(connection, "freelist_count");
        boolean many = free * 4 >= pages && free * pageSize >= MANY_FREE_BYTES;
        if (many && number(connection, "auto_vacuum") == 0) {
            findings.add(new Finding(
                    Kind.SETTING,
                    Severity.LOW,
                    "auto_vacuum",
                    """
                    %d MB of the file's %d MB are free, and auto_vacuum is NONE: nothing gives them back but a VACUUM. \
                    The statements switch to INCREMENTAL and rewrite the file once; nobody can write meanwhile, and \
                    twice its size must be free on the disk.""".formatted((free * pageSize) >> 20, (pages * pageSize) >> 20),
                    "PRAGMA auto_vacuum = INCREMENTAL; VACUUM"));
        }
    }

    private static Finding setting(String name, Severity severity, String text) {
        return new Finding(Kind.SETTING, severity, name, text, null);
    }

    // Below zero it is counted in KiB, else in pages.
    private static long cacheBytes(long size, long pageSize) {
        return size < 0 ? -size * KIBIBYTE : size * pageSize;
    }

    private static boolean hasForeignKeys(Connection connection) throws SQLException {
        return !SqlitePragma.texts(connection, """
                SELECT made.name FROM main.sqlite_schema AS made
                 CROSS JOIN pragma_foreign_key_list(made.name, 'main') WHERE made.type = 'table' LIMIT 1""").isEmpty();
    }

    private static long number(Connection connection, String pragma) throws SQLException {
        return SqlitePragma.number(connection, pragma);
    }
}
