package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.actuator.DatabaseHealthIndicator;
import dev.dovetail.actuator.DatabaseMetrics;
import dev.dovetail.actuator.DovetailEndpoint;
import dev.dovetail.datasource.RoutingDataSource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Health, endpoint and meters: there, not there, and beside Spring Boot's. */
class DovetailActuatorAutoConfigurationTests {

    @TempDir
    private Path directory;

    private ApplicationContextRunner runner() {
        return Wiring.sqlite(directory);
    }

    @Test
    void whenNothingIsSaidThenThereAreHealthAndMetersButNoEndpoint() {
        runner().run(context -> assertThat(context)
                .hasSingleBean(DatabaseHealthIndicator.class)
                .hasSingleBean(DatabaseMetrics.class)
                .doesNotHaveBean(DovetailEndpoint.class));
    }

    @Test
    void whenTheEndpointIsExposedThenItIsThere() {
        runner().withPropertyValues("management.endpoints.web.exposure.include=dovetail")
                .run(context -> assertThat(context).hasSingleBean(DovetailEndpoint.class));
    }

    @Test
    void whenAccessIsDeniedThenTheEndpointIsNotThere() {
        runner().withPropertyValues(
                        "management.endpoints.web.exposure.include=*", "management.endpoint.dovetail.access=NONE")
                .run(context -> assertThat(context).doesNotHaveBean(DovetailEndpoint.class));
    }

    @Test
    void whenHealthIsSwitchedOffThenItIsNotThere() {
        runner().withPropertyValues("management.health.dovetail.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(DatabaseHealthIndicator.class)
                        .hasBean("dbHealthContributor"));
    }

    @Test
    void whenDovetailIsSwitchedOffThenNothingOfItIsThere() {
        runner().withPropertyValues("dovetail.enabled=false", "management.endpoints.web.exposure.include=*")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(DatabaseHealthIndicator.class)
                        .doesNotHaveBean(DatabaseMetrics.class)
                        .doesNotHaveBean(DovetailEndpoint.class));
    }

    @Test
    void whenSpringBootChecksTheDatabaseThenItUsesAPooledConnection() {
        runner().run(context -> {
            HealthIndicator boots = context.getBean("dbHealthContributor", HealthIndicator.class);
            RoutingDataSource dataSource = context.getBean(RoutingDataSource.class);
            int open = total(dataSource);
            for (int i = 0; i < 10; i++) {
                assertThat(boots.health())
                        .extracting(health -> health.getStatus())
                        .isEqualTo(Status.UP);
            }
            assertThat(dataSource.pools()).allMatch(pool -> pool.active() == 0);
            assertThat(total(dataSource)).isGreaterThanOrEqualTo(open).isLessThanOrEqualTo(maximum(dataSource));
        });
    }

    private static int total(RoutingDataSource dataSource) {
        return dataSource.pools().stream().mapToInt(pool -> pool.total()).sum();
    }

    private static int maximum(RoutingDataSource dataSource) {
        return dataSource.pools().stream().mapToInt(pool -> pool.maximum()).sum();
    }
}
