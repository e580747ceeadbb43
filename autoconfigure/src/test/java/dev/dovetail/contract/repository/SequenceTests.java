package dev.dovetail.contract.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.Sequence;
import org.springframework.data.repository.ListCrudRepository;

/** Declared difference: PostgreSQL has sequences, SQLite has none and says what to do instead. */
@EngineContract
class SequenceTests {

    private final TestEngine engine;

    SequenceTests(TestEngine engine) {
        this.engine = engine;
    }

    record Ticket(@Id @Sequence("ticket_numbers") @Nullable Long id, String text) {}

    interface Tickets extends ListCrudRepository<Ticket, Long> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Tickets.class))
    static class Repositories {}

    @Test
    void whenAnIdComesFromASequenceThenPostgresqlGivesItAndSqliteSaysWhatToDo() {
        try (TestApplication application = TestApplication.withRepositories(engine, Repositories.class)) {
            application.define("CREATE TABLE ticket (id ${bigint} PRIMARY KEY, text ${text} NOT NULL) ${strict}");
            Tickets tickets = application.bean(Tickets.class);
            if (engine == TestEngine.SQLITE) {
                assertThatThrownBy(() -> tickets.save(new Ticket(null, "first")))
                        .hasStackTraceContaining("SQLite has no sequences")
                        .hasStackTraceContaining("ticket_numbers");
                assertThat(tickets.count()).isZero();
                return;
            }
            application.template().execute("CREATE SEQUENCE ticket_numbers START 100");
            assertThat(tickets.save(new Ticket(null, "first")).id()).isEqualTo(100L);
            assertThat(tickets.saveAll(List.of(new Ticket(null, "second"), new Ticket(null, "third"))))
                    .extracting(Ticket::id)
                    .containsExactly(101L, 102L);
        }
    }
}
