package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.Database;
import dev.dovetail.datasource.RoutingDataSource;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.data.jdbc.test.autoconfigure.DataJdbcTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;

/** Spring Boot's slices of an application, which see our data source if they do not replace it. None outlives its test. */
class JdbcSliceTests {

    @Nested
    @DirtiesContext
    @JdbcTest(properties = "dovetail.preset=test")
    @AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
    class Jdbc {

        @Test
        void runsOnOurs(@Autowired DataSource dataSource, @Autowired Database database, @Autowired JdbcTemplate jdbc) {
            assertRunsOnOurs(dataSource, database, jdbc);
        }
    }

    @Nested
    @DirtiesContext
    @DataJdbcTest(properties = "dovetail.preset=test")
    @AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
    class DataJdbc {

        @Test
        void runsOnOurs(@Autowired DataSource dataSource, @Autowired Database database, @Autowired JdbcTemplate jdbc) {
            assertRunsOnOurs(dataSource, database, jdbc);
        }
    }

    private static void assertRunsOnOurs(DataSource dataSource, Database database, JdbcTemplate jdbc) {
        assertThat(dataSource).isInstanceOf(RoutingDataSource.class);
        assertThat(database.info().engine()).isEqualTo("sqlite");
        jdbc.execute("CREATE TABLE slice (id integer PRIMARY KEY)");
        jdbc.update("INSERT INTO slice VALUES (1)");
        assertThatThrownBy(() -> jdbc.update("INSERT INTO slice VALUES (1)")).isInstanceOf(DuplicateKeyException.class);
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackages = "dev.dovetail.none")
    static class Application {}
}
