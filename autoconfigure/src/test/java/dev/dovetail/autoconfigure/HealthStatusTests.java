package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.actuator.DatabaseHealthIndicator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** What DEGRADED means for the status of the application as a whole. */
class HealthStatusTests {

    private static final Status DEGRADED = DatabaseHealthIndicator.DEGRADED;

    @TempDir
    private Path directory;

    private ConfigurableApplicationContext start(Map<String, Object> defaults, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--" + Wiring.path(directory));
        all.add("--management.endpoints.web.exposure.include=health");
        return new SpringApplicationBuilder(WithHealth.class)
                .web(WebApplicationType.NONE)
                .properties(defaults)
                .run(all.toArray(String[]::new));
    }

    private static Status root(ConfigurableApplicationContext context, Status... statuses) {
        return context.getBean(StatusAggregator.class).getAggregateStatus(Set.of(statuses));
    }

    @Test
    void theWholeStaysAsItWasAndTheAnswerIs200() {
        try (ConfigurableApplicationContext context = start(Map.of())) {
            assertThat(root(context, Status.UP, DEGRADED)).isEqualTo(Status.UP);
            assertThat(root(context, Status.DOWN, DEGRADED)).isEqualTo(Status.DOWN);
            assertThat(root(context, Status.OUT_OF_SERVICE, DEGRADED)).isEqualTo(Status.OUT_OF_SERVICE);
            assertThat(root(context, Status.UNKNOWN, DEGRADED)).isEqualTo(DEGRADED);
            assertThat(root(context, DEGRADED)).isEqualTo(DEGRADED);
            HttpCodeStatusMapper mapper = context.getBean(HttpCodeStatusMapper.class);
            assertThat(mapper.getStatusCode(DEGRADED)).isEqualTo(200);
            assertThat(mapper.getStatusCode(Status.DOWN)).isEqualTo(503);
        }
    }

    @Test
    void anOrderOfTheApplicationWins() {
        String order = HealthStatusEnvironmentPostProcessor.PROPERTY;
        for (String[] argument : new String[][] {
            {"--" + order + "=down,degraded,up"},
            {"--" + order + "[0]=down", "--" + order + "[1]=degraded", "--" + order + "[2]=up"}
        }) {
            try (ConfigurableApplicationContext context = start(Map.of(), argument)) {
                assertThat(root(context, Status.UP, DEGRADED)).isEqualTo(DEGRADED);
            }
        }
        try (ConfigurableApplicationContext context = start(Map.of(order, "degraded,down,up"))) {
            assertThat(root(context, Status.DOWN, DEGRADED)).isEqualTo(DEGRADED);
        }
    }

    @Test
    void anApplicationsOwnMappingOfCodesLeavesItAt200() {
        try (ConfigurableApplicationContext context =
                start(Map.of(), "--management.endpoint.health.status.http-mapping.down=500")) {
            HttpCodeStatusMapper mapper = context.getBean(HttpCodeStatusMapper.class);
            assertThat(mapper.getStatusCode(DEGRADED)).isEqualTo(200);
            assertThat(mapper.getStatusCode(Status.DOWN)).isEqualTo(500);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(HealthEndpointAutoConfiguration.class)
    static class WithHealth extends Wiring.Application {}
}
