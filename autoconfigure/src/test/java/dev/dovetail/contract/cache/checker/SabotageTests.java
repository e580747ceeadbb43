package dev.dovetail.contract.cache.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.datasource.SabotagedVersions;
import dev.dovetail.datasource.SabotagedVersions.Sabotage;
import dev.dovetail.datasource.TableVersions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** That the checker would find it if a step of the protocol were missing. */
@EngineContract
class SabotageTests {

    private static final Duration LONGEST = Duration.ofSeconds(20);
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

    @Test
    void theWholeProtocolIsCleanAtTheSamePace() {
        try (CacheCheck check = CacheCheck.of(engine, Whole.class, ProtocolReads::new)) {
            assertThat(check.run(WHOLE, false).told()).isEmpty();
            assertThat(check.hits()).isPositive();
        }
    }

    @Test
    void findsThatNothingMovesAfterTheCommit() {
        assertFound(EvictsBeforeCommit.class);
    }

    @Test
    void findsThatNothingIsMarkedWhileItIsCommitted() {
        assertFound(MarksNoCommit.class);
    }

    @Test
    void findsThatAnOldSnapshotIsKept() {
        assertFound(StampsLate.class);
    }

    private void assertFound(Class<?> configuration) {
        try (CacheCheck check = CacheCheck.of(engine, configuration, ProtocolReads::new)) {
            assertThat(check.run(LONGEST, true).violations()).as(check::summary).isPositive();
        }
    }
}
