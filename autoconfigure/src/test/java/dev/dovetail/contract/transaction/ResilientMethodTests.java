package dev.dovetail.contract.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.transaction.annotation.Transactional;

/** Spring Framework's annotations work beside {@code @Transactional} without further configuration (F202). */
@EngineContract
class ResilientMethodTests {

    private static final int LIMIT = 5;

    static class Accounts {

        private final JdbcClient jdbc;
        private final LockedTable locked;
        private final AtomicInteger attempts = new AtomicInteger();
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        Accounts(JdbcClient jdbc, LockedTable locked) {
            this.jdbc = jdbc;
            this.locked = locked;
        }

        @Retryable(includes = PessimisticLockingFailureException.class, delay = 1)
        @Transactional
        public void open(String owner) {
            if (attempts.incrementAndGet() == 2) {
                locked.release();
            }
            jdbc.sql("INSERT INTO account (owner) VALUES (?)").param(owner).update();
        }

        @ConcurrencyLimit(LIMIT)
        @Transactional(readOnly = true)
        public int count() throws InterruptedException {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            try {
                TimeUnit.MILLISECONDS.sleep(5);
                return jdbc.sql("SELECT count(*) FROM account")
                        .query(Integer.class)
                        .single();
            } finally {
                inside.decrementAndGet();
            }
        }

        public int attempts() {
            return attempts.get();
        }

        public int most() {
            return most.get();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories
    static class Services {

        @Bean
        LockedTable lockedTable() {
            return new LockedTable();
        }

        @Bean
        Accounts accounts(JdbcClient jdbc, LockedTable locked) {
            return new Accounts(jdbc, locked);
        }
    }

    private final TestEngine engine;
    private final TestApplication application;

    ResilientMethodTests(TestEngine engine) {
        this.engine = engine;
        this.application = TestApplication.withRepositories(
                engine, Services.class, "dovetail.sqlite.busy-timeout=100ms", "dovetail.postgresql.lock-timeout=100ms");
    }

    @BeforeEach
    void createTable() {
        application.define("CREATE TABLE account (id ${identity}, owner ${text} NOT NULL)");
    }

    @AfterEach
    void stop() {
        application.bean(LockedTable.class).release();
        application.close();
    }

    @Test
    void eachTryIsATransactionOfItsOwn() throws Exception {
        application.bean(LockedTable.class).lock(application, engine, "account");

        application.bean(Accounts.class).open("anna");

        assertThat(application.bean(Accounts.class).attempts()).isEqualTo(2);
        assertThat(application.database().table("account").count()).isEqualTo(1);
    }

    @Test
    void noMoreThanAllowedAreInside() {
        Accounts accounts = application.bean(Accounts.class);
        ExecutorService threads = Executors.newFixedThreadPool(50);
        CompletableFuture<?>[] callers = new CompletableFuture<?>[200];
        for (int i = 0; i < callers.length; i++) {
            callers[i] = CompletableFuture.runAsync(
                    () -> {
                        try {
                            accounts.count();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    threads);
        }
        CompletableFuture.allOf(callers).orTimeout(60, TimeUnit.SECONDS).join();
        threads.shutdown();
        assertThat(accounts.most()).isEqualTo(LIMIT);
    }
}
