package dev.dovetail.engine.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What a statement opens and calls once SQLite has compiled it: views, triggers and foreign keys have become part of it. */
final class SqliteProgram {

    /**
     * Where a table or an index begins.
     *
     * @param database its number on the connection: 0 is the main one, 1 holds what is temporary, others were attached
     * @param page where in its file
     */
    record Root(int database, int page) {}

    static final int MAIN = 0;
    static final int TEMPORARY = 1;

    private static final int PAGE_IS_IN_REGISTER = 0x10;

    // What changes the schema, or runs what this list does not show.
    private static final Set<String> DOUBTFUL = Set.of(
            "SqlExec",
            "ParseSchema",
            "CreateBtree",
            "Destroy",
            "DropTable",
            "DropIndex",
            "DropTrigger",
            "SetCookie",
            "Vacuum",
            "IncrVacuum",
            "JournalMode",
            "AutoCommit",
            "Savepoint",
            "LoadAnalysis",
            "VCreate",
            "VDestroy",
            "VRename");

    private final Set<Root> read = new HashSet<>();
    private final Set<Root> written = new HashSet<>();
    private final Set<Integer> databases = new HashSet<>();
    private final Set<Integer> writtenDatabases = new HashSet<>();
    private final Set<String> functions = new HashSet<>();
    private boolean callsProgram;
    private boolean opensVirtual;
    private boolean changesVirtual;
    private boolean doubtful;

    private SqliteProgram() {}

    /** Compiles the statement and runs nothing of it. PRAGMA must not come here: some run while they are compiled. */
    static SqliteProgram of(Connection connection, String sql) throws SQLException {
        SqliteProgram program = new SqliteProgram();
        // As text, not prepared: its parameters have no values.
        try (Statement statement = connection.createStatement();
                ResultSet steps = statement.executeQuery("EXPLAIN " + sql)) {
            while (steps.next()) {
                program.add(steps);
            }
        }
        return program;
    }

    private void add(ResultSet step) throws SQLException {
        String operation = step.getString(2);
        switch (operation) {
            case "OpenRead", "ReopenIdx" -> open(step, read);
            case "OpenWrite" -> open(step, written);
            case "Clear" -> written.add(new Root(step.getInt(4), step.getInt(3)));
            case "Transaction" -> begin(step.getInt(3), step.getInt(4));
            case "Program" -> callsProgram = true;
            case "Function", "PureFunc", "AggStep", "AggStep1", "AggInverse", "AggValue", "AggFinal" ->
                call(step.getString(6));
            case "VOpen" -> opensVirtual = true;
            case "VUpdate" -> changesVirtual = true;
            default -> doubtful |= DOUBTFUL.contains(operation);
        }
    }

    private void open(ResultSet step, Set<Root> opened) throws SQLException {
        opened.add(new Root(step.getInt(5), step.getInt(4)));
        doubtful |= (step.getInt(7) & PAGE_IS_IN_REGISTER) != 0;
    }

    private void begin(int database, int writes) {
        databases.add(database);
        if (writes != 0) {
            writtenDatabases.add(database);
        }
    }

    // lower(1): the number is that of its arguments.
    private void call(String function) {
        functions.add(
                function.substring(0, Math.max(0, function.lastIndexOf('('))).toLowerCase(Locale.ROOT));
    }

    Set<Root> read() {
        return read;
    }

    Set<Root> written() {
        return written;
    }

    Set<String> functions() {
        return functions;
    }

    /** Whether there is a trigger in it, or what a foreign key does to other rows. */
    boolean callsProgram() {
        return callsProgram;
    }

    /** Whether it reads or writes what a module of code shows as a table; which one is not listed. */
    boolean usesVirtual() {
        return opensVirtual || changesVirtual;
    }

    boolean changesVirtual() {
        return changesVirtual;
    }

    /** Whether there is a database that others have not: attached to this connection. */
    boolean usesAttached() {
        return databases.stream().anyMatch(database -> database > TEMPORARY);
    }

    /** Whether it does what cannot be read from here. */
    boolean isDoubtful() {
        boolean unseen = writtenDatabases.stream()
                .anyMatch(
                        database -> !changesVirtual && written.stream().noneMatch(root -> root.database() == database));
        return doubtful || unseen;
    }
}
