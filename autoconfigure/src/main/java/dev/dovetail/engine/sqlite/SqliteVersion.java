package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.DatabaseStartException;
import java.util.Arrays;

/** A version of SQLite, ordered. */
record SqliteVersion(int major, int minor, int patch) implements Comparable<SqliteVersion> {

    /** The first without the WAL-reset bug (sqlite.org/wal.html#walresetbug). */
    static final SqliteVersion OLDEST_SOUND = new SqliteVersion(3, 51, 3);

    static SqliteVersion parse(String text) {
        int[] parts =
                Arrays.stream(text.split("\\.")).mapToInt(Integer::parseInt).toArray();
        return new SqliteVersion(parts[0], parts[1], parts.length > 2 ? parts[2] : 0);
    }

    // Older ones can corrupt a database in WAL mode: sqlite.org/wal.html#walresetbug. 3.52.0 was withdrawn.
    static void requireSound(String version) {
        if (parse(version).compareTo(OLDEST_SOUND) < 0 || version.equals("3.52.0")) {
            throw new DatabaseStartException(
                    "SQLite " + version + " can corrupt a database in WAL mode",
                    "Use org.xerial:sqlite-jdbc 3.53.0.0 or newer: remove the older version from your build.",
                    null);
        }
    }

    @Override
    public int compareTo(SqliteVersion other) {
        return Arrays.compare(new int[] {major, minor, patch}, new int[] {other.major, other.minor, other.patch});
    }
}
