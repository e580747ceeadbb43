package dev.dovetail.benchmarks.cached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dovetail.benchmarks.subject.SampleUsers;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class CachedReadTests {

    @Test
    void everyWayAnswersFromItsCache() {
        CachedReadBenchmark benchmark = new CachedReadBenchmark();
        benchmark.fill();
        Ids ids = new Ids();
        Ids same = new Ids();
        for (int i = 0; i < 20_000; i++) {
            assertThat(benchmark.caffeine(ids)).isEqualTo(benchmark.cacheable(same));
        }
        benchmark.close();
    }

    @Test
    void aMissFailsTheRun() {
        assertThatIllegalStateException().isThrownBy(new CachedReadBenchmark()::close);
    }

    @Test
    void theServiceIsAProxyOfItsClassThatReadsEachRowOnce() {
        try (AnnotationConfigApplicationContext context =
                new AnnotationConfigApplicationContext(CacheConfiguration.class)) {
            CachedUsers users = context.getBean(CachedUsers.class);
            assertThat(AopUtils.isCglibProxy(users)).isTrue();
            assertThat(users.byId(3)).isSameAs(users.byId(3)).isEqualTo(SampleUsers.stored(3));
            assertThat(users.reads()).isEqualTo(1);
        }
    }
}
