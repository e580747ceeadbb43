package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.AppliedSetting;
import dev.dovetail.engine.AppliedSetting.Importance;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One pragma: how to set it, and what SQLite must answer when asked for it.
 *
 * @param name its name
 * @param value what it is set to
 * @param expected what SQLite answers if it was set; most answer with a number
 * @param importance what follows if it answers otherwise
 */
record Pragma(String name, String value, String expected, Importance importance) {

    /** Gives LIKE the meaning of the standard: {@code a} is not like {@code A}. */
    static final String CASE_SENSITIVE_LIKE = "case_sensitive_like";

    private static final Set<String> OF_THE_FILE =
            Set.of("journal_mode", "auto_vacuum", "page_size", "journal_size_limit", "user_version", "application_id");

    /** A pragma that answers with the very value it was set to. */
    static Pragma of(String name, String value, Importance importance) {
        return new Pragma(name, value, value, importance);
    }

    /** A pragma whose values are words that SQLite answers with a number. */
    static Pragma numbered(String name, SqliteSettings.Numbered value, Importance importance) {
        return new Pragma(name, value.toString(), String.valueOf(value.number()), importance);
    }

    /** A pragma that is on or off. */
    static Pragma flag(String name, boolean on, Importance importance) {
        return new Pragma(name, on ? "ON" : "OFF", on ? "1" : "0", importance);
    }

    /** Whether it concerns the connection and not the file, so that a read-only connection can set it too. */
    boolean ofConnection() {
        return !OF_THE_FILE.contains(name);
    }

    // executeUpdate goes through sqlite3_exec, which steps a pragma to its end; execute() would stop at its first row.
    void apply(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA " + name + " = " + value);
        }
    }

    AppliedSetting readBack(Connection connection) throws SQLException {
        return new AppliedSetting(name, expected, read(connection), importance);
    }

    private String read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(question())) {
                return "does not answer";
            }
            try (ResultSet result = statement.getResultSet()) {
                return result.next() ? asWritten(result.getString(1)) : "does not answer";
            }
        }
    }

    // The one pragma that cannot be asked for its value.
    private String question() {
        return name.equals(CASE_SENSITIVE_LIKE) ? "SELECT NOT ('a' LIKE 'A')" : "PRAGMA " + name;
    }

    private String asWritten(String answer) {
        String word = expected.toLowerCase(Locale.ROOT);
        boolean on = answer.equals("1") && List.of("on", "true", "yes").contains(word);
        boolean off = answer.equals("0") && List.of("off", "false", "no").contains(word);
        return on || off ? expected : answer;
    }
}
