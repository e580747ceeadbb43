package dev.dovetail.contract.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
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
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/** A transaction that the database failed: an error leads to it, and the log has one line with what it did (F96, F203). */
@EngineContract
@ExtendWith(OutputCaptureExtension.class)
class FailedTransactionTests {

    private static final SharedApplications applications =
            SharedApplications.with("dovetail.transaction.slow-threshold=0");

    private final TestApplication application;
    private final TransactionJournal journal;

    FailedTransactionTests(TestEngine engine) {
        this.application = applications.on(engine);
        this.journal = application.bean(TransactionJournal.class);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void createTables() {
        application.define("""
                DROP TABLE IF EXISTS part; DROP TABLE IF EXISTS item;
                CREATE TABLE item (id ${integer} PRIMARY KEY);
                CREATE TABLE part (item ${integer} REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED)""");
        level(LogLevel.DEBUG);
    }

    @AfterEach
    void nothingIsLeftOnTheThread() {
        level(null);
        assertThat(journal.current()).isEmpty();
        MDC.remove(TransactionJournal.MDC_KEY);
    }

    private static void level(@Nullable LogLevel level) {
        LoggingSystem.get(TransactionJournal.class.getClassLoader())
                .setLogLevel(TransactionJournal.class.getName(), level);
    }

    private int execute(String sql) {
        return application.jdbc().sql(sql).update();
    }

    private Throwable failing(String name, String... statements) {
        return catchThrowable(() -> application
                .database()
                .inTransaction(TransactionOptions.named(name), transaction -> {
                    for (String each : statements) {
                        execute(each);
                    }
                    return true;
                }));
    }

    private static List<String> lines(CapturedOutput output) {
        return output.getAll()
                .lines()
                .filter(line -> line.contains("TransactionJournal") && line.contains("ransaction, "))
                .toList();
    }

    @Test
    void anErrorIsRememberedForAsLongAsSomebodyHasIt() {
        Throwable thrown = failing("kept", "INSERT INTO item VALUES (1)", "INSERT INTO item VALUES (1)");
        for (int i = 0; i < 5; i++) {
            System.gc();
        }

        assertThat(journal.of(thrown))
                .hasValueSatisfying(context -> assertThat(context.name()).isEqualTo("kept"));
    }

    @Test
    void anErrorOfCommitLeadsToWhatWasToBeCommitted(CapturedOutput output) {
        Throwable thrown = failing("orphan", "INSERT INTO item VALUES (1)", "INSERT INTO part VALUES (2)");

        assertThat(thrown).isInstanceOf(DataIntegrityViolationException.class);
        assertThat(journal.of(thrown))
                .hasValueSatisfying(context -> assertThat(context.operations())
                        .containsExactly("INSERT INTO item VALUES (?)", "INSERT INTO part VALUES (?)"));
        assertThat(lines(output))
                .singleElement()
                .satisfies(line ->
                        assertThat(line).contains("DEBUG", "Transaction, failed with FOREIGN_KEY_VIOLATION: 'orphan'"));
    }

    @Test
    void soItDoesWhereTheTransactionManagerTellsItAfterwards(CapturedOutput output) {
        DataSourceTransactionManager manager = new DataSourceTransactionManager(application.dataSource());
        manager.setTransactionExecutionListeners(List.of(journal));

        Throwable thrown = catchThrowable(() -> new TransactionTemplate(manager)
                .executeWithoutResult(status -> execute("INSERT INTO part VALUES (3)")));

        assertThat(thrown).isInstanceOf(TransactionSystemException.class);
        assertThat(journal.of(thrown))
                .hasValueSatisfying(
                        context -> assertThat(context.operations()).containsExactly("INSERT INTO part VALUES (?)"));
        assertThat(lines(output))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("Transaction, failed with FOREIGN_KEY_VIOLATION: "));
    }

    @Test
    void aFirstStatementThatCannotBePreparedIsInItsTransaction() {
        Throwable thrown = failing("typo", "DELETE FROM nothing");

        assertThat(journal.of(thrown))
                .hasValueSatisfying(context -> assertThat(context.operations()).containsExactly("DELETE FROM nothing"));
    }

    @Test
    void whatSomebodyMustLookIntoIsAWarning(CapturedOutput output) {
        failing("broken", "INSERT INTO item VALUES (4711)", "DELETE FROM item WHERE id = 4712", "DELETE FROM nothing");

        assertThat(lines(output))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains(" WARN ", "Transaction, failed with ", ": 'broken' (", " ms, 3 statement(s): ")
                        .containsSubsequence(
                                "INSERT INTO item VALUES (?)", "DELETE FROM item WHERE id = ?", "DELETE FROM nothing")
                        .doesNotContain("4711", "4712"));
    }

    @Test
    void theCallersMistakeIsForThoseWhoDebug(CapturedOutput output) {
        failing("twice", "INSERT INTO item VALUES (1)", "INSERT INTO item VALUES (1)");
        level(LogLevel.INFO);
        failing("hidden", "INSERT INTO item VALUES (1)", "INSERT INTO item VALUES (1)");

        assertThat(lines(output))
                .singleElement()
                .satisfies(line ->
                        assertThat(line).contains("DEBUG", "Transaction, failed with UNIQUE_VIOLATION: 'twice'"));
    }

    @Test
    void whatTheDatabaseHasNotFailedIsNotLogged(CapturedOutput output) {
        assertThatThrownBy(() -> application.transaction().executeWithoutResult(status -> {
                    execute("INSERT INTO item VALUES (1)");
                    throw new IllegalStateException("the application's own");
                }))
                .isInstanceOf(IllegalStateException.class);
        application.transaction().executeWithoutResult(status -> {
            execute("INSERT INTO item VALUES (1)");
            assertThatThrownBy(() -> application
                            .transaction(TransactionDefinition.PROPAGATION_NESTED)
                            .executeWithoutResult(nested -> execute("INSERT INTO item VALUES (1)")))
                    .isInstanceOf(DuplicateKeyException.class);
            execute("INSERT INTO item VALUES (2)");
            status.setRollbackOnly();
        });

        assertThat(lines(output)).isEmpty();
    }

    @Test
    void anIdThatTheApplicationHasPutThereComesBack() {
        MDC.put(TransactionJournal.MDC_KEY, "of the request");
        List<@Nullable String> seen = new ArrayList<>();

        application.transaction().executeWithoutResult(outer -> {
            application
                    .transaction(TransactionDefinition.PROPAGATION_NOT_SUPPORTED)
                    .executeWithoutResult(none -> seen.add(MDC.get(TransactionJournal.MDC_KEY)));
            application
                    .transaction(TransactionDefinition.PROPAGATION_REQUIRES_NEW)
                    .executeWithoutResult(inner ->
                            assertThat(MDC.get(TransactionJournal.MDC_KEY)).isNotEqualTo("of the request"));
        });
        seen.add(MDC.get(TransactionJournal.MDC_KEY));

        assertThat(seen).containsExactly("of the request", "of the request");
    }
}
