package dev.dovetail.monitoring.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.DatabaseEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The plan of a slow query where there is not always a connection to ask for it. */
class SlowQueryPlansTests {

    private final TestApplication application = TestApplication.on(TestEngine.SQLITE);
    private final StatementStatistics statistics = Statements.statistics(10);
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void close() {
        application.close();
    }

    /** A data source that has no connection for some of those who ask. */
    private final class Refusing extends DelegatingDataSource {

        private final IntPredicate refused;

        Refusing(DataSource target, IntPredicate refused) {
            super(target);
            this.refused = refused;
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (refused.test(asked.incrementAndGet())) {
                throw new SQLException("exhausted", "08001");
            }
            return super.getConnection();
        }
    }

    private void executeSlowly() {
        statistics.onStatement(Statements.query("SELECT name FROM sqlite_schema", 0, 5000, 1, null));
    }

    private SlowQueryPlans refusing(IntPredicate refused) {
        SlowQueryPlans plans = new SlowQueryPlans(
                application.bean(DatabaseEngine.class), new Refusing(application.dataSource(), refused));
        statistics.explainBy(plans);
        return plans;
    }

    @Test
    void isAskedForAgainWhenThereWasNoConnection() {
        try (SlowQueryPlans plans = refusing(time -> time <= 2)) {
            assertThat(plans).isNotNull();
            Awaitility.await().untilAsserted(() -> {
                executeSlowly();
                assertThat(statistics.statements().get(0).plan()).isNotNull();
            });
            assertThat(asked).hasValue(3);
        }
    }

    @Test
    void isNotAskedForForEver() {
        try (SlowQueryPlans plans = refusing(time -> true)) {
            assertThat(plans).isNotNull();
            Awaitility.await().untilAsserted(() -> {
                executeSlowly();
                assertThat(asked).hasValue(3);
            });
            for (int i = 0; i < 100; i++) {
                executeSlowly();
            }
            Awaitility.await()
                    .during(java.time.Duration.ofMillis(300))
                    .untilAsserted(() -> assertThat(asked).hasValue(3));
        }
    }
}
