package dev.dovetail.benchmarks.peer.jdbc;

import dev.dovetail.benchmarks.peer.Pools;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.User;
import dev.dovetail.benchmarks.subject.UserRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * The limit: one connection, and statements that are prepared once and never closed. No application can do this, as it
 * has more than one thread. Work that is not a single statement is done on a pool.
 */
public final class HeldJdbc extends PooledJdbc {

    private final Connection connection;
    private final PreparedStatement byId;
    private final PreparedStatement byEmail;
    private final PreparedStatement all;
    private final PreparedStatement insert;
    private final PreparedStatement update;

    public HeldJdbc(DatabaseUnderTest database) {
        super(database);
        try {
            connection = Pools.connect(database);
            byId = connection.prepareStatement(Statements.BY_ID);
            byEmail = connection.prepareStatement(Statements.BY_EMAIL);
            all = connection.prepareStatement(Statements.ALL);
            insert = connection.prepareStatement(Statements.INSERT, new String[] {"id"});
            update = connection.prepareStatement(Statements.UPDATE);
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public User byId(long id) {
        try {
            byId.setLong(1, id);
            return statements().one(byId);
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public User byEmail(String email) {
        try {
            byEmail.setString(1, email);
            return statements().one(byEmail);
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public List<UserRow> all() {
        try {
            return statements().list(all);
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public long insert(UserRow user) {
        try {
            return insert(insert, user);
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public void update(UserRow user) {
        try {
            statements().bindWithId(update, user);
            update.executeUpdate();
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public void close() {
        super.close();
        try {
            connection.close();
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
