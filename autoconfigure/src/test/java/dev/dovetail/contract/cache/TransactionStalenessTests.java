package dev.dovetail.contract.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.cache.Badges.Badge;
import dev.dovetail.transaction.TransactionOptions;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionDefinition;

/** Transactions see what is theirs to see, and everybody else what was committed. */
class TransactionStalenessTests extends StalenessContract {

    TransactionStalenessTests(TestEngine engine) {
        super(engine);
    }

    @Test
    void whatIsRolledBackRemovesNothing() {
        readAll();
        application.transaction().executeWithoutResult(status -> {
            badges.save(new Badge(1L, "java", 50));
            status.setRollbackOnly();
        });
        application.statements();
        assertThat(badges.findById(1L).map(Badge::points)).contains(10);
        assertThat(badges.count()).isEqualTo(3);
        assertThat(application.statements()).isEmpty();
    }

    @Test
    void aTransactionSeesItsOwnChangesAndNobodyElseDoes() throws Exception {
        readAll();
        application.transaction().executeWithoutResult(status -> {
            badges.save(new Badge(1L, "java", 60));
            assertThat(badges.findById(1L).map(Badge::points)).contains(60);
            assertThat(badges.numberAbove(50)).isEqualTo(1);
            OwnThread.run(() ->
                            assertThat(badges.findById(1L).map(Badge::points)).contains(10))
                    .join();
            status.setRollbackOnly();
        });
        assertThat(badges.findById(1L).map(Badge::points)).contains(10);
        assertThat(badges.numberAbove(50)).isZero();
    }

    @Test
    void whatASavepointTakesBackIsNotSeen() {
        readAll();
        application.transaction().executeWithoutResult(status -> {
            Object savepoint = status.createSavepoint();
            badges.award(1, 70);
            status.rollbackToSavepoint(savepoint);
            badges.award(2, 71);
        });
        isExact();
    }

    @Test
    void anUnboundTransactionOfAConnectionIsSeenWhenItIsCommitted() throws SQLException {
        readAll();
        try (Connection connection = application.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            connection.createStatement().executeUpdate("UPDATE badge SET points = 80 WHERE id = 1");
            assertThat(badges.findById(1L).map(Badge::points)).contains(10);
            connection.commit();
            isExact();
            connection.setAutoCommit(true);
        }
    }

    @Test
    void readOnlyTransactionsHitAndFill() {
        application.readOnlyTransaction().executeWithoutResult(status -> readAll());
        application.statements();
        application.readOnlyTransaction().executeWithoutResult(status -> readAll());
        readAll();
        assertThat(application.statements())
                .noneMatch(
                        event -> event.sql().toLowerCase(java.util.Locale.ROOT).contains("badge"));
    }

    @Test
    void underSerializableNothingIsUsed() {
        readAll();
        TransactionDefinition serializable =
                new org.springframework.transaction.support.DefaultTransactionDefinition() {
                    {
                        setReadOnly(true);
                        setIsolationLevel(ISOLATION_SERIALIZABLE);
                    }
                };
        application.statements();
        new org.springframework.transaction.support.TransactionTemplate(
                        application.bean(org.springframework.transaction.PlatformTransactionManager.class),
                        serializable)
                .executeWithoutResult(status -> badges.findById(1L));
        assertThat(application.statements()).isNotEmpty();
    }

    @Test
    void aUnitOfWorkIsSeenWhenItIsCommitted() {
        isSeen(() -> application.database().inTransaction(TransactionOptions.defaults(), status -> {
            badges.award(1, 94);
            assertThat(badges.findById(1L).map(Badge::points)).contains(94);
            return true;
        }));
        assertThatThrownBy(() -> application.database().inTransaction(status -> {
                    badges.award(1, 95);
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        isExact();
    }
}
