package dev.dovetail.contract.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.datasource.CommitOutcomeUnknownException;
import dev.dovetail.transaction.TransactionJournal;
import dev.dovetail.transaction.TransactionOptions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions of which nobody knows how they ended, as observations. */
class PostgresqlObservedTransactionTests {

    private final TestApplication application = Family.start(
            TestEngine.POSTGRESQL, ObservedTransactionTests.Beans.class, "dovetail.monitoring.observations=true");
    private final Tracing tracing = application.bean(Tracing.class);

    @BeforeEach
    void endTheSessionInCommit() {
        Family.children(application, 1);
        tracing.ended().clear();
        application.template().execute("""
                CREATE FUNCTION ending() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(5); RETURN NULL; END'""");
        application.template().execute("""
                CREATE CONSTRAINT TRIGGER ending AFTER UPDATE ON child DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION ending()""");
    }

    @AfterEach
    void close() {
        application.close();
    }

    @Test
    void aCommitInWhichTheConnectionWasLostIsUnknown() {
        Throwable thrown = catchThrowable(() -> application
                .database()
                .inTransaction(
                        TransactionOptions.named("lost"),
                        transaction -> application.template().update("UPDATE child SET name = 'changed'")));

        assertThat(thrown).isInstanceOf(CommitOutcomeUnknownException.class);
        assertThat(tracing.ended()).containsExactly("transaction lost: read-write, lost, unknown");
    }

    @Test
    void soItIsWhereTheTransactionManagerDoesNotSayWhy() {
        DataSourceTransactionManager manager = new DataSourceTransactionManager(application.dataSource());
        manager.setTransactionExecutionListeners(List.of(application.bean(TransactionJournal.class)));

        Throwable thrown = catchThrowable(() -> new TransactionTemplate(manager)
                .executeWithoutResult(status -> application.template().update("UPDATE child SET name = 'changed'")));

        assertThat(thrown).isInstanceOf(TransactionSystemException.class);
        assertThat(tracing.ended()).containsExactly("transaction: read-write, none, unknown");
    }

    @Test
    void whatIsLostBeforeItIsCommittedIsRolledBack() {
        Throwable thrown = catchThrowable(() -> application
                .database()
                .inTransaction(TransactionOptions.named("ended").withMaxRetries(0), transaction -> {
                    application.template().execute("SELECT pg_terminate_backend(pg_backend_pid())");
                    return true;
                }));

        assertThat(thrown).isNotNull();
        assertThat(tracing.ended()).containsExactly("transaction ended: read-write, ended, rollback");
    }
}
