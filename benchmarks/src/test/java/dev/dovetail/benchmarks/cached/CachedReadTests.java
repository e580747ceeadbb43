package dev.dovetail.benchmarks.cached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dovetail.benchmarks.cached.cacheable.CacheableApplication;
import dev.dovetail.benchmarks.cached.cacheable.CacheableUsers;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Databases;
import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.benchmarks.subject.SampleUsers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.aop.support.AopUtils;
import org.springframework.context.ConfigurableApplicationContext;

class CachedReadTests {

    @ParameterizedTest
    @EnumSource(ReadWay.class)
    void everyWayAnswersFromItsCache(ReadWay way) {
        try (DatabaseUnderTest database = Databases.copy(Engine.SQLITE, 60);
                CachedReads reads = way.open(database)) {
            long before = reads.misses();
            for (int i = 0; i < 100; i++) {
                assertThat(reads.byId(7)).isEqualTo(SampleUsers.stored(7));
                assertThat(reads.byId(8)).isEqualTo(SampleUsers.stored(8));
            }
            assertThat(reads.misses() - before).isEqualTo(2);
        }
    }

    @Test
    void aMissFailsTheRun() {
        CachedReadBenchmark benchmark = new CachedReadBenchmark();
        benchmark.way = ReadWay.REPOSITORY;
        benchmark.open();
        assertThat(benchmark.byId(new Ids())).isNotNull();
        benchmark.reads().byId(Ids.COUNT + 1L);
        assertThatIllegalStateException()
                .isThrownBy(benchmark::close)
                .withMessageContaining("1 of the reads were no hits");
    }

    @Test
    void theServiceIsAProxyOfItsClassThatReadsEachRowOnce() {
        try (DatabaseUnderTest database = Databases.copy(Engine.SQLITE, 60);
                ConfigurableApplicationContext context = CacheableApplication.on(database)) {
            CacheableUsers users = context.getBean(CacheableUsers.class);
            assertThat(AopUtils.isCglibProxy(users)).isTrue();
            assertThat(users.byId(3)).isSameAs(users.byId(3)).isEqualTo(SampleUsers.stored(3));
            assertThat(users.reads()).isEqualTo(1);
        }
    }
}
