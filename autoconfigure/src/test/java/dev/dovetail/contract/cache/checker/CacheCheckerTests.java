package dev.dovetail.contract.cache.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestEngine;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No cached read is older than the last commit that had returned, or than what anybody had seen, before it began. */
@EngineContract
class CacheCheckerTests {

    private static final Duration ORDINARY = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final long READS_OF_LONG = 10_000_000;

    private final TestEngine engine;

    CacheCheckerTests(TestEngine engine) {
        this.engine = engine;
    }

    @Test
    void noReadIsOlderThanTheLastCommit() {
        check(ORDINARY);
    }

    @Test
    @Tag("soak")
    void noReadIsOlderThanTheLastCommitForLong() {
        assertThat(check(LONG).reads()).isGreaterThanOrEqualTo(READS_OF_LONG);
    }

    private Verdicts check(Duration time) {
        try (CacheCheck check = CacheCheck.of(engine, CheckedRepositories.class, RepositoryReads::new)) {
            Verdicts verdicts = check.run(time, false);
            System.out.println(check.summary());
            assertThat(verdicts.told()).isEmpty();
            assertThat(verdicts.violations()).isZero();
            assertThat(check.hits()).as("a load that is worth the name").isGreaterThan(verdicts.reads() / 2);
            assertThat(verdicts.hotShare()).as("reads of what was just written").isGreaterThan(0.3);
            return verdicts;
        }
    }
}
