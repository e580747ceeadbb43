package dev.dovetail.engine.sqlite;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How SQLite is opened. Immutable; a value that cannot work is refused here, with the property's name.
 *
 * @param path the database file; {@code :memory:} for a private temporary file that is deleted at close
 * @param journalMode {@code wal} by default: readers and the writer do not block each other
 * @param synchronous {@code normal} by default: survives the death of the process; {@code full} also survives power loss
 * @param cacheSize page cache of the write connection, in bytes
 * @param readerCacheSize page cache of each read connection, in bytes
 * @param busyTimeout how long to wait for a lock that another process holds
 * @param readers how many read connections there are
 * @param foreignKeys whether foreign keys are enforced
 * @param tempStore where temporary tables and indexes live
 * @param autoVacuum how a newly created file gives back free pages; an existing file keeps its own
 * @param preparedStatementCacheSize how many prepared statements each connection keeps compiled; 0 for none
 * @param pragmas further ones, applied in their order and read back
 */
public record SqliteSettings(
        String path,
        JournalMode journalMode,
        Synchronous synchronous,
        long cacheSize,
        long readerCacheSize,
        Duration busyTimeout,
        int readers,
        boolean foreignKeys,
        TempStore tempStore,
        AutoVacuum autoVacuum,
        int preparedStatementCacheSize,
        Map<String, String> pragmas) {

    /** The value that asks for a private database that ends with the application. */
    public static final String IN_MEMORY = ":memory:";

    private static final Pattern PRAGMA_NAME = Pattern.compile("[a-z][a-z_]*");
    private static final Pattern PRAGMA_VALUE = Pattern.compile("[A-Za-z0-9_.+-]+");

    public SqliteSettings {
        require(!path.isBlank(), "path", "must name a file, or be :memory:");
        require(path.indexOf('?') < 0, "path", "must not contain '?': settings are properties of their own");
        require(cacheSize >= 0, "cache-size", "must not be negative");
        require(readerCacheSize >= 0, "reader-cache-size", "must not be negative");
        require(!busyTimeout.isNegative(), "busy-timeout", "must not be negative");
        require(busyTimeout.toMillis() <= Integer.MAX_VALUE, "busy-timeout", "must be below 24 days");
        require(readers >= 1 && readers <= 1000, "readers", "must be from 1 to 1000");
        require(
                preparedStatementCacheSize >= 0 && preparedStatementCacheSize <= 10_000,
                "prepared-statement-cache-size",
                "must be from 0 to 10000");
        pragmas = Collections.unmodifiableMap(new LinkedHashMap<>(pragmas));
        pragmas.forEach(SqliteSettings::requirePragma);
    }

    /** A word that SQLite answers with a number. */
    interface Numbered {

        /** What SQLite answers when the word was set. */
        int number();
    }

    /** Where temporary tables and indexes live. */
    public enum TempStore implements Numbered {
        DEFAULT(0),
        FILE(1),
        MEMORY(2);

        private final int number;

        TempStore(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    /** How SQLite keeps a transaction revocable. */
    public enum JournalMode {
        DELETE,
        TRUNCATE,
        PERSIST,
        MEMORY,
        WAL,
        OFF
    }

    /** How often SQLite waits for the disk. */
    public enum Synchronous implements Numbered {
        OFF(0),
        NORMAL(1),
        FULL(2),
        EXTRA(3);

        private final int number;

        Synchronous(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    /** How a database file gives back free pages. */
    public enum AutoVacuum implements Numbered {
        NONE(0),
        FULL(1),
        INCREMENTAL(2);

        private final int number;

        AutoVacuum(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    private static void requirePragma(String name, String value) {
        require(PRAGMA_NAME.matcher(name).matches(), "pragmas", "'" + name + "' is not the name of a pragma");
        require(!name.equals("key") && !name.equals("rekey"), "pragmas", "'" + name + "' would not encrypt anything");
        require(PRAGMA_VALUE.matcher(value).matches(), "pragmas." + name, "must be a word or a number");
    }

    private static void require(boolean condition, String property, String problem) {
        if (!condition) {
            throw new IllegalArgumentException("dovetail.sqlite." + property + " " + problem);
        }
    }
}
