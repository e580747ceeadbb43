package dev.dovetail.repository;

import dev.dovetail.engine.ColumnCodec;
import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.ColumnType.Kind;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.schema.Schema;
import dev.dovetail.schema.SchemaCatalog;
import java.math.BigDecimal;
import java.sql.JDBCType;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.util.ConcurrentLruCache;

/**
 * The decimal columns that do not lie as numbers with a point, so that SQL written by hand sees something else than Java:
 * SQLite keeps 12.34 as 1234. Where such SQL says which column a parameter or a result belongs to, it is converted; where it
 * does not, it is refused, as the number would be wrong by a power of ten. Safe for use by several threads.
 */
final class ScaledDecimals {

    private static final String COLUMN = "(?:\"?\\w+\"?\\.)?\"?([A-Za-z_]\\w*)\"?";
    private static final String COMPARED = "(?:<>|!=|<=|>=|=|<|>|IS\\s+(?:NOT\\s+)?DISTINCT\\s+FROM)";
    private static final String NO_ARITHMETIC_BEFORE = "(?<![-+*/%|]\\s{0,9})(?<![\\w.\"])";
    private static final String NO_ARITHMETIC_AFTER = "(?!\\w)(?!\\s*(?:[-+*/%]|\\|\\|))";
    private static final Pattern INSERTED = Pattern.compile(
            "INSERT\\s+INTO\\s+\\S+\\s*\\(([^()]*)\\)\\s*VALUES\\s*\\(([^()]*)\\)", Pattern.CASE_INSENSITIVE);
    private static final Pattern COUNTED = Pattern.compile("count\\s*\\([^()]*\\)", Pattern.CASE_INSENSITIVE);
    private static final Pattern FROM = Pattern.compile("\\bFROM\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern WORD = Pattern.compile("\\w+");
    // One method has one text, or a few where expressions in it give several.
    private static final int TEXTS = 64;

    private final SchemaCatalog catalog;
    private final ConcurrentLruCache<Parameter, Optional<String>> besides =
            new ConcurrentLruCache<>(TEXTS, parameter -> columnBeside(parameter.sql, parameter.name));
    private final PerSchema<Known> known;

    private record Parameter(String sql, String name) {}

    ScaledDecimals(SchemaCatalog catalog) {
        this.catalog = catalog;
        this.known = new PerSchema<>(catalog, schema -> new Known(scaled(schema)));
    }

    /** A scaled column of which the text speaks; null if of none. */
    @Nullable
    String in(String sql) {
        Known now = known.get();
        return now.columns.isEmpty() ? null : now.spokenOf.get(sql).orElse(null);
    }

    private static Optional<String> first(String sql, Map<String, Scaled> columns) {
        Matcher word = WORD.matcher(sql);
        while (word.find()) {
            if (columns.containsKey(lower(word.group()))) {
                return Optional.of(word.group());
            }
        }
        return Optional.empty();
    }

    /** A scaled column of which the results of a query are made, except by counting; null if of none. */
    @Nullable
    String inResultsOf(String sql) {
        Matcher from = FROM.matcher(sql);
        String results = from.find() ? sql.substring(0, from.start()) : sql;
        return in(COUNTED.matcher(results).replaceAll("count"));
    }

    /** How values of the column of this name lie, if it is a scaled one. */
    Optional<ColumnCodec> column(String name) {
        Scaled scaled = known.get().columns.get(lower(name));
        if (scaled == null) {
            return Optional.empty();
        }
        if (scaled.differs) {
            throw new InvalidDataAccessApiUsageException(
                    "Several tables have a decimal column \"%s\", of different scales, so that it cannot be told which one is meant. "
                                    .formatted(name)
                            + "Use a derived query, Criteria or table(…), which know the table.");
        }
        return Optional.of(scaled.codec);
    }

    /**
     * The value as it lies in the column that the parameter is compared with or stored in.
     *
     * @throws InvalidDataAccessApiUsageException if the text speaks of scaled columns and does not say whether the parameter
     *     belongs to one
     */
    Object parameter(String sql, String name, Number value) {
        Optional<String> column = besides.get(new Parameter(sql, name));
        if (column.isPresent()) {
            return column(column.get()).map(codec -> codec.encode(value)).orElse(value);
        }
        if (value instanceof BigDecimal) {
            throw new InvalidDataAccessApiUsageException(
                    "Parameter :%s is a decimal number in a query about column \"%s\", which this database keeps as a scaled whole number, and the query does not compare the two directly. "
                                    .formatted(name, in(sql))
                            + "Write it as column = :%s, or use a derived query, Criteria or table(…)."
                                    .formatted(name));
        }
        return value;
    }

    private static Optional<String> columnBeside(String sql, String name) {
        String parameter = ":" + Pattern.quote(name) + NO_ARITHMETIC_AFTER;
        for (String form : new String[] {
            NO_ARITHMETIC_BEFORE + COLUMN + "\\s*" + COMPARED + "\\s*" + parameter,
            ":" + Pattern.quote(name) + "\\s*" + COMPARED + "\\s*" + COLUMN + NO_ARITHMETIC_AFTER,
            NO_ARITHMETIC_BEFORE + COLUMN + "\\s+(?:NOT\\s+)?BETWEEN\\s+" + parameter,
            NO_ARITHMETIC_BEFORE + COLUMN + "\\s+(?:NOT\\s+)?BETWEEN\\s+\\S+\\s+AND\\s+" + parameter,
            NO_ARITHMETIC_BEFORE + COLUMN + "\\s+(?:NOT\\s+)?IN\\s*\\([^()]*" + parameter
        }) {
            Matcher matcher = Pattern.compile(form, Pattern.CASE_INSENSITIVE).matcher(sql);
            if (matcher.find()) {
                return Optional.of(matcher.group(1));
            }
        }
        return insertedInto(sql, name);
    }

    private static Optional<String> insertedInto(String sql, String name) {
        Matcher insert = INSERTED.matcher(sql);
        if (!insert.find()) {
            return Optional.empty();
        }
        String[] columns = insert.group(1).split(",");
        String[] values = insert.group(2).split(",");
        for (int index = 0; index < Math.min(columns.length, values.length); index++) {
            if (values[index].strip().equals(":" + name)) {
                return Optional.of(columns[index].strip().replace("\"", ""));
            }
        }
        return Optional.empty();
    }

    private Map<String, Scaled> scaled(Schema schema) {
        Map<String, Scaled> columns = new HashMap<>();
        for (TableInfo table : schema.tables()) {
            for (ColumnInfo column : table.columns()) {
                ColumnCodec codec = catalog.engine().codec(column.type());
                if (column.type().kind() == Kind.DECIMAL && isScaled(codec)) {
                    Scaled scaled = new Scaled(codec, column.type().scale(), false);
                    columns.merge(
                            lower(column.name()),
                            scaled,
                            (one, other) -> one.scale == other.scale ? one : one.differing());
                }
            }
        }
        return columns.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static boolean isScaled(ColumnCodec codec) {
        return codec.jdbcType() == JDBCType.BIGINT;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static final class Known {

        private final Map<String, Scaled> columns;
        private final ConcurrentLruCache<String, Optional<String>> spokenOf;

        Known(Map<String, Scaled> columns) {
            this.columns = columns;
            this.spokenOf = new ConcurrentLruCache<>(TEXTS, sql -> first(sql, columns));
        }
    }

    private record Scaled(ColumnCodec codec, int scale, boolean differs) {

        Scaled differing() {
            return new Scaled(codec, scale, true);
        }
    }
}
