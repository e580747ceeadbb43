package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a connection was set to holds on a replica too. The primary stands for its own replica here. */
class ReplicaSessionTests {

    @Test
    void theSchemaThatWasSetHoldsOnTheReplica() throws SQLException {
        Map<String, String> database = TestEngine.POSTGRESQL.freshDatabase();
        try (TestApplication application = TestApplication.with(
                database, "dovetail.postgresql.replicas=" + database.get("spring.datasource.url"))) {
            application.template().execute("CREATE SCHEMA tenant");
            application.template().execute("CREATE TABLE tenant.item AS SELECT 'tenant' AS name");
            application.template().execute("CREATE TABLE public.item AS SELECT 'public' AS name");

            assertThat(nameSeenReadOnly(application)).isEqualTo("tenant");
        }
    }

    private static String nameSeenReadOnly(TestApplication application) throws SQLException {
        try (Connection connection = application.dataSource().getConnection()) {
            connection.setSchema("tenant");
            connection.setReadOnly(true);
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT name FROM item")) {
                result.next();
                return result.getString(1);
            }
        }
    }
}
