package dev.dovetail.benchmarks.load;

import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.benchmarks.subject.UserRow;
import javax.sql.DataSource;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The work in SQL, by Spring's {@code JdbcClient}. */
final class ClientLoad implements LoadSubject {

    private static final RowMapper<UserRow> MAPPER = (row, number) -> new UserRow(
            row.getLong(1), row.getString(2), row.getString(3), row.getInt(4), Engine.SQLITE.moment(row, 5));

    private static final String BY_ID = "SELECT id, email, name, age, created_at FROM users WHERE id = ?";

    private final JdbcClient readers;
    private final JdbcClient writer;
    private final TransactionTemplate transaction;
    private final Runnable close;

    ClientLoad(JdbcClient readers, JdbcClient writer, PlatformTransactionManager transactions, Runnable close) {
        this.readers = readers;
        this.writer = writer;
        this.transaction = new TransactionTemplate(transactions);
        this.close = close;
    }

    static LoadSubject on(DataSource readers, DataSource writer, Runnable close) {
        return new ClientLoad(
                JdbcClient.create(readers), JdbcClient.create(writer), new JdbcTransactionManager(writer), close);
    }

    @Override
    public Object read(long id) {
        return readers.sql(BY_ID).param(id).query(MAPPER).single();
    }

    @Override
    public void increment(long id) {
        transaction.executeWithoutResult(status -> {
            int age = writer.sql(BY_ID).param(id).query(MAPPER).single().age();
            writer.sql("UPDATE users SET age = ? WHERE id = ?")
                    .params(age + 1, id)
                    .update();
        });
    }

    @Override
    public void close() {
        close.run();
    }
}
