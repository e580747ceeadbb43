package dev.dovetail.contract.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.transaction.TransactionOptions;
import dev.dovetail.transaction.TransactionWork;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionTimedOutException;

/** A limit of zero is none, even where the transaction manager has one. */
@EngineContract
class TransactionTimeLimitTests {

    private static final SharedApplications applications =
            SharedApplications.with("spring.transaction.default-timeout=1s");

    private final TestApplication application;

    TransactionTimeLimitTests(TestEngine engine) {
        this.application = applications.on(engine);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    private TransactionWork<Integer, InterruptedException> late() {
        return transaction -> {
            Thread.sleep(1100);
            return application.jdbc().sql("SELECT 1").query(Integer.class).single();
        };
    }

    @Test
    void zeroIsNoLimit() throws InterruptedException {
        TransactionOptions none = TransactionOptions.defaults().withTimeout(Duration.ZERO);

        assertThat(application.database().inTransaction(none, late())).isEqualTo(1);
        assertThat(application.database().inTransaction(none.withTimeout(Duration.ofDays(100_000)), late()))
                .isEqualTo(1);
    }

    @Test
    void withoutOneTheManagersCounts() {
        assertThatThrownBy(() -> application.database().inTransaction(TransactionOptions.defaults(), late()))
                .isInstanceOf(TransactionTimedOutException.class);
    }
}
