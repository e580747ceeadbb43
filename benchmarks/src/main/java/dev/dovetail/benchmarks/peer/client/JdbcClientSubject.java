package dev.dovetail.benchmarks.peer.client;

import com.zaxxer.hikari.HikariDataSource;
import dev.dovetail.benchmarks.peer.Pools;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.benchmarks.subject.Subject;
import dev.dovetail.benchmarks.subject.User;
import dev.dovetail.benchmarks.subject.UserRow;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.BatchPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Spring's {@code JdbcClient} with positional parameters and a row mapper of its own, which is faster than the mapping
 * onto a class; {@code JdbcTemplate} for batches, which the client does not have.
 */
public final class JdbcClientSubject implements Subject {

    private static final String COLUMNS = "SELECT id, email, name, age, created_at FROM users";
    private static final String INSERT = "INSERT INTO users (email, name, age, created_at) VALUES (?, ?, ?, ?)";

    private final Engine engine;
    private final HikariDataSource dataSource;
    private final JdbcTemplate template;
    private final JdbcClient client;
    private final TransactionTemplate transaction;
    private final RowMapper<UserRow> mapper;

    public JdbcClientSubject(DatabaseUnderTest database) {
        engine = database.engine();
        dataSource = Pools.open(database);
        template = new JdbcTemplate(dataSource);
        client = JdbcClient.create(template);
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        mapper = (row, number) ->
                new UserRow(row.getLong(1), row.getString(2), row.getString(3), row.getInt(4), engine.moment(row, 5));
    }

    @Override
    public User byId(long id) {
        return client.sql(COLUMNS + " WHERE id = ?").param(id).query(mapper).single();
    }

    @Override
    public User byEmail(String email) {
        return client.sql(COLUMNS + " WHERE email = ?")
                .param(email)
                .query(mapper)
                .single();
    }

    @Override
    public List<UserRow> all() {
        return client.sql(COLUMNS).query(mapper).list();
    }

    @Override
    public long insert(UserRow user) {
        KeyHolder key = new GeneratedKeyHolder();
        client.sql(INSERT)
                .params(user.email(), user.name(), user.age(), engine.toColumn(user.createdAt()))
                .update(key, "id");
        return Objects.requireNonNull(key.getKey()).longValue();
    }

    @Override
    public void update(UserRow user) {
        client.sql("UPDATE users SET email = ?, name = ?, age = ?, created_at = ? WHERE id = ?")
                .params(
                        user.email(),
                        user.name(),
                        user.age(),
                        engine.toColumn(user.createdAt()),
                        Objects.requireNonNull(user.id()))
                .update();
    }

    @Override
    public List<UserRow> saveAll(List<UserRow> users) {
        return Objects.requireNonNull(transaction.execute(
                status -> engine == Engine.POSTGRESQL ? insertInBatch(users) : insertOneByOne(users)));
    }

    @Override
    public List<UserRow> pageByOffset(int page) {
        return page(client.sql(COLUMNS + " ORDER BY id LIMIT ? OFFSET ?")
                .params(PAGE_SIZE + 1, page * PAGE_SIZE)
                .query(mapper)
                .list());
    }

    @Override
    public List<UserRow> pageByKeyset(long after) {
        return page(client.sql(COLUMNS + " WHERE id > ? ORDER BY id LIMIT ?")
                .params(after, PAGE_SIZE + 1)
                .query(mapper)
                .list());
    }

    @Override
    public void readModifyWrite(long id) {
        transaction.executeWithoutResult(status -> update(((UserRow) byId(id)).older()));
    }

    @Override
    public void close() {
        dataSource.close();
    }

    private static List<UserRow> page(List<UserRow> users) {
        return users.size() > PAGE_SIZE ? users.subList(0, PAGE_SIZE) : users;
    }

    private List<UserRow> insertOneByOne(List<UserRow> users) {
        List<UserRow> saved = new ArrayList<>(users.size());
        for (UserRow user : users) {
            saved.add(user.withId(insert(user)));
        }
        return saved;
    }

    private List<UserRow> insertInBatch(List<UserRow> users) {
        KeyHolder keys = new GeneratedKeyHolder();
        template.batchUpdate(
                connection -> connection.prepareStatement(INSERT, new String[] {"id"}),
                new BatchPreparedStatementSetter() {
                    @Override
                    public void setValues(PreparedStatement statement, int i) throws SQLException {
                        UserRow user = users.get(i);
                        statement.setString(1, user.email());
                        statement.setString(2, user.name());
                        statement.setInt(3, user.age());
                        engine.bind(statement, 4, user.createdAt());
                    }

                    @Override
                    public int getBatchSize() {
                        return users.size();
                    }
                },
                keys);
        List<UserRow> saved = new ArrayList<>(users.size());
        for (int i = 0; i < users.size(); i++) {
            Number id = (Number) Objects.requireNonNull(keys.getKeyList().get(i).get("id"));
            saved.add(users.get(i).withId(id.longValue()));
        }
        return saved;
    }
}
