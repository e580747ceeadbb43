package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestEngine;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionDefinition;

/** Transactions inside of others see what is theirs to see. */
class InnerTransactionTests extends BadgeContract {

    InnerTransactionTests(TestEngine engine) {
        super(engine);
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
