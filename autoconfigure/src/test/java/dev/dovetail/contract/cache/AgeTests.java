package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.QuerySpec;
import dev.dovetail.cache.QueryResult;
import dev.dovetail.cache.QueryResult.Origin;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.cache.BadgeApplications.Clock;
import dev.dovetail.datasource.CircuitOpenException;
import dev.dovetail.engine.CircuitOpenSqlException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How old a result may be, where it rests on others. */
class AgeTests extends BadgeContract {

    AgeTests(TestEngine engine) {
        super(engine);
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

    private long countUnless(boolean away) {
        if (away) {
            throw away();
        }
        return count();
    }

    @Test
    void whatIsTooOldIsUsedWhereTheDatabaseDoesNotAnswer() {
        Clock clock = application.bean(Clock.class);
        QuerySpec query = database.query("stale").key().cached();
        query.run(() -> countUnless(false));
        clock.advance(Duration.ofMinutes(6));

        assertThat(query.runForResult(() -> countUnless(true))).isEqualTo(new QueryResult<>(3L, Origin.STALE));
        assertThat(database.caches().statistics("stale").stale()).isEqualTo(1);
        assertThat(query.runForResult(() -> countUnless(false)).origin()).isEqualTo(Origin.DATABASE);

        badges.deleteById(1L);
        assertThatThrownBy(() -> query.run(() -> countUnless(true))).isInstanceOf(CircuitOpenException.class);
        assertThat(query.fallback(() -> 7L).runForResult(() -> countUnless(true)))
                .isEqualTo(new QueryResult<>(7L, Origin.FALLBACK));

        query.run(() -> countUnless(false));
        clock.advance(Duration.ofMinutes(66));
        assertThatThrownBy(() -> query.run(() -> countUnless(true))).isInstanceOf(CircuitOpenException.class);
    }
}
