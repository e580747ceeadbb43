package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Whatever connections are set to, nothing old and nothing uncommitted is kept. */
@EngineContract
class IsolationTests {

    private final TestEngine engine;

    IsolationTests(TestEngine engine) {
        this.engine = engine;
    }

    private static TransactionTemplate readOnly(TestApplication application, int isolation) {
        DefaultTransactionDefinition definition = new DefaultTransactionDefinition();
        definition.setReadOnly(true);
        definition.setIsolationLevel(isolation);
        return new TransactionTemplate(application.bean(PlatformTransactionManager.class), definition);
    }

    @Test
    void underEachLevelWhatWasCommittedIsSeen() {
        for (String level : List.of("TRANSACTION_SERIALIZABLE", "TRANSACTION_REPEATABLE_READ")) {
            Map<String, String> database = engine.freshDatabase();
            try (TestApplication application = TestApplication.with(
                    database,
                    BadgeApplications.Plain.class,
                    "spring.datasource.hikari.transaction-isolation=" + level)) {
                application.define(BadgeApplications.BADGE);
                application.template().execute("INSERT INTO badge (id, name, points) VALUES (1, 'java', 10)");
                Badges badges = application.bean(Badges.class);
                BadgeApplications.pointsOf(badges, 1);
                application.statements();
                BadgeApplications.pointsOf(badges, 1);
                boolean hit = application.statements().isEmpty();
                assertThat(hit).isEqualTo(engine == TestEngine.SQLITE || level.equals("TRANSACTION_REPEATABLE_READ"));
                application.readOnlyTransaction().executeWithoutResult(status -> {
                    BadgeApplications.pointsOf(badges, 1);
                    OwnThread.run(() -> badges.award(1, 20)).join();
                    BadgeApplications.pointsOf(badges, 1);
                });
                assertThat(BadgeApplications.pointsOf(badges, 1)).isEqualTo(20);
                application.transaction().executeWithoutResult(status -> {
                    assertThat(BadgeApplications.pointsOf(badges, 1)).isEqualTo(20);
                    badges.award(1, 30);
                });
                assertThat(BadgeApplications.pointsOf(badges, 1)).isEqualTo(30);
                readOnly(application, TransactionDefinition.ISOLATION_READ_COMMITTED)
                        .executeWithoutResult(status -> {
                            BadgeApplications.pointsOf(badges, 1);
                            OwnThread.run(() -> badges.award(1, 40)).join();
                            BadgeApplications.pointsOf(badges, 1);
                        });
                assertThat(BadgeApplications.pointsOf(badges, 1)).isEqualTo(40);
                readOnly(application, TransactionDefinition.ISOLATION_REPEATABLE_READ)
                        .executeWithoutResult(status -> {
                            badges.summary(1);
                            badges.findByName("java");
                            OwnThread.run(() -> badges.award(1, 50)).join();
                            BadgeApplications.pointsOf(badges, 1);
                            badges.summary(1);
                            badges.findByName("java");
                        });
                assertThat(BadgeApplications.pointsOf(badges, 1)).isEqualTo(50);
                assertThat(badges.summary(1)).isEqualTo("java:50");
                assertThat(badges.findByName("java").orElseThrow().points()).isEqualTo(50);
            }
        }
    }

    @Test
    void whereNothingCommitsByItselfNothingUncommittedIsKept() {
        try (TestApplication application = TestApplication.with(
                engine.freshDatabase(), BadgeApplications.Plain.class, "spring.datasource.hikari.auto-commit=false")) {
            application.transaction().executeWithoutResult(status -> application.define(BadgeApplications.BADGE));
            application
                    .transaction()
                    .executeWithoutResult(status -> application
                            .template()
                            .execute("INSERT INTO badge (id, name, points) VALUES (1, 'java', 10)"));
            Badges badges = application.bean(Badges.class);
            assertThat(BadgeApplications.pointsOf(badges, 1)).isEqualTo(10);
            application.template().execute("UPDATE badge SET points = 99");
            assertThat(BadgeApplications.pointsOf(badges, 1)).isEqualTo(10);
            application.transaction().executeWithoutResult(status -> badges.award(1, 20));
            assertThat(BadgeApplications.pointsOf(badges, 1)).isEqualTo(20);
            badges.findByName("java");
            application.transaction(TransactionDefinition.PROPAGATION_SUPPORTS).executeWithoutResult(status -> {
                application.template().execute("UPDATE badge SET points = 97");
                application.database().caches().clear();
                badges.findByName("java");
            });
            assertThat(badges.findByName("java").orElseThrow().points()).isEqualTo(20);
        }
    }
}
