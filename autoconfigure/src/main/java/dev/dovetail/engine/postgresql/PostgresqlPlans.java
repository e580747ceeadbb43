package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.QueryPlan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code EXPLAIN (FORMAT JSON)}: in it a value of the query cannot pass for a part of the plan. */
final class PostgresqlPlans {

    private static final Pattern FULL_SCAN = Pattern.compile("\"Node Type\": \"Seq Scan\"");
    private static final Pattern INDEX = Pattern.compile("\"Index Name\": \"((?:[^\"\\\\]|\\\\.)*)\"");

    private PostgresqlPlans() {}

    static QueryPlan explain(Connection connection, String query, List<? extends @Nullable Object> values)
            throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (PreparedStatement statement = connection.prepareStatement("EXPLAIN (FORMAT JSON) " + query)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    plan.append(result.getString(1)).append('\n');
                }
            }
        }
        return read(plan.toString().strip());
    }

    static QueryPlan read(String plan) {
        Set<String> indexes = new LinkedHashSet<>();
        Matcher index = INDEX.matcher(plan);
        while (index.find()) {
            indexes.add(index.group(1).replaceAll("\\\\(.)", "$1"));
        }
        return new QueryPlan(FULL_SCAN.matcher(plan).find(), List.copyOf(indexes), plan);
    }
}
