package dev.dovetail.benchmarks.peer.jdbc;

import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.UserRow;
import java.sql.PreparedStatement;
import java.util.List;

/** By hand, with a plain batch that tells no ids: less than {@code saveAll} has to do, shown for comparison. */
public final class BatchWithoutKeys extends PooledJdbc {

    public BatchWithoutKeys(DatabaseUnderTest database) {
        super(database);
    }

    @Override
    public List<UserRow> saveAll(List<UserRow> users) {
        return transaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(Statements.INSERT)) {
                for (UserRow user : users) {
                    statements().bind(statement, user);
                    statement.addBatch();
                }
                statement.executeBatch();
                return users;
            }
        });
    }
}
