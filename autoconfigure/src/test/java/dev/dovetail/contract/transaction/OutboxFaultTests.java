package dev.dovetail.contract.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.datasource.StatementEvent;
import dev.dovetail.transaction.Outbox;
import dev.dovetail.transaction.OutboxHandler;
import dev.dovetail.transaction.OutboxMessage;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Handlers, instances and connections that do not behave, and the outbox (F98). */
@EngineContract
@ExtendWith(OutputCaptureExtension.class)
class OutboxFaultTests {

    private static final String OFTEN = "dovetail.outbox.poll-interval=50ms";
    private static final String SOON = "dovetail.outbox.first-delay=50ms";

    /** Remembers what it got, and then does what the test wants. */
    static final class Recorder implements OutboxHandler {

        private final Queue<String> payloads = new ConcurrentLinkedQueue<>();
        private volatile OutboxHandler then = message -> {};

        void doThen(OutboxHandler handler) {
            then = handler;
        }

        Queue<String> payloads() {
            return payloads;
        }

        @Override
        public void handle(OutboxMessage message) throws Exception {
            payloads.add(message.payload());
            then.handle(message);
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
    private final Queue<TestApplication> started = new ConcurrentLinkedQueue<>();

    OutboxFaultTests(TestEngine engine) {
        this.engine = engine;
    }

    @AfterEach
    void stop() {
        started.forEach(TestApplication::close);
    }

    private TestApplication start(String... properties) {
        TestApplication application = TestApplication.withRepositories(engine, Handlers.class, properties);
        started.add(application);
        application.transaction().executeWithoutResult(status -> application.defineOwnTables());
        return application;
    }

    private TestApplication beside(TestApplication first, String... properties) {
        TestApplication application = TestApplication.with(first.databaseProperties(), Handlers.class, properties);
        started.add(application);
        return application;
    }

    private static Recorder handler(TestApplication application) {
        return application.bean(Recorder.class);
    }

    private static void send(TestApplication application, String topic, String... payloads) {
        application.transaction().executeWithoutResult(status -> {
            for (String each : payloads) {
                application.bean(Outbox.class).send(topic, each);
            }
        });
    }

    private static List<String> waiting(TestApplication application) {
        return application
                .jdbc()
                .sql("SELECT payload FROM dovetail_outbox ORDER BY id")
                .query(String.class)
                .list();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static void awaitEmpty(TestApplication application) throws InterruptedException {
        await(() -> waiting(application).isEmpty());
    }

    @Test
    void whoComesBackLateRemovesNoOtherMessageOfTheSameNumber() throws Exception {
        TestApplication slow = start(OFTEN);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch wentOn = new CountDownLatch(1);
        handler(slow).then = message -> goOn.await();
        send(slow, "orders", "first");
        await(() -> !handler(slow).payloads.isEmpty());
        // As if another instance had delivered the first one, and the database had given its number to the next.
        long number = slow.jdbc()
                .sql("SELECT id FROM dovetail_outbox")
                .query(Long.class)
                .single();
        slow.template()
                .update(
                        "UPDATE dovetail_outbox SET message_id = 'another', topic = 'nobody''s', payload = 'second' WHERE id = ?",
                        number);
        handler(slow).then = message -> wentOn.countDown();
        goOn.countDown();
        send(slow, "orders", "third");
        assertThat(wentOn.await(30, TimeUnit.SECONDS)).isTrue();
        await(() -> waiting(slow).equals(List.of("second")));
    }

    @Test
    void whatAHandlerThrowsOrLeavesBehindDoesNotEndTheDelivery() throws Exception {
        TestApplication application = start(OFTEN, SOON);
        AtomicInteger calls = new AtomicInteger();
        handler(application).then = message -> {
            switch (calls.incrementAndGet()) {
                case 1 -> throw new NoClassDefFoundError("org/example/Missing");
                case 2 -> throw new InterruptedException("somebody else's");
                case 3 -> {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("away");
                }
                case 4 -> Thread.currentThread().interrupt();
                default -> {
                    // Well.
                }
            }
        };
        send(application, "orders", "first");
        awaitEmpty(application);
        assertThat(calls).hasValue(4);
        send(application, "orders", "second");
        awaitEmpty(application);
        assertThat(handler(application).payloads).containsExactly("first", "first", "first", "first", "second");
    }

    @Test
    void itWorksOnConnectionsThatDoNotCommitByThemselves() throws Exception {
        TestApplication application = start("spring.datasource.hikari.auto-commit=false", OFTEN, SOON);
        AtomicInteger calls = new AtomicInteger();
        handler(application).then = message -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("away");
            }
        };
        send(application, "orders", "first");
        awaitEmpty(application);
        assertThat(calls).hasValue(2);
        assertThatThrownBy(() -> application.bean(Outbox.class).send("orders", "outside"))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void messagesThatAlwaysFailHoldUpNoOthers() throws Exception {
        TestApplication application = start(
                OFTEN,
                "dovetail.outbox.first-delay=1ms",
                "dovetail.outbox.max-delay=1ms",
                "dovetail.outbox.batch-size=5");
        Semaphore failures = new Semaphore(0);
        handler(application).then = message -> {
            if (message.topic().equals("bad")) {
                // Long enough for all that failed before to be due again.
                TimeUnit.MILLISECONDS.sleep(20);
                failures.release();
                throw new IllegalStateException("away");
            }
        };
        String[] bad = new String[20];
        java.util.Arrays.fill(bad, "bad");
        send(application, "bad", bad);
        failures.acquire(30);
        send(application, "good", "good");
        failures.drainPermits();
        await(() -> handler(application).payloads.contains("good"));
        assertThat(failures.availablePermits()).as("failures meanwhile").isLessThan(20);
    }

    @Test
    void whatTakesLongerThanTheRightLastsIsHandledByOneInstance(CapturedOutput output) throws Exception {
        TestApplication slow = start(OFTEN, "dovetail.outbox.ownership=2s");
        TestApplication other = beside(slow, OFTEN, "dovetail.outbox.ownership=2s");
        CountDownLatch goOn = new CountDownLatch(1);
        handler(slow).then = message -> goOn.await();
        handler(other).then = message -> goOn.await();
        send(slow, "orders", "first");
        await(() -> output.getOut().contains("no other message is delivered meanwhile"));
        TimeUnit.SECONDS.sleep(2);
        goOn.countDown();
        awaitEmpty(slow);
        assertThat(handler(slow).payloads.size() + handler(other).payloads.size())
                .isEqualTo(1);
    }

    @Test
    void aTransactionOfSomethingElseIsNone() {
        TestApplication application = start();
        TransactionTemplate broker = new TransactionTemplate(new Broker());
        assertThatThrownBy(() -> broker.executeWithoutResult(
                        status -> application.bean(Outbox.class).send("orders", "first")))
                .isInstanceOf(IllegalTransactionStateException.class)
                .hasMessageContaining("on this data source");
        assertThatThrownBy(() -> broker.executeWithoutResult(status -> {
                    // From now on a connection is bound to the thread, and commits by itself.
                    waiting(application);
                    application.bean(Outbox.class).send("orders", "first");
                }))
                .isInstanceOf(IllegalTransactionStateException.class);
        assertThat(waiting(application)).isEmpty();
    }

    /** A transaction manager as brokers have one. */
    private static final class Broker extends AbstractPlatformTransactionManager {

        private static final long serialVersionUID = 1L;

        @Override
        protected Object doGetTransaction() {
            return this;
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }

    @Test
    void withoutItsTableItSaysWhatToDo() {
        TestApplication application = start("dovetail.outbox.poll-interval=1h");
        application.template().execute("DROP TABLE dovetail_outbox");
        assertThatThrownBy(() -> send(application, "orders", "first"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("dovetail_outbox", "spring.flyway.enabled", "V1__leases_sagas_and_outbox.sql");
    }

    @Test
    void whoHasNothingToDoWritesNothing() throws Exception {
        TestApplication application = start(OFTEN);
        send(application, "orders", "first");
        awaitEmpty(application);
        await(() -> application
                        .jdbc()
                        .sql("SELECT expires_at FROM dovetail_lease")
                        .query(Long.class)
                        .single()
                == 0);
        application.statements();
        int polls = 0;
        while (polls < 5) {
            for (StatementEvent each : application.statements()) {
                assertThat(each.sql()).startsWith("SELECT");
                polls++;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Test
    void aClockThatIsSetBackHoldsNothingUp() throws Exception {
        TestApplication application = start(OFTEN);
        send(application, "nobody's", "later");
        await(() -> !application
                .jdbc()
                .sql("SELECT id FROM dovetail_outbox WHERE next_attempt_at > 0")
                .query(Long.class)
                .list()
                .isEmpty());
        application
                .template()
                .update("UPDATE dovetail_outbox SET topic = 'orders', next_attempt_at = next_attempt_at + 3600000");
        awaitEmpty(application);
        assertThat(handler(application).payloads).containsExactly("later");
    }

    @Test
    void whatFailsAgainAndAgainIsLoggedEverMoreSeldom(CapturedOutput output) throws Exception {
        TestApplication application = start(OFTEN, "dovetail.outbox.first-delay=1ms", "dovetail.outbox.max-delay=1ms");
        Semaphore calls = new Semaphore(0);
        handler(application).then = message -> {
            calls.release();
            throw new IllegalStateException("away");
        };
        send(application, "orders", "poison");
        calls.acquire(20);
        application.close();
        assertThat(output.getOut().split("could not be delivered", -1).length - 1)
                .as("attempts 1, 2, 4, 8, 16, and perhaps 32")
                .isBetween(4, 6);
    }

    @Test
    void theEndOfTheApplicationWaitsForTheHandlerAndGivesTheRightBack() throws Exception {
        TestApplication ending = start(OFTEN, "dovetail.outbox.ownership=10m");
        TestApplication other = beside(ending, "dovetail.outbox.poll-interval=1h");
        CountDownLatch begun = new CountDownLatch(1);
        handler(ending).then = message -> {
            begun.countDown();
            TimeUnit.MILLISECONDS.sleep(500);
        };
        send(ending, "orders", "first", "second", "third");
        begun.await();
        Recorder ended = handler(ending);
        ending.close();
        // That wakes it, and it would have to wait for ten minutes.
        send(other, "orders", "fourth");
        awaitEmpty(other);
        assertThat(handler(other).payloads).contains("fourth");
        assertThat(ended.payloads.size() + handler(other).payloads.size())
                .as("none was interrupted and delivered again")
                .isEqualTo(4);
    }
}
