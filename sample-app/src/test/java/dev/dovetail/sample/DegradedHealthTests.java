package dev.dovetail.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.engine.Severity;
import dev.dovetail.monitoring.health.Evaluation;
import dev.dovetail.monitoring.health.Finding;
import dev.dovetail.monitoring.health.HealthMonitor;
import dev.dovetail.monitoring.health.HealthRule;
import dev.dovetail.sample.Api.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What somebody sees over HTTP while something is to be done: the component is DEGRADED, the application is as it was. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "management.endpoint.health.show-details=always")
class DegradedHealthTests {

    @TempDir
    private static Path directory;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        registry.add(
                "dovetail.sqlite.path", () -> directory.resolve("degraded.db").toString());
    }

    /** A rule that finds something when it is told to. */
    static final class Switched implements HealthRule {

        private volatile boolean on;

        @Override
        public String id() {
            return "switched";
        }

        @Override
        public List<Finding> evaluate(Evaluation evaluation) {
            return on
                    ? List.of(evaluation.degraded("it", Severity.LOW, null, "Somebody switched it on", "Switch it off"))
                    : List.of();
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Rules {

        @Bean
        Switched switched() {
            return new Switched();
        }
    }

    @Test
    void degradedIs200AndTheWholeStaysUp(
            @LocalServerPort int port, @Autowired Switched rule, @Autowired HealthMonitor monitor) {
        Api api = new Api(port);
        monitor.evaluate();
        assertThat(api.get("/actuator/health")
                        .json()
                        .at("/components/dovetail/status")
                        .asString())
                .isEqualTo("UP");
        rule.on = true;
        monitor.evaluate();

        Answer whole = api.get("/actuator/health");
        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.field("status")).isEqualTo("UP");
        assertThat(whole.json().at("/components/dovetail/status").asString()).isEqualTo("DEGRADED");
        assertThat(whole.json().at("/components/dovetail/details/issues").toString())
                .contains("Somebody switched it on");
        Answer part = api.get("/actuator/health/dovetail");
        assertThat(part.status()).isEqualTo(200);
        assertThat(part.field("status")).isEqualTo("DEGRADED");

        rule.on = false;
        monitor.evaluate();
        assertThat(api.get("/actuator/health/dovetail").field("status")).isEqualTo("UP");
    }
}
