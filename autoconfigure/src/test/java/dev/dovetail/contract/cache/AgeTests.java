package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.Database;
import dev.dovetail.QuerySpec;
import dev.dovetail.cache.QueryResult.Origin;
import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.cache.BadgeApplications.Clock;
import dev.dovetail.datasource.CircuitOpenException;
import dev.dovetail.engine.CircuitOpenSqlException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How old a result may be, where it rests on others. */
@EngineContract
class AgeTests {

    private final TestApplication application;
    private final Database database;

    AgeTests(TestEngine engine) {
        this.application = BadgeApplications.on(engine);
        this.database = application.database();
    }

    @AfterAll
    static void stop() {
        BadgeApplications.stop();
    }

    @BeforeEach
    void threeBadges() {
        BadgeApplications.reset(application);
    }

    private long count() {
        return application
                .jdbc()
                .sql("SELECT count(*) FROM badge")
                .query(Long.class)
                .single();
    }

    private static CircuitOpenException away() {
        Duration pause = Duration.ofSeconds(1);
        return new CircuitOpenException("away", new CircuitOpenSqlException(pause, null), pause);
    }

    @Test
    void whatRestsOnSomethingTooOldIsNotKept() {
        Clock clock = application.bean(Clock.class);
        QuerySpec inner = database.query("restInner").key().cached();
        QuerySpec outer = database.query("restOuter").key().cached();
        inner.run(this::count);
        clock.advance(Duration.ofMinutes(6));
        outer.run(() -> inner.<Long>run(() -> {
                    throw away();
                })
                + count());
        assertThat(outer.runForResult(() -> inner.run(this::count) + count()).origin())
                .isEqualTo(Origin.DATABASE);
    }

    @Test
    void theAgeOfWhatIsInsideCounts() {
        Clock clock = application.bean(Clock.class);
        QuerySpec inner = database.query("ageInner").key().cached();
        QuerySpec outer = database.query("ageOuter").key().cached();
        inner.run(this::count);
        clock.advance(Duration.ofMinutes(4));
        outer.run(() -> inner.run(this::count) + count());
        clock.advance(Duration.ofMinutes(2));
        assertThat(outer.runForResult(() -> inner.run(this::count) + count()).origin())
                .isEqualTo(Origin.DATABASE);
    }

    @Test
    void theCallersTimeBoundsWhatIsTooOld() {
        Clock clock = application.bean(Clock.class);
        database.query("bound").key().cached(Duration.ofHours(10)).run(this::count);
        clock.advance(Duration.ofHours(2));
        assertThatThrownBy(() -> database.query("bound")
                        .key()
                        .cached(Duration.ofSeconds(1))
                        .run(() -> {
                            throw away();
                        }))
                .isInstanceOf(CircuitOpenException.class);
    }
}
