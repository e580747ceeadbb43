package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.Database;
import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

/** An application with a cached repository, in which there are three badges before each test. */
@EngineContract
abstract class BadgeContract {

    final TestEngine engine;
    final TestApplication application;
    final Database database;
    final Badges badges;

    BadgeContract(TestEngine engine) {
        this.engine = engine;
        this.application = BadgeApplications.on(engine);
        this.database = application.database();
        this.badges = application.bean(Badges.class);
    }

    @AfterAll
    static void stop() {
        BadgeApplications.stop();
    }

    @BeforeEach
    void threeBadges() {
        BadgeApplications.reset(application);
    }

    /** Counts the badges in the database. */
    long count() {
        return application
                .jdbc()
                .sql("SELECT count(*) FROM badge")
                .query(Long.class)
                .single();
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
