package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dovetail.engine.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring's transactions mean the same on every engine. */
class TransactionTests extends ItemTable {

    TransactionTests(TestEngine engine) {
        super(engine);
    }

    @Test
    void commits() {
        application.transaction().executeWithoutResult(status -> insert(1));

        assertThat(ids()).containsExactly(1);
        assertNothingIsInUse();
    }

    @Test
    void rollsBackOnAnException() {
        assertThatThrownBy(() -> application.transaction().executeWithoutResult(status -> {
                    insert(1);
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(ids()).isEmpty();
        insert(2);
        assertThat(ids()).containsExactly(2);
    }

    @Test
    void aNestedRollbackKeepsTheOuterTransaction() {
        application.transaction().executeWithoutResult(outer -> {
            insert(1);
            nested().executeWithoutResult(inner -> {
                insert(2);
                inner.setRollbackOnly();
            });
            insert(3);
        });

        assertThat(ids()).containsExactly(1, 3);
    }

    @Test
    void aFailureInANestedTransactionIsLiftedByItsRollback() {
        application.transaction().executeWithoutResult(outer -> {
            insert(1);
            assertThatThrownBy(() -> nested().executeWithoutResult(inner -> insert(1)))
                    .isInstanceOf(DuplicateKeyException.class);
            insert(2);
        });

        assertThat(ids()).containsExactly(1, 2);
    }

    @Test
    void aFailureThatANestedTransactionSwallowedStillDoomsTheOuterOne() {
        Throwable thrown = catchThrowable(() -> application.transaction().executeWithoutResult(outer -> {
            insert(1);
            nested().executeWithoutResult(
                            inner -> assertThatThrownBy(() -> insert(1)).isInstanceOf(DuplicateKeyException.class));
            insert(2);
        }));

        assertThat(codeOf(thrown)).isEqualTo(ErrorCode.TRANSACTION_ABORTED);
        assertThat(ids()).isEmpty();
    }

    @Test
    void whoeverGoesOnAfterAFailureCommitsNothing() {
        Throwable thrown = catchThrowable(() -> application.transaction().executeWithoutResult(status -> {
            insert(1);
            assertThatThrownBy(() -> insert(1)).isExactlyInstanceOf(DuplicateKeyException.class);
            insert(2);
        }));

        assertThat(thrown).isExactlyInstanceOf(InvalidDataAccessApiUsageException.class);
        assertThat(codeOf(thrown)).isEqualTo(ErrorCode.TRANSACTION_ABORTED);
        assertThat(ids()).isEmpty();
    }

    @Test
    void theCommitOfADoomedTransactionFails() {
        Throwable thrown = catchThrowable(() -> application.transaction().executeWithoutResult(status -> {
            insert(1);
            assertThatThrownBy(() -> insert(1)).isInstanceOf(DuplicateKeyException.class);
        }));

        assertThat(thrown).isExactlyInstanceOf(InvalidDataAccessApiUsageException.class);
        assertThat(codeOf(thrown)).isEqualTo(ErrorCode.TRANSACTION_ABORTED);
        assertThat(ids()).isEmpty();
        insert(1);
    }

    @Test
    void readingInADoomedTransactionFailsToo() {
        assertThatThrownBy(() -> application.transaction().executeWithoutResult(status -> {
                    assertThatThrownBy(() -> application.template().queryForList("SELECT * FROM nowhere"))
                            .isInstanceOf(BadSqlGrammarException.class);
                    ids();
                }))
                .isExactlyInstanceOf(InvalidDataAccessApiUsageException.class);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                TransactionDefinition.ISOLATION_READ_COMMITTED,
                TransactionDefinition.ISOLATION_REPEATABLE_READ,
                TransactionDefinition.ISOLATION_SERIALIZABLE
            })
    void isolationLevelsAreAccepted(int level) {
        TransactionTemplate isolated = application.transaction();
        isolated.setIsolationLevel(level);

        isolated.executeWithoutResult(status -> insert(level));

        assertThat(ids()).containsExactly(level);
    }

    @Test
    void anEmptyTransactionTakesNoConnectionAndRunsNothing() {
        application.transaction().executeWithoutResult(status -> assertNothingIsInUse());
        application.readOnlyTransaction().executeWithoutResult(status -> assertNothingIsInUse());

        assertThat(application.statements()).isEmpty();
    }

    @Test
    void aTransactionThatCannotStartLeavesNothingBehind() {
        TransactionTemplate isolated = application.transaction();
        isolated.setIsolationLevel(TransactionDefinition.ISOLATION_READ_UNCOMMITTED);

        assertThatCode(() -> isolated.executeWithoutResult(status -> insert(1))).doesNotThrowAnyException();
        application.transaction().executeWithoutResult(status -> insert(2));
        assertThat(ids()).contains(2);
        assertNothingIsInUse();
    }
}
