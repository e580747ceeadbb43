package dev.dovetail.contract.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.Database;
import dev.dovetail.autoconfigure.DovetailFlywayAutoConfiguration;
import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.transaction.Outbox;
import dev.dovetail.transaction.OutboxHandler;
import dev.dovetail.transaction.OutboxMessage;
import dev.dovetail.transaction.Saga;
import dev.dovetail.transaction.SagaState;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;

/** An application on an empty database: its migrations make the tables that sagas and the outbox need (F136). */
@EngineContract
class OwnTablesTests {

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories
    @ImportAutoConfiguration({DovetailFlywayAutoConfiguration.class, FlywayAutoConfiguration.class})
    static class Application {

        @Bean
        BlockingQueue<OutboxMessage> delivered() {
            return new LinkedBlockingQueue<>();
        }

        @Bean
        OutboxHandler handler(BlockingQueue<OutboxMessage> delivered) {
            return delivered::add;
        }

        @Bean
        Saga<String> trip(Database database, Outbox outbox) {
            return database.saga("trip").step("tell", saga -> outbox.send("trips", saga.payload()));
        }
    }

    private final TestEngine engine;

    OwnTablesTests(TestEngine engine) {
        this.engine = engine;
    }

    @Test
    @SuppressWarnings("unchecked")
    void aSagaRunsAMessageIsDeliveredAndAnAbandonedSagaIsUndone() throws Exception {
        try (TestApplication application = TestApplication.withRepositories(
                engine,
                Application.class,
                "spring.flyway.locations=classpath:/nothing",
                "spring.flyway.fail-on-missing-locations=false",
                "dovetail.saga.recovery-interval=50ms")) {
            Saga<String> trip = application.bean(Saga.class);
            String id = trip.run("anna");

            assertThat(trip.state(id)).contains(SagaState.COMPLETED);
            OutboxMessage message =
                    ((BlockingQueue<OutboxMessage>) application.bean(BlockingQueue.class)).poll(20, TimeUnit.SECONDS);
            assertThat(message).isNotNull();
            assertThat(message.payload()).isEqualTo("anna");

            application.template().update("UPDATE dovetail_saga SET state = 'RUNNING', owned_until = 0");
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (!trip.state(id).equals(java.util.Optional.of(SagaState.COMPENSATED))) {
                assertThat(System.nanoTime()).as("in time").isLessThan(end);
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
    }
}
