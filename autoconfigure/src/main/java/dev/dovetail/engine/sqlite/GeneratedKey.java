package dev.dovetail.engine.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The key of the row that a statement has just inserted. The stock statement compiles the question anew after each insert. */
final class GeneratedKey {

    private final SqliteConnection connection;
    private @Nullable SqlitePreparedStatement question;
    private @Nullable ResultSet answer;

    GeneratedKey(SqliteConnection connection) {
        this.connection = connection;
    }

    /** Asks for it at once, before anything else is inserted on this connection. */
    void ask() throws SQLException {
        SqlitePreparedStatement asking = question;
        if (asking == null) {
            asking = SqlitePreparedStatement.of(connection, "SELECT last_insert_rowid()", false);
            question = asking;
        }
        answer = asking.executeQuery();
    }

    /** Null if it was not asked for, or is forgotten. */
    @Nullable
    ResultSet answer() {
        return answer;
    }

    void forget() throws SQLException {
        ResultSet known = answer;
        if (known != null) {
            answer = null;
            known.close();
        }
    }

    void close() throws SQLException {
        forget();
        if (question != null) {
            question.close();
        }
    }
}
