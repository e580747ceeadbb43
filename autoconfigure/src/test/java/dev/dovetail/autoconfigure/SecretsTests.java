package dev.dovetail.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.Database;
import dev.dovetail.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.autoconfigure.context.properties.ConfigurationPropertiesReportEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.env.EnvironmentEndpointAutoConfiguration;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** A password from a mounted file lets the application in, and is shown nowhere. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsTests {

    private static final String SECRET = "S3cret-from-a-file";

    @TempDir
    private Path secrets;

    @Test
    void whenThePasswordIsInAMountedFileThenItConnectsAndIsNeverShown(CapturedOutput output) throws Exception {
        try (StrictServer server = new StrictServer(SECRET)) {
            TestDatabase database = server.database();
            mount("spring.datasource.password", SECRET);
            try (ConfigurableApplicationContext context = start(database)) {
                assertThat(context.getBean(Database.class).info().engine()).isEqualTo("postgresql");
                assertThat(context.getEnvironment().getProperty("spring.datasource.password"))
                        .isEqualTo(SECRET);
                assertThat(shown(context.getBean(EnvironmentEndpoint.class).environment(null)))
                        .contains("spring.datasource.password")
                        .doesNotContain(SECRET);
                assertThat(shown(context.getBean(ConfigurationPropertiesReportEndpoint.class)
                                .configurationProperties()))
                        .contains("dovetail")
                        .doesNotContain(SECRET);
            }
            assertThat(output).contains("DEBUG").doesNotContain(SECRET);
        }
    }

    private ConfigurableApplicationContext start(TestDatabase database) {
        return new SpringApplicationBuilder(WithReports.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.config.import=configtree:" + secrets + "/",
                        "--spring.datasource.url=" + database.jdbcUrl(),
                        "--spring.datasource.username=" + database.username(),
                        "--management.endpoints.web.exposure.include=*",
                        "--management.endpoints.jmx.exposure.include=*",
                        "--logging.level.root=debug");
    }

    private void mount(String name, String value) throws IOException {
        Files.writeString(secrets.resolve(name), value);
    }

    private static String shown(Object report) {
        return JsonMapper.builder().build().writeValueAsString(report);
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        EnvironmentEndpointAutoConfiguration.class,
        ConfigurationPropertiesReportEndpointAutoConfiguration.class
    })
    static class WithReports extends Wiring.Application {}
}
