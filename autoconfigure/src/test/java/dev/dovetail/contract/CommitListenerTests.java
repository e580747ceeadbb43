package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.datasource.StatementEvent;
import dev.dovetail.datasource.StatementListener;
import dev.dovetail.engine.ConnectionRole;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataIntegrityViolationException;

/** Whoever hears statements also hears what became of their transaction. */
@EngineContract
class CommitListenerTests {

    private final TestApplication application;
    private final Commits commits;

    CommitListenerTests(TestEngine engine) {
        application = TestApplication.withBeans(engine.freshDatabase(), Listening.class);
        commits = application.bean(Commits.class);
    }

    @BeforeEach
    void define() {
        application.define("""
                CREATE TABLE parent (id integer PRIMARY KEY);
                CREATE TABLE child (id integer PRIMARY KEY, parent integer
                    REFERENCES parent DEFERRABLE INITIALLY DEFERRED)""");
        application.statements();
        commits.heard.clear();
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private long lastTransaction() {
        List<StatementEvent> statements = application.statements();
        return statements.get(statements.size() - 1).transactionId();
    }

    @Test
    void aCommitIsToldWithTheTransactionOfItsStatements() {
        application
                .transaction()
                .executeWithoutResult(status -> application.template().update("INSERT INTO parent VALUES (1)"));
        assertThat(commits.heard).containsExactly(new Commit(ConnectionRole.WRITER, lastTransaction(), null));
        assertThat(commits.heard.get(0).transaction()).isPositive();
    }

    @Test
    void aCommitThatFailsIsToldWithItsError() {
        assertThatThrownBy(() -> application
                        .transaction()
                        .executeWithoutResult(
                                status -> application.template().update("INSERT INTO child VALUES (1, 4711)")))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(commits.heard).singleElement().satisfies(commit -> {
            assertThat(commit.transaction()).isEqualTo(lastTransaction());
            assertThat(commit.state()).isEqualTo("23503");
        });
    }

    @Test
    void whatIsRolledBackOrNeverBegunIsNoCommit() {
        application.transaction().executeWithoutResult(status -> {
            application.template().update("INSERT INTO parent VALUES (1)");
            status.setRollbackOnly();
        });
        application.transaction().executeWithoutResult(status -> {});
        application.template().update("INSERT INTO parent VALUES (2)");

        assertThat(commits.heard).isEmpty();
    }

    private record Commit(
            ConnectionRole role, long transaction, @Nullable String state) {}

    static final class Commits implements StatementListener {

        private final List<Commit> heard = new ArrayList<>();

        @Override
        public void onStatement(StatementEvent event) {
            // Only commits are looked at.
        }

        @Override
        public void onCommit(ConnectionRole role, long transactionId, @Nullable SQLException error) {
            heard.add(new Commit(role, transactionId, error == null ? null : error.getSQLState()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Listening {

        @Bean
        Commits commits() {
            return new Commits();
        }
    }
}
