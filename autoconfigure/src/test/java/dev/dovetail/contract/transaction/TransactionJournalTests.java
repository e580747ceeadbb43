package dev.dovetail.contract.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.transaction.TransactionContext;
import dev.dovetail.transaction.TransactionJournal;
import dev.dovetail.transaction.TransactionOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.MDC;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Who a transaction is and what it did: in the log's context, behind an error, and in the log when it was slow (F96). */
@EngineContract
@ExtendWith(OutputCaptureExtension.class)
class TransactionJournalTests {

    private static final SharedApplications applications =
            SharedApplications.with("dovetail.transaction.slow-threshold=300ms");

    private final TestApplication application;
    private final TransactionJournal journal;

    TransactionJournalTests(TestEngine engine) {
        this.application = applications.on(engine);
        this.journal = application.bean(TransactionJournal.class);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void createTable() {
        application.define("DROP TABLE IF EXISTS item; CREATE TABLE item (id ${integer} PRIMARY KEY)");
    }

    @AfterEach
    void nothingIsLeftOnTheThread() {
        assertThat(MDC.get(TransactionJournal.MDC_KEY)).isNull();
        assertThat(journal.current()).isEmpty();
    }

    private void insert(int id) {
        application.jdbc().sql("INSERT INTO item VALUES (" + id + ")").update();
    }

    private static @Nullable String id() {
        return MDC.get(TransactionJournal.MDC_KEY);
    }

    @Test
    void itsIdIsInTheLogsContextWhileItRuns() {
        List<@Nullable String> ids = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            application.transaction().executeWithoutResult(status -> {
                ids.add(id());
                assertThat(journal.current()).map(TransactionContext::id).hasValue(id());
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        ids.add(id());
                    }
                });
            });
        }
        assertThat(ids).doesNotContainNull().hasSize(4);
        assertThat(ids.get(0)).isEqualTo(ids.get(1)).isNotEqualTo(ids.get(2));
    }

    @Test
    void anErrorLeadsToItsStatementsInTheirOrderWithoutValues() {
        Throwable thrown = catchThrowable(() -> application
                .database()
                .inTransaction(TransactionOptions.named("transfer"), transaction -> {
                    insert(1700071);
                    application
                            .jdbc()
                            .sql("SELECT count(*) FROM item")
                            .query(Long.class)
                            .single();
                    insert(1700071);
                    return true;
                }));

        assertThat(journal.of(thrown)).hasValueSatisfying(context -> {
            assertThat(context.name()).isEqualTo("transfer");
            assertThat(context.operations())
                    .containsExactly(
                            "INSERT INTO item VALUES (?)", "SELECT count(*) FROM item", "INSERT INTO item VALUES (?)");
            assertThat(context.summary())
                    .contains("'transfer'", context.id(), "3 statement(s)")
                    .doesNotContain("1700071");
        });
        assertThat(journal.of(new IllegalStateException("no database's"))).isEmpty();
    }

    @Test
    void onlyTheFirstStatementsAreKept() {
        application.transaction().executeWithoutResult(status -> {
            for (int i = 0; i < 60; i++) {
                insert(i);
            }
            assertThat(journal.current()).hasValueSatisfying(context -> {
                assertThat(context.operations()).hasSize(50);
                assertThat(context.furtherOperations()).isEqualTo(10);
                assertThat(context.summary()).contains("60 statement(s)", "and 10 more");
            });
        });
    }

    @Test
    void oneInsideAnotherIsAnother() {
        application.transaction().executeWithoutResult(outer -> {
            String before = id();
            application
                    .transaction(TransactionDefinition.PROPAGATION_NOT_SUPPORTED)
                    .executeWithoutResult(none -> assertThat(id()).isNull());
            assertThat(id()).isEqualTo(before);
            application
                    .transaction(TransactionDefinition.PROPAGATION_NESTED)
                    .executeWithoutResult(nested -> assertThat(id()).isEqualTo(before));
            application
                    .transaction(TransactionDefinition.PROPAGATION_REQUIRES_NEW)
                    .executeWithoutResult(inner -> assertThat(id()).isNotNull().isNotEqualTo(before));
            assertThat(id()).isEqualTo(before);
        });
    }

    @Test
    void aSlowOneIsLoggedWithWhatItDid(CapturedOutput output) throws Exception {
        application.database().inTransaction(TransactionOptions.named("nightly"), transaction -> {
            insert(4711);
            Thread.sleep(400);
            return true;
        });
        application.database().inTransaction(TransactionOptions.named("quick"), transaction -> {
            insert(4712);
            return true;
        });

        assertThat(output)
                .contains("Slow transaction, committed: 'nightly'", "INSERT INTO item VALUES (?)")
                .doesNotContain("4711")
                .doesNotContain("'quick'");
    }
}
