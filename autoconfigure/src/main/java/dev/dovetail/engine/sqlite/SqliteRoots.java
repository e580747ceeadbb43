package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.sqlite.SqliteProgram.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which tables the roots belong to that a program opens; an index is its table. */
final class SqliteRoots {

    private static final String SNAPSHOT = "SELECT 1 FROM main.sqlite_schema UNION ALL SELECT 1";
    private static final String DATABASES = "SELECT seq, name, file FROM pragma_database_list";
    private static final String OWNERS =
            "SELECT rootpage, tbl_name, type = 'table', sql FROM %s.sqlite_schema WHERE rootpage IN (%s)";

    /**
     * What begins at a root.
     *
     * @param table the table it is, or is part of
     * @param sql the text that made the table; empty for an index
     */
    record Owner(String table, String sql) {}

    private record Database(String name, String file) {}

    private final Connection connection;
    private final Map<Integer, Database> attached = new HashMap<>();

    SqliteRoots(Connection connection) {
        this.connection = connection;
    }

    /**
     * Has a statement compiled for the schema in the file: only one that runs notices that there is a newer schema, and as long
     * as its rows are not all read, no other comes.
     */
    <T> T inSnapshot(SqliteWork<T> question) throws SQLException {
        return inSnapshot(SNAPSHOT, question);
    }

    /** The same for all databases that are attached. */
    <T> T inSnapshotOfAll(SqliteWork<T> question) throws SQLException {
        readAttached();
        String sql = attached.values().stream()
                .map(database -> "SELECT 1 FROM " + quote(database.name) + ".sqlite_schema UNION ALL ")
                .collect(Collectors.joining("", "", "SELECT 1"));
        return inSnapshot(sql, question);
    }

    private <T> T inSnapshot(String sql, SqliteWork<T> question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet unread = statement.executeQuery(sql)) {
            if (!unread.next()) {
                throw new IllegalStateException("A query with a row of its own has none");
            }
            return question.execute();
        }
    }

    private void readAttached() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(DATABASES)) {
            while (rows.next()) {
                attached.put(rows.getInt(1), new Database(rows.getString(2), String.valueOf(rows.getString(3))));
            }
        }
    }

    /** Those that are not found are not in the map. */
    Map<Root, Owner> owners(Collection<Root> roots) throws SQLException {
        Map<Integer, List<Root>> byDatabase = roots.stream().collect(Collectors.groupingBy(Root::database));
        Map<Root, Owner> owners = new HashMap<>();
        for (Map.Entry<Integer, List<Root>> each : byDatabase.entrySet()) {
            addOwners(each.getKey(), each.getValue(), owners);
        }
        return owners;
    }

    private void addOwners(int database, List<Root> roots, Map<Root, Owner> owners) throws SQLException {
        String pages = roots.stream().map(root -> String.valueOf(root.page())).collect(Collectors.joining(","));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(OWNERS.formatted(schema(database), pages))) {
            while (rows.next()) {
                Root root = new Root(database, rows.getInt(1));
                owners.put(root, new Owner(rows.getString(2), rows.getBoolean(3) ? rows.getString(4) : ""));
            }
        }
    }

    private String schema(int database) {
        return switch (database) {
            case SqliteProgram.MAIN -> "main";
            case SqliteProgram.TEMPORARY -> "temp";
            default -> quote(attachedAs(database).name);
        };
    }

    /** What a table is called: as it is in the main database, behind the name of its own in others. */
    List<String> names(Root root, Owner owner) {
        if (root.database() == SqliteProgram.MAIN) {
            return List.of(owner.table);
        }
        Database database = attachedAs(root.database());
        List<String> names = new ArrayList<>(List.of(database.name + "." + owner.table));
        if (isMain(database.file)) {
            names.add(owner.table);
        }
        return names;
    }

    private Database attachedAs(int database) {
        return attached.getOrDefault(database, new Database("", ""));
    }

    // The same file may have been attached again under another name.
    private boolean isMain(String file) {
        String main = attachedAs(SqliteProgram.MAIN).file;
        try {
            return main.equals(file)
                    || (!main.isEmpty() && !file.isEmpty() && Files.isSameFile(Path.of(main), Path.of(file)));
        } catch (IOException e) {
            return true;
        }
    }

    private static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
