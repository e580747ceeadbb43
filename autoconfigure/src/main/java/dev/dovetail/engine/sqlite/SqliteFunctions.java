package dev.dovetail.engine.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What the functions may do that a compiled statement calls. */
final class SqliteFunctions {

    // Deterministic ones, whose maker promised that they depend on nothing but their arguments, are left out. Calls no
    // function: it might have been replaced.
    private static final String NOT_BUILT_IN = """
            SELECT name FROM pragma_function_list WHERE NOT builtin AND flags & 2048 = 0 AND name COLLATE NOCASE IN (%s)""";

    // Those of full-text search and R-Tree are known to look at their table only.
    private static final Set<String> OF_MODULES =
            Set.of("bm25", "highlight", "snippet", "offsets", "matchinfo", "match", "rtreenode", "rtreedepth");
    private static final Set<String> READING_OR_WRITING = Set.of("load_extension", "rtreecheck", "fts3_tokenizer");
    private static final Set<String> OF_SESSION = Set.of("last_insert_rowid", "changes", "total_changes");

    private SqliteFunctions() {}

    /** Whether there is one that was added to the connection, also one that took the place of a built-in one. */
    static boolean mayDoAnything(Connection connection, Set<String> functions) throws SQLException {
        if (functions.isEmpty()) {
            return false;
        }
        if (functions.stream().anyMatch(READING_OR_WRITING::contains)) {
            return true;
        }
        String names = functions.stream()
                .map(name -> '\'' + name.replace("'", "''") + '\'')
                .collect(Collectors.joining(","));
        try (Statement statement = connection.createStatement();
                ResultSet added = statement.executeQuery(NOT_BUILT_IN.formatted(names))) {
            boolean any = false;
            while (added.next()) {
                any |= !OF_MODULES.contains(added.getString(1).toLowerCase(Locale.ROOT));
            }
            return any;
        }
    }

    /** Whether there is one that tells what the connection did before. */
    static boolean tellOfSession(Set<String> functions) {
        return functions.stream().anyMatch(OF_SESSION::contains);
    }
}
