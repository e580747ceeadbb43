package dev.dovetail.contract.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.transaction.Outbox;
import dev.dovetail.transaction.OutboxHandler;
import dev.dovetail.transaction.OutboxMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.transaction.IllegalTransactionStateException;

/** Messages that are stored with the data they tell of, and delivered after its commit (F98). */
@EngineContract
class OutboxTests {

    private static final SharedApplications applications = SharedApplications.withRepositories(
            Handlers.class, "dovetail.outbox.poll-interval=100ms", "dovetail.outbox.first-delay=50ms");

    private static final Set<TestEngine> DEFINED = EnumSet.noneOf(TestEngine.class);

    /** Remembers what it got, and fails as often as it is told to. */
    static final class Recorder implements OutboxHandler {

        private final Queue<OutboxMessage> messages = new ConcurrentLinkedQueue<>();
        private final AtomicInteger failures = new AtomicInteger();

        @Override
        public void handle(OutboxMessage message) {
            messages.add(message);
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("the broker is away");
            }
        }

        @Override
        public boolean handles(String topic) {
            return !topic.equals("nobody's");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories
    static class Handlers {

        @Bean
        Recorder handler() {
            return new Recorder();
        }
    }

    private final TestEngine engine;
    private final TestApplication application;
    private final Recorder recorder;
    private final Outbox outbox;

    OutboxTests(TestEngine engine) {
        this.engine = engine;
        this.application = applications.on(engine);
        this.recorder = application.bean(Recorder.class);
        this.outbox = application.bean(Outbox.class);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void empty() {
        // The lease stays: an instance that has it from the test before would deliver beside one that takes it anew.
        if (DEFINED.add(engine)) {
            application.defineOwnTables();
        } else {
            application.jdbc().sql("DELETE FROM dovetail_outbox").update();
        }
        recorder.failures.set(0);
        recorder.messages.clear();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private long waiting() {
        return application
                .jdbc()
                .sql("SELECT count(*) FROM dovetail_outbox")
                .query(Long.class)
                .single();
    }

    @Test
    void whatWasCommittedIsDeliveredInItsOrder() throws Exception {
        List<String> ids = new ArrayList<>();
        application.transaction().executeWithoutResult(status -> {
            for (int i = 0; i < 250; i++) {
                ids.add(outbox.send("orders", "order " + i));
            }
        });

        await(() -> waiting() == 0);
        assertThat(recorder.messages).extracting(OutboxMessage::id).containsExactlyElementsOf(ids);
        assertThat(recorder.messages.peek()).satisfies(first -> {
            assertThat(first.payload()).isEqualTo("order 0");
            assertThat(first.topic()).isEqualTo("orders");
            assertThat(first.attempt()).isEqualTo(1);
            assertThat(first.created())
                    .isBetween(
                            java.time.Instant.ofEpochSecond(1_700_000_000),
                            java.time.Instant.ofEpochSecond(9_000_000_000L));
        });
    }

    @Test
    void whatWasRolledBackNeverWas() throws Exception {
        application.transaction().executeWithoutResult(status -> {
            outbox.send("orders", "lost");
            status.setRollbackOnly();
        });
        application.transaction().executeWithoutResult(status -> outbox.send("orders", Map.of("id", 7)));

        await(() -> !recorder.messages.isEmpty() && waiting() == 0);
        assertThat(recorder.messages).extracting(OutboxMessage::payload).containsExactly("{\"id\":7}");
    }

    @Test
    void whatFailsIsDeliveredAgainUnderTheSameId() throws Exception {
        recorder.failures.set(2);
        String[] id = new String[1];
        application.transaction().executeWithoutResult(status -> id[0] = outbox.send("orders", "stubborn"));

        await(() -> waiting() == 0);
        assertThat(recorder.messages).hasSize(3).extracting(OutboxMessage::id).containsOnly(id[0]);
        assertThat(recorder.messages).extracting(OutboxMessage::attempt).containsExactly(1, 2, 3);
    }

    @Test
    void whatNobodyHandlesWaitsWithoutHoldingUpOthers() throws Exception {
        application.transaction().executeWithoutResult(status -> {
            outbox.send("nobody's", "x");
            outbox.send("orders", "y");
        });

        await(() -> recorder.messages.size() == 1);
        await(() -> application
                        .jdbc()
                        .sql("SELECT count(*) FROM dovetail_outbox WHERE attempts = 0 AND next_attempt_at > 0")
                        .query(Long.class)
                        .single()
                == 1);
        assertThat(recorder.messages).extracting(OutboxMessage::payload).containsExactly("y");
    }

    @Test
    void itTakesATransactionAndATopicAndANewId() {
        assertThatThrownBy(() -> outbox.send("orders", "x")).isInstanceOf(IllegalTransactionStateException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> application.transaction().executeWithoutResult(status -> outbox.send("two words", "x")));
        assertThatThrownBy(() -> application.transaction().executeWithoutResult(status -> {
                    outbox.send("same", "orders", "x");
                    outbox.send("same", "orders", "x");
                }))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void twoInstancesDeliverEachMessageOnce() throws Exception {
        try (TestApplication second = TestApplication.with(
                application.databaseProperties(), Handlers.class, "dovetail.outbox.poll-interval=20ms")) {
            CountDownLatch sent = new CountDownLatch(2);
            for (TestApplication each : List.of(application, second)) {
                new Thread(() -> {
                            for (int i = 0; i < 100; i++) {
                                each.transaction()
                                        .executeWithoutResult(status ->
                                                each.bean(Outbox.class).send("orders", "x"));
                            }
                            sent.countDown();
                        })
                        .start();
            }
            assertThat(sent.await(60, TimeUnit.SECONDS)).isTrue();
            await(() -> waiting() == 0);
            List<String> ids = new ArrayList<>();
            recorder.messages.forEach(each -> ids.add(each.id()));
            second.bean(Recorder.class).messages.forEach(each -> ids.add(each.id()));
            assertThat(ids).hasSize(200);
            assertThat(new HashSet<>(ids)).hasSize(200);
        }
    }
}
