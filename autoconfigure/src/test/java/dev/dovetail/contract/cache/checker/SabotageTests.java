package dev.dovetail.contract.cache.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.cache.CacheSettings;
import dev.dovetail.cache.ResultCaches;
import dev.dovetail.cache.SabotagedCaches;
import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.datasource.SabotagedVersions;
import dev.dovetail.datasource.SabotagedVersions.Sabotage;
import dev.dovetail.datasource.TableVersions;
import dev.dovetail.engine.DatabaseEngine;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** That the checker would find it if a step of the protocol were missing. */
@EngineContract
class SabotageTests {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration WHOLE = Duration.ofSeconds(4);

    private final TestEngine engine;

    SabotageTests(TestEngine engine) {
        this.engine = engine;
    }

    @Import(CheckedRepositories.class)
    static class Whole {
        @Bean
        TableVersions tableVersions() {
            return new SabotagedVersions(Sabotage.NONE);
        }
    }

    @Import(CheckedRepositories.class)
    static class EvictsBeforeCommit {
        @Bean
        TableVersions tableVersions() {
            return new SabotagedVersions(Sabotage.EVICTS_BEFORE_COMMIT);
        }
    }

    @Import(CheckedRepositories.class)
    static class MarksNoCommit {
        @Bean
        TableVersions tableVersions() {
            return new SabotagedVersions(Sabotage.MARKS_NO_COMMIT);
        }
    }

    @Import(CheckedRepositories.class)
    static class StampsLate {
        @Bean
        TableVersions tableVersions() {
            return new SabotagedVersions(Sabotage.STAMPS_LATE);
        }
    }

    @Import(CheckedRepositories.class)
    static class JoinsOldLoads {
        @Bean
        TableVersions tableVersions() {
            return new SabotagedVersions(Sabotage.NONE);
        }

        @Bean
        ResultCaches resultCaches(
                CacheSettings settings,
                TableVersions versions,
                DatabaseEngine engine,
                ObjectProvider<RoutingDataSource> dataSource) {
            return SabotagedCaches.joiningOldLoads(settings, versions, engine, dataSource::getIfAvailable);
        }
    }

    @Import(CheckedRepositories.class)
    static class UsedByWriters {
        @Bean
        TableVersions tableVersions() {
            return new SabotagedVersions(Sabotage.NONE);
        }

        @Bean
        ResultCaches resultCaches(
                CacheSettings settings,
                TableVersions versions,
                DatabaseEngine engine,
                ObjectProvider<RoutingDataSource> dataSource) {
            return SabotagedCaches.usedByWriters(settings, versions, engine, dataSource::getIfAvailable);
        }
    }

    @Test
    void theWholeProtocolIsCleanAtTheSamePace() {
        try (CacheCheck check = CacheCheck.of(engine, Whole.class, ProtocolReads::new)) {
            assertThat(check.run(WHOLE, false).told()).isEmpty();
            assertThat(check.hits()).isPositive();
        }
    }

    @Test
    void theWholeCacheIsCleanAtTheSamePace() {
        try (CacheCheck check = CacheCheck.of(engine, Whole.class, RepositoryReads::new)) {
            assertThat(check.run(WHOLE, false).told()).isEmpty();
            assertThat(check.hits()).isPositive();
        }
    }

    @Test
    void findsThatOldLoadsAreJoined() {
        assertFound(JoinsOldLoads.class, RepositoryReads::new);
    }

    @Test
    void findsThatTransactionsThatWriteUseTheCache() {
        assertFound(UsedByWriters.class, RepositoryReads::new);
    }

    @Test
    void findsThatNothingMovesAfterTheCommit() {
        assertFound(EvictsBeforeCommit.class, ProtocolReads::new);
    }

    @Test
    void findsThatNothingIsMarkedWhileItIsCommitted() {
        assertFound(MarksNoCommit.class, ProtocolReads::new);
    }

    @Test
    void findsThatAnOldSnapshotIsKept() {
        assertFound(StampsLate.class, ProtocolReads::new);
    }

    private void assertFound(Class<?> configuration, Function<TestApplication, CachedReads> reads) {
        try (CacheCheck check = CacheCheck.of(engine, configuration, reads)) {
            assertThat(check.run(LONGEST, true).violations()).as(check::summary).isPositive();
        }
    }
}
