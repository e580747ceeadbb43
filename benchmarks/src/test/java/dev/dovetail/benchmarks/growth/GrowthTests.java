package dev.dovetail.benchmarks.growth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.benchmarks.peer.Peer;
import dev.dovetail.benchmarks.subject.Databases;
import dev.dovetail.benchmarks.subject.Engine;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GrowthTests {

    @ParameterizedTest
    @EnumSource(Engine.class)
    void eachSizeIsMeasuredAndLeftAsItWas(Engine engine) {
        GrowthResult result = GrowthRun.of(engine, Peer.JDBC, List.of(60, 80), 4);
        assertThat(result.points()).hasSize(2 * GrowthWork.values().length).allMatch(point -> point.micros() > 0);
        assertThat(Databases.lasting(engine, 80).queryForLong("SELECT count(*) FROM users"))
                .isEqualTo(80);
    }
}
