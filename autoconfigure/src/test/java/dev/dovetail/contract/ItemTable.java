package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.datasource.PoolStatus;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** One table of ids, to see what was committed; afterwards no connection may be missing from a pool. */
@EngineContract
abstract class ItemTable {

    private static final SharedApplications applications = new SharedApplications();

    final TestEngine engine;
    final TestApplication application;

    ItemTable(TestEngine engine) {
        this.engine = engine;
        this.application = applications.on(engine);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void createTable() {
        application.template().execute("DROP TABLE IF EXISTS item");
        application.template().execute("CREATE TABLE item (id integer PRIMARY KEY)");
        application.statements();
    }

    @AfterEach
    void assertNothingIsInUse() {
        assertThat(application.dataSource().pools())
                .extracting(PoolStatus::active)
                .containsOnly(0);
    }

    void insert(int id) {
        application.jdbc().sql("INSERT INTO item VALUES (?)").param(id).update();
    }

    static void insert(Connection connection, int id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO item VALUES (?)")) {
            statement.setInt(1, id);
            statement.executeUpdate();
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<Integer> ids() {
        return application
                .jdbc()
                .sql("SELECT id FROM item ORDER BY id")
                .query(Integer.class)
                .list();
    }

    ErrorCode codeOf(Throwable thrown) {
        return application.database().describe(thrown).map(DatabaseError::code).orElseThrow();
    }

    Connection connect() throws SQLException {
        return application.dataSource().getConnection();
    }

    Connection manual() throws SQLException {
        Connection connection = connect();
        connection.setAutoCommit(false);
        return connection;
    }

    TransactionTemplate nested() {
        return application.transaction(TransactionDefinition.PROPAGATION_NESTED);
    }

    TransactionTemplate requiresNew() {
        return application.transaction(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }
}
