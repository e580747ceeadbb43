package dev.dovetail.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A process with the stock driver that takes SQLite's write lock and gives it back when it is told to. */
final class LockHolder {

    private static final int BUSY = 5;

    private LockHolder() {}

    /** Argument: the database file. Reads {@code lock} and {@code unlock}; says {@code trying}, {@code locked}, … */
    public static void main(String[] arguments) throws Exception {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 0");
            System.out.println("ready");
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                obey(order, statement);
            }
        }
    }

    private static void obey(String order, Statement statement) throws SQLException, IOException {
        if (order.equals("unlock")) {
            statement.executeUpdate("ROLLBACK");
            System.out.println("unlocked");
        } else {
            System.out.println("trying");
            // Without SQLite's own pauses, which others use to slip in.
            while (!locks(statement)) {
                Thread.onSpinWait();
            }
            System.out.println("locked");
        }
    }

    private static boolean locks(Statement statement) throws SQLException {
        try {
            statement.executeUpdate("BEGIN IMMEDIATE");
            return true;
        } catch (SQLException e) {
            if (e.getErrorCode() == BUSY) {
                return false;
            }
            throw e;
        }
    }
}
