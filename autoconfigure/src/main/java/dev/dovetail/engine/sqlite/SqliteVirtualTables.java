package dev.dovetail.engine.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which virtual tables a statement uses. Its program does not name them, so that all count whose names stand somewhere in the
 * statement, in a view or in a trigger, be it as part of another word.
 */
final class SqliteVirtualTables {

    private static final Pattern MODULE =
            Pattern.compile("(?is)CREATE\\s+VIRTUAL\\s+TABLE\\b.*?\\bUSING\\s+[\"\\[`']?(\\w+)");
    private static final Set<String> KNOWN_MODULES =
            Set.of("fts3", "fts4", "fts5", "fts4aux", "fts5vocab", "rtree", "rtree_i32", "geopoly");
    private static final Set<String> ARGUMENTS_ONLY =
            Set.of("json_each", "json_tree", "jsonb_each", "jsonb_tree", "generate_series");

    private static final String PROGRAMS = """
            SELECT sql FROM main.sqlite_schema WHERE type IN ('view', 'trigger')
            UNION ALL SELECT sql FROM temp.sqlite_schema""";
    private static final String MODULES = "SELECT name FROM pragma_module_list";
    private static final String TABLES = """
            SELECT name, CASE WHEN rootpage = 0 THEN sql ELSE '' END FROM main.sqlite_schema WHERE type = 'table'""";

    private final String text;
    private final Map<String, String> tables = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private boolean known = true;
    private boolean repeatable;

    private SqliteVirtualTables(String text) {
        this.text = text;
    }

    static SqliteVirtualTables of(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            SqliteVirtualTables virtual =
                    new SqliteVirtualTables((sql + ' ' + programs(statement)).toLowerCase(Locale.ROOT));
            virtual.repeatable = virtual.usesArgumentsOnly(statement);
            virtual.read(statement);
            return virtual;
        }
    }

    private static String programs(Statement statement) throws SQLException {
        StringBuilder programs = new StringBuilder();
        try (ResultSet rows = statement.executeQuery(PROGRAMS)) {
            while (rows.next()) {
                programs.append(rows.getString(1)).append(' ');
            }
        }
        return programs.toString();
    }

    // A function like pragma_table_info is a module only once it was used. Of the main database no virtual table is in
    // the text.
    private boolean usesArgumentsOnly(Statement statement) throws SQLException {
        boolean others = text.contains("pragma_") || text.contains("create virtual");
        try (ResultSet modules = statement.executeQuery(MODULES)) {
            while (modules.next()) {
                String module = modules.getString(1).toLowerCase(Locale.ROOT);
                boolean harmless = ARGUMENTS_ONLY.contains(module) || KNOWN_MODULES.contains(module);
                others |= !harmless && text.contains(module);
            }
        }
        return !others;
    }

    private void read(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.put(rows.getString(1), String.valueOf(rows.getString(2)));
            }
        }
        use(text);
    }

    // One may show what is in another: the words of an index, or the table whose rows are indexed.
    private void use(String mention) {
        for (Map.Entry<String, String> table : tables.entrySet()) {
            boolean isVirtual = !table.getValue().isEmpty();
            if (isVirtual && mentions(mention, table.getKey()) && used.add(table.getKey())) {
                known &= isOfKnownModule(table.getValue());
                use(table.getValue().toLowerCase(Locale.ROOT));
            }
        }
    }

    // Inside of quotes, quotes are doubled: a name with one is taken to be there.
    private static boolean mentions(String text, String name) {
        return name.matches(".*[\"'`\\]].*") || text.contains(name.toLowerCase(Locale.ROOT));
    }

    private static boolean isOfKnownModule(String sql) {
        Matcher module = MODULE.matcher(sql);
        return module.find() && KNOWN_MODULES.contains(module.group(1).toLowerCase(Locale.ROOT));
    }

    /** Whether all are of modules of which it is known what they read. */
    boolean isKnown() {
        return known;
    }

    /** Whether nothing else is shown than tables, and what is in the arguments. */
    boolean isRepeatable() {
        return repeatable;
    }

    /** Those used, and the tables in which they keep their content. */
    Set<String> written() {
        Set<String> names = new TreeSet<>(used);
        for (String table : tables.keySet()) {
            if (used.stream().anyMatch(name -> startsWith(table, name + "_"))) {
                names.add(table);
            }
        }
        return names;
    }

    /** The same, and all tables that the making of one of them mentions. */
    Set<String> read() {
        Set<String> names = new TreeSet<>(written());
        for (String name : used) {
            String made = String.valueOf(tables.get(name)).toLowerCase(Locale.ROOT);
            tables.keySet().stream().filter(table -> mentions(made, table)).forEach(names::add);
        }
        return names;
    }

    private static boolean startsWith(String text, String start) {
        return text.regionMatches(true, 0, start, 0, start.length());
    }
}
