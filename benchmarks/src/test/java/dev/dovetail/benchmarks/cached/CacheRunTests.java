package dev.dovetail.benchmarks.cached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dovetail.benchmarks.cached.dovetail.CachedApplication;
import dev.dovetail.benchmarks.report.Results;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Databases;
import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.benchmarks.turns.Call;
import dev.dovetail.cache.Coherence;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheRunTests {

    @ParameterizedTest
    @CsvSource({"SQLITE, true", "POSTGRESQL, false"})
    void anApplicationThatCachesNothingIsMeasuredWithAndWithout(Engine engine, boolean cachesFirst) {
        UnusedCost cost = UnusedRun.of(engine, cachesFirst, 1);
        assertThat(cost.engine()).isEqualTo(engine.id());
        assertThat(cost.points())
                .hasSize(UnusedWork.values().length)
                .flatExtracting(UnusedCost.Point::on, UnusedCost.Point::off)
                .allSatisfy(each -> assertThat(each)
                        .isInstanceOfSatisfying(
                                Call.class,
                                call -> assertThat(List.of(call.nanos(), call.cpuNanos(), call.bytes()))
                                        .allMatch(figure -> figure > 0)));
    }

    @ParameterizedTest
    @EnumSource(Coherence.class)
    void writersWriteUnderEveryCoherence(Coherence coherence, @TempDir Path directory) throws Exception {
        Path output = directory.resolve("speed.json");
        CacheCommand.runOne("writes", "postgresql", CachePlan.id(coherence), "2,1", "20", output.toString());
        WriteSpeed speed = Results.read(output, WriteSpeed.class);
        assertThat(speed.coherence()).isEqualTo(coherence);
        assertThat(speed.points()).extracting(WriteSpeed.Point::writers).containsExactly(2, 1);
        assertThat(speed.points()).allMatch(point -> point.perSecond() > 0 && point.p99() >= point.p50());
    }

    @Test
    void writersOnSqliteShareItsWriter() {
        assertThat(WriteRun.of(Engine.SQLITE, Coherence.TRANSACTIONAL, List.of(3), 20)
                        .points())
                .allMatch(point -> point.perSecond() > 0);
    }

    @ParameterizedTest
    @CsvSource({"none, true", "transactional, false"})
    void whoTellsOthersOtherwiseThanIsMeasuredFailsTheRun(String coherence, boolean expected) {
        Map<String, String> settings = Map.of("dovetail.cache.coherence", coherence);
        try (DatabaseUnderTest database = Databases.copy(Engine.POSTGRESQL, 60);
                CachedApplication application = CachedApplication.on(database, settings)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> Announcements.check(application.users(), database, expected, 300))
                    .withMessageContaining("told of a write");
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aSlowQueryIsAskedOnceAndAnsweredOften(Engine engine) {
        SlowQueryTimes times = SlowQueryRun.of(engine, 20, 40);
        assertThat(times.coldMillis()).isGreaterThanOrEqualTo(40);
        assertThat(times.p99Millis()).isPositive().isLessThanOrEqualTo(times.maxMillis());
        assertThat(times.restP95Millis()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--fork=1",
                "--parts=everything",
                "--engines=oracle",
                "--coherences=always",
                "--writers=0",
                "--threads=two",
                "--calls=-1"
            })
    void whatMakesNoSenseIsRefused(String option) {
        assertThatIllegalArgumentException().isThrownBy(() -> CachePlan.of(option));
    }

    @Test
    void withoutOptionsEverythingIsMeasured() {
        CachePlan plan = CachePlan.of();
        assertThat(plan.parts()).containsExactly(CachePart.values());
        assertThat(plan.engines()).containsExactly(Engine.values());
        assertThat(plan.writers()).containsExactly(1, 4, 16);
        assertThat(plan.coherencesOf(Engine.POSTGRESQL)).isEqualTo(Arrays.asList(Coherence.values()));
        assertThat(plan.coherencesOf(Engine.SQLITE)).containsExactly(Coherence.TRANSACTIONAL, Coherence.NONE);
        assertThat(CachePlan.of("--parts=slow-query", "--forks=2").parts()).containsExactly(CachePart.SLOW_QUERY);
    }
}
