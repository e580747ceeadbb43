package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.QueryPlan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code EXPLAIN QUERY PLAN}, whose text is meant for people: what is not understood is passed over. */
final class SqlitePlans {

    private static final Pattern INDEX = Pattern.compile(" USING (?:COVERING )?INDEX (.+?)(?: \\(.*)?$");
    private static final Pattern AUTOMATIC = Pattern.compile(" USING AUTOMATIC (?:PARTIAL )?(?:COVERING )?INDEX");
    private static final Pattern NO_TABLE =
            Pattern.compile("SCAN (?:CONSTANT ROW|\\(?[Ss]ubquery.*|[0-9]+ CONSTANT ROWS?)");

    private SqlitePlans() {}

    static QueryPlan explain(Connection connection, String query, List<? extends @Nullable Object> values)
            throws SQLException {
        List<String> lines = new ArrayList<>();
        readSchema(connection);
        try (PreparedStatement statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + query)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    lines.add(result.getString("detail"));
                }
            }
        }
        return read(lines);
    }

    /** The plan of a query whose values are not known. SQLite never quotes them. */
    static QueryPlan ofAnyValues(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            int parameters = statement.getParameterMetaData().getParameterCount();
            return explain(connection, query, Collections.nCopies(parameters, null));
        }
    }

    // A plan is made of the schema the connection knows. Only a statement that runs sees that there is a newer one.
    private static void readSchema(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1 FROM sqlite_schema LIMIT 1");
                ResultSet result = statement.executeQuery()) {
            result.next();
        }
    }

    static QueryPlan read(List<String> lines) {
        boolean fullScan = false;
        Set<String> indexes = new LinkedHashSet<>();
        for (String line : lines) {
            Matcher index = INDEX.matcher(line);
            if (AUTOMATIC.matcher(line).find()) {
                // An index built for this one query: its making reads the whole table.
                fullScan = true;
            } else if (index.find()) {
                indexes.add(index.group(1));
            } else if (line.startsWith("SCAN ") && !NO_TABLE.matcher(line).matches()) {
                fullScan = true;
            }
        }
        return new QueryPlan(fullScan, List.copyOf(indexes), String.join("\n", lines));
    }
}
