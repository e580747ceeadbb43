package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.contract.repository.SingleStatementTests.Crate;
import dev.dovetail.contract.repository.SingleStatementTests.Crates;
import dev.dovetail.datasource.StatementEvent;
import dev.dovetail.engine.ConnectionRole;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;

/** Where single rows are read that nobody asked a transaction for, on PostgreSQL with replicas. */
class ReplicaReadTests {

    private static TestApplication start() {
        Map<String, String> database = TestEngine.POSTGRESQL.freshDatabase();
        TestApplication application = TestApplication.with(
                database,
                SingleStatementTests.Repositories.class,
                "dovetail.postgresql.replicas=" + database.get("spring.datasource.url"));
        application.define("CREATE TABLE crate (id ${identity}, label ${text})");
        return application;
    }

    @Test
    void whenThereAreReplicasThenTheyAreReadAndTheWriterIsWrittenTo() {
        try (TestApplication application = start()) {
            Crates crates = application.bean(Crates.class);
            Crate crate = crates.save(Crate.labelled(new Crate(), "a"));
            application.statements();

            crates.findById(crate.key());
            crates.existsById(crate.key());
            crates.count();
            crates.findAll();
            assertThat(application.statements())
                    .hasSize(4)
                    .extracting(StatementEvent::role)
                    .containsOnly(ConnectionRole.READER);

            crates.save(crate);
            crates.deleteById(crate.key());
            assertThat(application.statements())
                    .hasSize(2)
                    .extracting(StatementEvent::role)
                    .containsOnly(ConnectionRole.WRITER);

            application.transaction().executeWithoutResult(status -> crates.findById(crate.key()));
            assertThat(application.statements())
                    .extracting(StatementEvent::role)
                    .containsOnly(ConnectionRole.WRITER);
        }
    }

    @Test
    void whenTheTemplateReadsWithoutATransactionThenItAsksTheWriter() {
        try (TestApplication application = start()) {
            JdbcAggregateTemplate template = application.bean(JdbcAggregateTemplate.class);
            Crate crate = template.save(Crate.labelled(new Crate(), "a"));
            application.statements();

            // A replica may not have it yet.
            assertThat(template.findById(crate.key(), Crate.class)).isNotNull();
            assertThat(template.existsById(crate.key(), Crate.class)).isTrue();
            assertThat(template.count(Crate.class)).isOne();
            assertThat(template.findAll(Crate.class)).hasSize(1);
            assertThat(application.statements())
                    .hasSize(4)
                    .extracting(StatementEvent::role)
                    .containsOnly(ConnectionRole.WRITER);
        }
    }
}
