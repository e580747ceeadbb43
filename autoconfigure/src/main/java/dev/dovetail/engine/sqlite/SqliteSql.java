package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.ColumnInfo;
import dev.dovetail.engine.ColumnType;
import dev.dovetail.engine.JsonPath;
import dev.dovetail.engine.QueryPlan;
import dev.dovetail.engine.SqlDialect;
import dev.dovetail.engine.StoredTerm;
import dev.dovetail.engine.TableInfo;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQLite's words. */
enum SqliteSql implements SqlDialect {
    INSTANCE;

    private static final int LONGEST_PATTERN = 50_000;
    private static final int HALF = 32;
    private static final List<String> ROW_IDS = List.of("rowid", "_rowid_", "oid");
    private static final String WITHOUT_ROWID =
            "SELECT 1 FROM pragma_table_list WHERE schema = 'main' AND name = ? AND wr = 1";
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    @Override
    public String currentMillis() {
        return "CAST(unixepoch('now', 'subsec') * 1000 AS INTEGER)";
    }

    @Override
    public String millisOfOwnClock(String column) {
        return "CAST(round(unixepoch(" + column + ", 'subsec') * 1000) AS INTEGER)";
    }

    @Override
    public String offsetWithoutLimit() {
        return "LIMIT -1 OFFSET ?";
    }

    @Override
    public boolean ordersInSql(ColumnType type) {
        return SqlDialect.super.ordersInSql(type)
                && !(type.kind() == ColumnType.Kind.DECIMAL && SqliteWords.isOurs(type) && !SqliteWords.isScaled(type));
    }

    @Override
    public String byCodePoint(String text) {
        return text + " COLLATE BINARY";
    }

    // LIKE ignores the case of A to Z, and the pragma that changes it changes it for the application's own queries too.
    @Override
    public String like(String text) {
        return text + " GLOB ?";
    }

    @Override
    public String likeOperand(String pattern) {
        StringBuilder glob = new StringBuilder(pattern.length() + 8);
        for (int i = 0; i < pattern.length(); i++) {
            char each = pattern.charAt(i);
            switch (each) {
                case '%' -> glob.append('*');
                case '_' -> glob.append('?');
                case '\\' -> literal(pattern.charAt(++i), glob);
                default -> literal(each, glob);
            }
        }
        // Counted in bytes of UTF-8, of which a char has three at most.
        if (glob.length() * 3 > LONGEST_PATTERN
                && glob.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST_PATTERN) {
            throw new IllegalArgumentException("SQLite takes patterns of at most %d bytes".formatted(LONGEST_PATTERN));
        }
        return glob.toString();
    }

    private static void literal(char each, StringBuilder glob) {
        if (each == '*' || each == '?' || each == '[') {
            glob.append('[').append(each).append(']');
        } else {
            glob.append(each);
        }
    }

    // json_extract alone makes 1 of true and 1.5 of 1.50, where PostgreSQL returns what is written.
    @Override
    public String jsonText(String column, JsonPath path) {
        StringBuilder steps = new StringBuilder("'$");
        for (Object step : path.steps()) {
            if (step instanceof String key) {
                steps.append(".\"").append(key).append('"');
            } else {
                steps.append('[').append(step).append(']');
            }
        }
        String at = steps.append('\'').toString();
        return "(CASE json_type(%1$s, %2$s) WHEN 'text' THEN json_extract(%1$s, %2$s) WHEN 'null' THEN NULL ELSE %1$s -> %2$s END)"
                .formatted(column, at);
    }

    // In two halves, neither of which can overflow. Where a foreign table holds a floating point number, that is added.
    @Override
    public String sum(String column, ColumnType type) {
        return type.kind() == ColumnType.Kind.DOUBLE
                ? "sum(" + column + ")"
                : "CASE WHEN total(typeof(%1$s) = 'real') > 0 THEN total(%1$s) ELSE sum(%1$s >> 32) || ':' || sum(%1$s & 4294967295) END"
                        .formatted(column);
    }

    @Override
    public BigDecimal readSum(Object stored, ColumnType type) {
        if (stored instanceof Number number) {
            return SqliteStored.decimal(number, type);
        }
        String halves = stored.toString();
        int middle = halves.indexOf(':');
        BigInteger sum = new BigInteger(halves.substring(0, middle))
                .shiftLeft(HALF)
                .add(new BigInteger(halves.substring(middle + 1)));
        return scaled(type)
                ? new BigDecimal(sum, type.scale())
                : new BigDecimal(sum).setScale(type.kind() == ColumnType.Kind.DECIMAL ? type.scale() : 0);
    }

    @Override
    public Object sumOperand(BigDecimal value, ColumnType type) {
        BigDecimal stored = scaled(type) ? value.movePointRight(type.scale()) : value;
        boolean whole = stored.stripTrailingZeros().scale() <= 0 && stored.abs().compareTo(LARGEST) <= 0;
        return whole ? (Object) stored.longValueExact() : (Object) stored.doubleValue();
    }

    @Override
    public String comparableAverage(String column, ColumnType type) {
        return scaled(type)
                ? "(avg(%s) / %s.0)".formatted(column, BigInteger.TEN.pow(type.scale()))
                : "avg(" + column + ")";
    }

    private static boolean scaled(ColumnType type) {
        return type.kind() == ColumnType.Kind.DECIMAL && SqliteWords.isOurs(type) && SqliteWords.isScaled(type);
    }

    @Override
    public List<Long> allocateKeys(Connection connection, TableInfo table, ColumnInfo column, int count)
            throws SQLException {
        return SqliteKeys.allocate(connection, table, column, count);
    }

    @Override
    public QueryPlan explain(Connection connection, String query, List<? extends @Nullable Object> values)
            throws SQLException {
        return SqlitePlans.explain(connection, query, values);
    }

    // Every table has rowid under one of its names but those that are made without, whose key is never NULL.
    @Override
    public List<StoredTerm> rowKey(Connection connection, TableInfo table) throws SQLException {
        Optional<String> free =
                ROW_IDS.stream().filter(name -> table.column(name).isEmpty()).findFirst();
        return free.isEmpty() || isWithoutRowid(connection, table.name())
                ? SqlDialect.super.rowKey(connection, table)
                : List.of(StoredTerm.plain(free.get()));
    }

    @Override
    public String namesOnly(String expression) {
        return SqliteNames.inBackquotes(expression);
    }

    private static boolean isWithoutRowid(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WITHOUT_ROWID)) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
