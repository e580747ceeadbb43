package dev.dovetail.benchmarks.peer.jdbc;

import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.benchmarks.subject.UserRow;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

/** The SQL, and how rows and parameters are read and bound by hand. */
final class Statements {

    static final String BY_ID = "SELECT id, email, name, age, created_at FROM users WHERE id = ?";

    static final String BY_EMAIL = "SELECT id, email, name, age, created_at FROM users WHERE email = ?";

    static final String ALL = "SELECT id, email, name, age, created_at FROM users";

    static final String INSERT = "INSERT INTO users (email, name, age, created_at) VALUES (?, ?, ?, ?)";

    static final String INSERT_WITH_ID = "INSERT INTO users (email, name, age, created_at, id) VALUES (?, ?, ?, ?, ?)";

    static final String NEXT_IDS = "SELECT nextval('users_id_seq') FROM generate_series(1, ?)";

    static final String UPDATE = "UPDATE users SET email = ?, name = ?, age = ?, created_at = ? WHERE id = ?";

    static final String BY_OFFSET = "SELECT id, email, name, age, created_at FROM users ORDER BY id LIMIT ? OFFSET ?";

    static final String BY_KEYSET =
            "SELECT id, email, name, age, created_at FROM users WHERE id > ? ORDER BY id LIMIT ?";

    private final Engine engine;

    Statements(Engine engine) {
        this.engine = engine;
    }

    /** Email, name, age and moment are the first four parameters. */
    void bind(PreparedStatement statement, UserRow user) throws SQLException {
        statement.setString(1, user.email());
        statement.setString(2, user.name());
        statement.setInt(3, user.age());
        engine.bind(statement, 4, user.createdAt());
    }

    /** As {@link #bind}, and the id is the fifth. */
    void bindWithId(PreparedStatement statement, UserRow user) throws SQLException {
        bind(statement, user);
        statement.setLong(5, Objects.requireNonNull(user.id()));
    }

    UserRow one(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                throw new NoSuchElementException("No such row");
            }
            return read(rows);
        }
    }

    List<UserRow> list(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            List<UserRow> users = new ArrayList<>();
            while (rows.next()) {
                users.add(read(rows));
            }
            return users;
        }
    }

    /** The page; one row more than that was asked for, to know whether there is another. */
    List<UserRow> page(PreparedStatement statement, int size) throws SQLException {
        List<UserRow> users = list(statement);
        return users.size() > size ? users.subList(0, size) : users;
    }

    private UserRow read(ResultSet row) throws SQLException {
        return new UserRow(row.getLong(1), row.getString(2), row.getString(3), row.getInt(4), engine.moment(row, 5));
    }
}
