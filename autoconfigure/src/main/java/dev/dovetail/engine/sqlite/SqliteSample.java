package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.SqlDialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How many rows a table of the file has, and how many have the same values: from rows here and there, so that it takes
 * milliseconds at any size. Only reads.
 */
final class SqliteSample {

    private static final int ROWS = 2_000;
    private static final int OFTEN = 20;
    private static final int LONGEST_KEPT = 64;
    private static final int MOST_COUNTED = 1_000_000;

    private final Connection live;
    private final Map<String, Long> counts = new HashMap<>();
    private final Map<List<String>, Double> rowsPerKey = new HashMap<>();

    SqliteSample(Connection live) {
        this.live = live;
    }

    /** How many rows the table has; of a very large one, as many as its row numbers leave room for. */
    long rows(String table) throws SQLException {
        Long known = counts.get(table);
        if (known == null) {
            known = count(table);
            counts.put(table, known);
        }
        return known;
    }

    private long count(String table) throws SQLException {
        String name = SqlDialect.quoted(table);
        long counted = number("SELECT count(*) FROM (SELECT 1 FROM main." + name + " LIMIT " + MOST_COUNTED + ")");
        if (counted < MOST_COUNTED || !hasNumberedRows(table)) {
            return counted;
        }
        return Math.max(counted, number("SELECT max(_rowid_) - min(_rowid_) + 1 FROM main." + name));
    }

    /** The statistics of an index over these columns, as ANALYZE would write them. */
    String statistics(String table, List<String> columns) throws SQLException {
        StringBuilder statistics = new StringBuilder().append(Math.max(1, rows(table)));
        for (int i = 1; i <= columns.size(); i++) {
            long perKey = (long) Math.ceil(rowsPerKey(table, columns.subList(0, i)));
            statistics.append(' ').append(Math.max(1, perKey));
        }
        return statistics.toString();
    }

    /** How many rows have the same values in these columns, on average. */
    double rowsPerKey(String table, List<String> columns) throws SQLException {
        List<String> key = new ArrayList<>(List.of(table));
        key.addAll(columns);
        Double known = rowsPerKey.get(key);
        if (known == null) {
            known = estimate(table, columns);
            rowsPerKey.put(key, known);
        }
        return known;
    }

    // Haas and Stokes, as ANALYZE of PostgreSQL: what was met once only says how much has not been met at all. Values
    // that are
    // met again and again, NULL among them, say nothing of the others.
    private double estimate(String table, List<String> columns) throws SQLException {
        Map<List<String>, Integer> met = sample(table, columns);
        double all = Math.max(1, rows(table));
        double sampled = met.values().stream().mapToInt(Integer::intValue).sum();
        if (sampled == 0) {
            return 1;
        }
        List<Integer> rare =
                met.values().stream().filter(count -> count < OFTEN).toList();
        double n = rare.stream().mapToInt(Integer::intValue).sum();
        double once = rare.stream().filter(count -> count == 1).count();
        double allRare = Math.max(n, all * n / sampled);
        double distinct = n == 0 ? 0 : n * rare.size() / (n - once + once * n / allRare);
        double atMost = allRare + met.size() - rare.size();
        return Math.max(1, all / Math.min(atMost, met.size() - rare.size() + Math.max(rare.size(), distinct)));
    }

    private Map<List<String>, Integer> sample(String table, List<String> columns) throws SQLException {
        String list = columns.stream().map(SqlDialect::quoted).collect(Collectors.joining(", "));
        String from = " FROM main." + SqlDialect.quoted(table);
        return rows(table) > ROWS && hasNumberedRows(table)
                ? scattered("SELECT _rowid_, " + list + from + " WHERE _rowid_ >= ? LIMIT 1", from, columns.size())
                : first("SELECT 0, " + list + from + " LIMIT " + ROWS, columns.size());
    }

    private Map<List<String>, Integer> first(String query, int columns) throws SQLException {
        Map<List<String>, Integer> met = new HashMap<>();
        try (Statement statement = live.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                met.merge(values(rows, columns), 1, Integer::sum);
            }
        }
        return met;
    }

    // Neighbours are often alike, so each row comes from a place of its own; which places, is always the same.
    private Map<List<String>, Integer> scattered(String query, String from, int columns) throws SQLException {
        long smallest = number("SELECT min(_rowid_)" + from);
        long span = number("SELECT max(_rowid_)" + from) - smallest;
        Random places = new Random(ROWS);
        Set<Long> seen = new HashSet<>();
        Map<List<String>, Integer> met = new HashMap<>();
        try (PreparedStatement statement = live.prepareStatement(query)) {
            for (int i = 0; i < ROWS; i++) {
                statement.setLong(1, smallest + (long) (places.nextDouble() * span));
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next() && seen.add(row.getLong(1))) {
                        met.merge(values(row, columns), 1, Integer::sum);
                    }
                }
            }
        }
        return met;
    }

    private static List<String> values(ResultSet row, int columns) throws SQLException {
        List<String> values = new ArrayList<>(columns);
        for (int i = 0; i < columns; i++) {
            values.add(known(String.valueOf(row.getString(i + 2))));
        }
        return values;
    }

    // Two thousand documents need not be held to see which are alike.
    private static String known(String value) {
        return value.length() <= LONGEST_KEPT
                ? value
                : value.substring(0, LONGEST_KEPT) + value.length() + ' ' + value.hashCode();
    }

    private boolean hasNumberedRows(String table) {
        try (PreparedStatement probe =
                live.prepareStatement("SELECT _rowid_ FROM main." + SqlDialect.quoted(table) + " LIMIT 0")) {
            return probe.getMetaData().getColumnCount() == 1;
        } catch (SQLException e) {
            return false;
        }
    }

    private long number(String query) throws SQLException {
        try (Statement statement = live.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }
}
