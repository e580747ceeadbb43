package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.dovetail.Database;
import dev.dovetail.actuator.DatabaseMetrics;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.jdbc.core.JdbcTemplate;

/** Without an optional library the application starts, or says which one it needs. */
class MissingLibraryTests {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.postgresql",
                "org.flywaydb",
                "org.flywaydb.database.postgresql",
                "org.springframework.data",
                "org.springframework.boot.actuate",
                "org.springframework.boot.health",
                "org.springframework.boot.micrometer",
                "io.micrometer",
                "org.hibernate",
                "org.springframework.boot.hibernate"
            })
    void whenALibraryIsMissingThatIsNotNeededThenTheApplicationStarts(String library) {
        Wiring.without(library).withPropertyValues(Wiring.path(directory)).run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(Database.class);
            assertThat(context.getBean(JdbcTemplate.class).queryForObject("SELECT 1", Integer.class))
                    .isEqualTo(1);
        });
    }

    @Test
    void whenMicrometerIsMissingThenThereAreNoMeters() {
        Wiring.without("io.micrometer")
                .withPropertyValues(Wiring.path(directory))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DatabaseMetrics.class));
    }

    @Test
    void whenTheSqliteDriverIsMissingThenPostgresqlRuns() {
        Wiring.postgresql()
                .withClassLoader(new FilteredClassLoader("org.sqlite"))
                .run(context -> assertThat(
                                context.getBean(Database.class).info().engine())
                        .isEqualTo("postgresql"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dovetail.type=sqlite", "spring.datasource.url=jdbc:sqlite:app.db"})
    void whenTheSqliteDriverIsMissingThenItIsNamed(String property) {
        Wiring.runner()
                .withPropertyValues(property)
                .withClassLoader(new FilteredClassLoader("org.sqlite"))
                .run(context -> assertThat(Failures.explained(context))
                        .contains("driver is not on the class path", "org.xerial:sqlite-jdbc"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dovetail.type=postgresql",
                "spring.datasource.url=jdbc:postgresql://db/app",
                "spring.datasource.url=postgres://user:s3cret@db/app",
                "dovetail.postgresql.host=db"
            })
    void whenThePostgresqlDriverIsMissingThenItIsNamed(String property) {
        Wiring.runner()
                .withPropertyValues(property)
                .withClassLoader(new FilteredClassLoader("org.postgresql"))
                .run(context -> assertThat(Failures.explained(context))
                        .contains("driver is not on the class path", "org.postgresql:postgresql")
                        .doesNotContain("s3cret"));
    }

    @Test
    void whenHikariIsMissingThenItIsNamed() {
        Wiring.sqlite(directory)
                .withClassLoader(new FilteredClassLoader(HikariDataSource.class))
                .run(context -> assertThat(Failures.explained(context))
                        .contains("HikariCP", "com.zaxxer:HikariCP", "dovetail.enabled=false"));
    }

    @Test
    void whenHikariIsMissingThenADataSourceOfTheApplicationWorks() {
        JdbcDataSource own = new JdbcDataSource();
        own.setURL("jdbc:h2:mem:without-pool;DB_CLOSE_DELAY=-1");
        Wiring.runner()
                .withBean(DataSource.class, () -> own)
                .withClassLoader(new FilteredClassLoader(HikariDataSource.class))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Database.class));
    }
}
