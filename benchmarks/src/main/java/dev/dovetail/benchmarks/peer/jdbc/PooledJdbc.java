package dev.dovetail.benchmarks.peer.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.dovetail.benchmarks.peer.Pools;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.benchmarks.subject.Subject;
import dev.dovetail.benchmarks.subject.User;
import dev.dovetail.benchmarks.subject.UserRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** By hand on a pool: a connection and a statement for each call. This is what everything else is compared with. */
public class PooledJdbc implements Subject {

    private static final String[] ID = {"id"};

    private final Engine engine;
    private final HikariDataSource dataSource;
    private final Statements statements;

    public PooledJdbc(DatabaseUnderTest database) {
        engine = database.engine();
        dataSource = Pools.open(database);
        statements = new Statements(engine);
    }

    final Statements statements() {
        return statements;
    }

    @Override
    public User byId(long id) {
        return call(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(Statements.BY_ID)) {
                statement.setLong(1, id);
                return statements.one(statement);
            }
        });
    }

    @Override
    public User byEmail(String email) {
        return call(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(Statements.BY_EMAIL)) {
                statement.setString(1, email);
                return statements.one(statement);
            }
        });
    }

    @Override
    public List<UserRow> all() {
        return call(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(Statements.ALL)) {
                return statements.list(statement);
            }
        });
    }

    @Override
    public long insert(UserRow user) {
        return call(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(Statements.INSERT, ID)) {
                return insert(statement, user);
            }
        });
    }

    @Override
    public void update(UserRow user) {
        call(connection -> update(connection, user));
    }

    @Override
    public List<UserRow> saveAll(List<UserRow> users) {
        return transaction(connection -> engine == Engine.POSTGRESQL
                ? insertWithIds(connection, users, nextIds(connection, users.size()))
                : insertOneByOne(connection, users));
    }

    @Override
    public List<UserRow> pageByOffset(int page) {
        return call(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(Statements.BY_OFFSET)) {
                statement.setInt(1, PAGE_SIZE + 1);
                statement.setInt(2, page * PAGE_SIZE);
                return statements.page(statement, PAGE_SIZE);
            }
        });
    }

    @Override
    public List<UserRow> pageByKeyset(long after) {
        return call(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(Statements.BY_KEYSET)) {
                statement.setLong(1, after);
                statement.setInt(2, PAGE_SIZE + 1);
                return statements.page(statement, PAGE_SIZE);
            }
        });
    }

    @Override
    public void readModifyWrite(long id) {
        transaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(Statements.BY_ID)) {
                statement.setLong(1, id);
                return update(connection, statements.one(statement).older());
            }
        });
    }

    @Override
    public void close() {
        dataSource.close();
    }

    private int update(Connection connection, UserRow user) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Statements.UPDATE)) {
            statements.bindWithId(statement, user);
            return statement.executeUpdate();
        }
    }

    final long insert(PreparedStatement statement, UserRow user) throws SQLException {
        statements.bind(statement, user);
        statement.executeUpdate();
        try (ResultSet keys = statement.getGeneratedKeys()) {
            keys.next();
            return keys.getLong(1);
        }
    }

    private List<UserRow> insertOneByOne(Connection connection, List<UserRow> users) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Statements.INSERT, ID)) {
            List<UserRow> saved = new ArrayList<>(users.size());
            for (UserRow user : users) {
                saved.add(user.withId(insert(statement, user)));
            }
            return saved;
        }
    }

    /** The driver rewrites a batch only if it returns no keys, so they are taken beforehand. */
    private static List<Long> nextIds(Connection connection, int count) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Statements.NEXT_IDS)) {
            statement.setInt(1, count);
            try (ResultSet rows = statement.executeQuery()) {
                List<Long> ids = new ArrayList<>(count);
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
                return ids;
            }
        }
    }

    private List<UserRow> insertWithIds(Connection connection, List<UserRow> users, List<Long> ids)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Statements.INSERT_WITH_ID)) {
            List<UserRow> saved = new ArrayList<>(users.size());
            for (int i = 0; i < users.size(); i++) {
                UserRow user = users.get(i).withId(ids.get(i));
                statements.bindWithId(statement, user);
                statement.addBatch();
                saved.add(user);
            }
            statement.executeBatch();
            return saved;
        }
    }

    final <T> T call(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.on(connection);
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    final <T> T transaction(Work<T> work) {
        return call(connection -> {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException ex) {
                connection.rollback();
                throw ex;
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }

    /** What is done on a connection. */
    interface Work<T> {

        T on(Connection connection) throws SQLException;
    }
}
