package dev.dovetail.contract.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Each transaction is counted once, by how it ended (F99). */
@EngineContract
class TransactionMetersTests {

    private final TestEngine engine;

    TransactionMetersTests(TestEngine engine) {
        this.engine = engine;
    }

    @Test
    void tenCommitsAndTwoRollbacksAreTenAndTwo() {
        try (TestApplication application = TestApplication.withRepositories(engine, Metered.class)) {
            for (int i = 0; i < 12; i++) {
                boolean last = i >= 10;
                application.transaction().executeWithoutResult(status -> {
                    application.jdbc().sql("SELECT 1").query(Integer.class).single();
                    if (last) {
                        status.setRollbackOnly();
                    }
                });
            }

            assertThat(count(application, "commit")).isEqualTo(10);
            assertThat(count(application, "rollback")).isEqualTo(2);
        }
    }

    private static long count(TestApplication application, String outcome) {
        var timer = application
                .bean(MeterRegistry.class)
                .get("dovetail.transactions")
                .tag("outcome", outcome)
                .timer();
        assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isPositive();
        return timer.count();
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackages = "dev.dovetail.none")
    static class Metered {

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }
}
