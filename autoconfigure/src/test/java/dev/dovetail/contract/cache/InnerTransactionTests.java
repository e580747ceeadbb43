package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionDefinition;

/** Transactions inside of others see what is theirs to see. */
@EngineContract
class InnerTransactionTests {

    private final TestEngine engine;
    private final TestApplication application;
    private final Badges badges;

    InnerTransactionTests(TestEngine engine) {
        this.engine = engine;
        this.application = BadgeApplications.on(engine);
        this.badges = application.bean(Badges.class);
    }

    @AfterAll
    static void stop() {
        BadgeApplications.stop();
    }

    @BeforeEach
    void threeBadges() {
        BadgeApplications.reset(application);
    }

    @Test
    void eachSeesWhatIsItsOwnAndWhatIsCommitted() {
        badges.findById(1L);
        badges.count();
        application.transaction().executeWithoutResult(outer -> {
            badges.award(1, 33);
            if (engine == TestEngine.POSTGRESQL) {
                application
                        .transaction(TransactionDefinition.PROPAGATION_REQUIRES_NEW)
                        .executeWithoutResult(inner -> {
                            assertThat(badges.findById(1L).orElseThrow().points())
                                    .isEqualTo(10);
                            badges.award(2, 44);
                            assertThat(badges.findById(2L).orElseThrow().points())
                                    .isEqualTo(44);
                        });
                application
                        .transaction(TransactionDefinition.PROPAGATION_NOT_SUPPORTED)
                        .executeWithoutResult(inner -> assertThat(
                                        badges.findById(1L).orElseThrow().points())
                                .isEqualTo(10));
            }
            try {
                application
                        .transaction(TransactionDefinition.PROPAGATION_NESTED)
                        .executeWithoutResult(inner -> {
                            badges.award(1, 55);
                            assertThat(badges.findById(1L).orElseThrow().points())
                                    .isEqualTo(55);
                            throw new IllegalStateException();
                        });
            } catch (IllegalStateException e) {
                assertThat(badges.findById(1L).orElseThrow().points()).isEqualTo(33);
            }
        });
        assertThat(badges.findById(1L).orElseThrow().points()).isEqualTo(33);
        if (engine == TestEngine.POSTGRESQL) {
            assertThat(badges.findById(2L).orElseThrow().points()).isEqualTo(44);
        }
        application.transaction(TransactionDefinition.PROPAGATION_SUPPORTS).executeWithoutResult(status -> {
            badges.findById(3L);
            badges.award(3, 66);
            assertThat(badges.findById(3L).orElseThrow().points()).isEqualTo(66);
        });
    }
}
