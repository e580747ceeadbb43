package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.dovetail.datasource.PoolStatus;
import dev.dovetail.datasource.RoutingDataSource;
import java.nio.file.Path;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What {@code spring.datasource.*} may say about the pools. */
@ExtendWith(OutputCaptureExtension.class)
class PoolPropertiesTests {

    private static final String SIZE = "spring.datasource.hikari.maximum-pool-size=3";

    @TempDir
    private Path directory;

    @Test
    void whenASizeIsSetThenPostgresqlHasIt(CapturedOutput output) {
        Wiring.postgresql()
                .withPropertyValues(
                        SIZE,
                        "spring.datasource.hikari.connection-timeout=4000",
                        "spring.datasource.hikari.leak-detection-threshold=5000")
                .run(context -> {
                    HikariDataSource pool = writer(context);
                    assertThat(pool.getMaximumPoolSize()).isEqualTo(3);
                    assertThat(pool.getConnectionTimeout()).isEqualTo(4000);
                    assertThat(pool.getLeakDetectionThreshold()).isEqualTo(5000);
                    assertThat(output).doesNotContain("has no effect");
                });
    }

    @Test
    void whenASizeIsSetThenSqliteKeepsItsOwnAndSaysSo(CapturedOutput output) {
        Wiring.sqlite(directory)
                .withPropertyValues(
                        SIZE, "spring.datasource.hikari.connection-timeout=4000", "dovetail.sqlite.readers=5")
                .run(context -> {
                    assertThat(context.getBean(RoutingDataSource.class).pools())
                            .extracting(PoolStatus::maximum)
                            .containsExactly(1, 5);
                    assertThat(writer(context).getConnectionTimeout()).isEqualTo(4000);
                    assertThat(output)
                            .contains("Pool 'writer' has 1 connection(s)", "no effect on its maximum-pool-size");
                });
    }

    @Test
    void whenNothingIsSetThenNothingIsSaid(CapturedOutput output) {
        Wiring.sqlite(directory).run(context -> assertThat(output).doesNotContain("has no effect"));
    }

    @Test
    void whenAnotherPoolIsAskedForThenTheApplicationDoesNotStart() {
        Wiring.sqlite(directory)
                .withPropertyValues("spring.datasource.type=" + JdbcDataSource.class.getName())
                .run(context -> assertThat(Failures.explained(context))
                        .contains("spring.datasource.type", "HikariCP", "dovetail.enabled=false"));
    }

    @Test
    void whenHikariIsAskedForThenTheApplicationStarts() {
        Wiring.sqlite(directory)
                .withPropertyValues("spring.datasource.type=" + HikariDataSource.class.getName())
                .run(context -> assertThat(context).hasNotFailed());
    }

    private static HikariDataSource writer(AssertableApplicationContext context) {
        return context.getBean(RoutingDataSource.class).hikariPools().get(0);
    }
}
