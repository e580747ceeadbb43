package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.ColumnType;
import dev.dovetail.engine.ColumnType.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a column holds. In tables of portable migrations the comment behind the type says it, in others the type's name as
 * people commonly use it, and where that is none of these SQLite's own rules (sqlite.org/datatype3.html).
 */
final class SqliteTypes {

    private static final Map<String, Kind> WORDS = Map.of(
            "TEXT /* uuid */", Kind.UUID,
            "INTEGER /* boolean */", Kind.BOOLEAN,
            "INTEGER /* timestamp */", Kind.TIMESTAMP,
            "TEXT /* datetime */", Kind.DATETIME,
            "TEXT /* date */", Kind.DATE,
            "TEXT /* time */", Kind.TIME,
            "TEXT /* json */", Kind.JSON);

    private static final Map<String, Kind> NAMES = Map.ofEntries(
            Map.entry("", Kind.OTHER),
            Map.entry("BOOLEAN", Kind.BOOLEAN),
            Map.entry("BOOL", Kind.BOOLEAN),
            Map.entry("DECIMAL", Kind.DECIMAL),
            Map.entry("NUMERIC", Kind.DECIMAL),
            Map.entry("MONEY", Kind.DECIMAL),
            Map.entry("DATETIME", Kind.DATETIME),
            Map.entry("TIMESTAMP", Kind.DATETIME),
            Map.entry("TIMESTAMP WITHOUT TIME ZONE", Kind.DATETIME),
            Map.entry("TIMESTAMPTZ", Kind.TIMESTAMP),
            Map.entry("TIMESTAMP WITH TIME ZONE", Kind.TIMESTAMP),
            Map.entry("DATE", Kind.DATE),
            Map.entry("TIME", Kind.TIME),
            Map.entry("JSON", Kind.JSON),
            Map.entry("JSONB", Kind.JSON),
            Map.entry("UUID", Kind.UUID),
            Map.entry("GUID", Kind.UUID));

    private static final Pattern DECIMAL_WORD = Pattern.compile("decimal\\((\\d{1,2}),(\\d{1,2})\\)");
    private static final Pattern DIGITS = Pattern.compile("\\(\\s*(\\d{1,4})\\s*(?:,\\s*(\\d{1,4})\\s*)?\\)");
    private static final Pattern PARENTHESES = Pattern.compile("\\s*\\([^)]*\\)\\s*");

    private SqliteTypes() {}

    /**
     * @param declared the type's name, empty if the column has none
     * @param comments what stands in comments behind it
     */
    static ColumnType of(String declared, List<String> comments) {
        return comments.stream()
                .map(comment -> portable(upper(declared), comment))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> foreign(declared));
    }

    // As SQLite does it: letters beyond ASCII are no letters.
    private static String upper(String declared) {
        return declared.chars()
                .map(c -> c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static @Nullable ColumnType portable(String base, String comment) {
        String word = comment.toLowerCase(Locale.ROOT).replace(" ", "");
        String name = base + " /* " + word + " */";
        Kind kind = WORDS.get(name);
        if (kind != null) {
            return ColumnType.of(kind, name);
        }
        Matcher decimal = DECIMAL_WORD.matcher(word);
        if (!decimal.matches()) {
            return null;
        }
        int precision = Integer.parseInt(decimal.group(1));
        int scale = Integer.parseInt(decimal.group(2));
        return SqliteWords.isDecimal(name, precision, scale)
                ? new ColumnType(Kind.DECIMAL, name, precision, scale)
                : null;
    }

    private static ColumnType foreign(String declared) {
        String upper = upper(declared);
        String plain = PARENTHESES.matcher(upper).replaceAll(" ").strip();
        Kind kind = NAMES.getOrDefault(plain, byAffinity(upper));
        return kind == Kind.DECIMAL ? decimal(declared) : ColumnType.of(kind, declared);
    }

    private static ColumnType decimal(String declared) {
        Matcher digits = DIGITS.matcher(declared);
        if (!digits.find()) {
            return ColumnType.of(Kind.DECIMAL, declared);
        }
        int scale = digits.group(2) == null ? 0 : Integer.parseInt(digits.group(2));
        return new ColumnType(Kind.DECIMAL, declared, Integer.parseInt(digits.group(1)), scale);
    }

    private static Kind byAffinity(String upper) {
        if (upper.contains("INT")) {
            return Kind.INTEGER;
        }
        if (upper.contains("CHAR") || upper.contains("CLOB") || upper.contains("TEXT")) {
            return Kind.TEXT;
        }
        if (upper.contains("BLOB")) {
            return Kind.BINARY;
        }
        return upper.contains("REAL") || upper.contains("FLOA") || upper.contains("DOUB") ? Kind.DOUBLE : Kind.OTHER;
    }
}
