package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.QueryPlan;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The plan of a query whose values are not known, by PREPARE, which every version has. Its text is made of the names of nodes,
 * tables and indexes: conditions, which quote the values of the query's text, are left out.
 */
final class PlanOfAnyValues {

    // Nobody asked for it who would wait, and the connection may be the only one of its pool.
    private static final String LIMITS = """
            SET LOCAL lock_timeout = '500ms';
            SET LOCAL statement_timeout = '5s';
            SET LOCAL plan_cache_mode = 'force_generic_plan'""";

    private static final String PARAMETERS = """
            SELECT pg_catalog.cardinality(parameter_types) FROM pg_catalog.pg_prepared_statements
             WHERE name = 'dovetail_plan'""";

    // In JSON each property is a line, whatever is in a value.
    private static final Pattern PROPERTY = Pattern.compile(
            "^( *)(?:\\{ *)?\"(Node Type|Relation Name|Index Name|Total Cost|Plan Rows)\": \"?(.*?)\"?,?$",
            Pattern.MULTILINE);

    private PlanOfAnyValues() {}

    /** @param connection the driver's own, in autocommit mode */
    static QueryPlan of(Connection connection, String query) throws SQLException {
        connection.setAutoCommit(false);
        try {
            execute(connection, LIMITS);
            QueryPlan plan = PostgresqlPlans.read(prepared(connection, query));
            return new QueryPlan(plan.fullScan(), plan.indexes(), text(plan.raw()));
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    // What is prepared outlives the transaction.
    private static String prepared(Connection connection, String query) throws SQLException {
        execute(connection, "PREPARE dovetail_plan AS " + connection.nativeSQL(query));
        try {
            int parameters = Integer.parseInt(String.valueOf(ServerQuery.text(connection, PARAMETERS)));
            String nulls = String.join(", ", Collections.nCopies(parameters, "NULL"));
            return explain(connection, "EXECUTE dovetail_plan" + (parameters == 0 ? "" : "(" + nulls + ")"));
        } finally {
            connection.rollback();
            execute(connection, "DEALLOCATE dovetail_plan");
        }
    }

    private static String explain(Connection connection, String execution) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN (FORMAT JSON) " + execution)) {
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
        }
        return plan.toString().strip();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String text(String json) {
        List<StringBuilder> nodes = new ArrayList<>();
        Matcher property = PROPERTY.matcher(json);
        while (property.find()) {
            String value = property.group(3);
            switch (property.group(2)) {
                case "Node Type" -> nodes.add(new StringBuilder(property.group(1)).append(value));
                case "Relation Name" -> append(nodes, " on " + value);
                case "Index Name" -> append(nodes, " by " + value);
                case "Total Cost" -> append(nodes, ", cost " + value);
                default -> append(nodes, ", " + value + " rows");
            }
        }
        return String.join("\n", nodes).stripIndent();
    }

    private static void append(List<StringBuilder> nodes, String part) {
        if (!nodes.isEmpty()) {
            nodes.get(nodes.size() - 1).append(part);
        }
    }
}
