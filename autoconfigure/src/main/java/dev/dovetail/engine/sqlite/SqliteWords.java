package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.ColumnType;
import java.util.Map;
import java.util.TreeMap;

/**
 * The words of portable migrations, in SQLite's terms.
 *
 * <p>STRICT tables know five types only. What a column means beyond them stands in a comment, which SQLite keeps in
 * {@code sqlite_schema}, so that it can be read back.
 */
final class SqliteWords {

    // A scaled integer keeps order, comparison and sums exact; 18 digits are what 64 bits hold.
    private static final int LARGEST_SCALED_PRECISION = 18;
    private static final int LARGEST_PRECISION = 38;

    private SqliteWords() {}

    static Map<String, String> all() {
        Map<String, String> words = new TreeMap<>(Map.ofEntries(
                Map.entry("identity", "INTEGER PRIMARY KEY"),
                Map.entry("uuid", "TEXT /* uuid */"),
                Map.entry("text", "TEXT"),
                Map.entry("boolean", "INTEGER /* boolean */"),
                Map.entry("integer", "INTEGER"),
                Map.entry("bigint", "INTEGER"),
                Map.entry("double", "REAL"),
                Map.entry("timestamp", "INTEGER /* timestamp */"),
                Map.entry("datetime", "TEXT /* datetime */"),
                Map.entry("date", "TEXT /* date */"),
                Map.entry("time", "TEXT /* time */"),
                Map.entry("json", "TEXT /* json */"),
                Map.entry("blob", "BLOB"),
                Map.entry("now", "(CAST(unixepoch('now', 'subsec') * 1000000 AS INTEGER))"),
                Map.entry("strict", "STRICT")));
        for (int precision = 1; precision <= LARGEST_PRECISION; precision++) {
            for (int scale = 0; scale <= precision; scale++) {
                words.put("decimal_%d_%d".formatted(precision, scale), decimal(precision, scale));
            }
        }
        return Map.copyOf(words);
    }

    /** Whether a column's type is one of these words, so that its values lie as we write them. */
    static boolean isOurs(ColumnType type) {
        return type.name().contains("/*");
    }

    /** Whether a decimal type of ours is a scaled integer. */
    static boolean isScaled(ColumnType type) {
        return type.precision() <= LARGEST_SCALED_PRECISION;
    }

    /** Whether this is what the word for so many digits stands for. */
    static boolean isDecimal(String type, int precision, int scale) {
        return precision >= 1
                && precision <= LARGEST_PRECISION
                && scale <= precision
                && type.equals(decimal(precision, scale));
    }

    private static String decimal(int precision, int scale) {
        String type = precision <= LARGEST_SCALED_PRECISION ? "INTEGER" : "TEXT";
        return "%s /* decimal(%d,%d) */".formatted(type, precision, scale);
    }
}
