package dev.dovetail.contract.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.OwnThread;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.datasource.CommitOutcomeUnknownException;
import dev.dovetail.transaction.UnitOfWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;

/** Entities of a unit of work whose connection is lost, which only a server can do (F93). */
class PostgresqlUnitOfWorkTests {

    @Table("ticket")
    static class Ticket {
        @Id
        private @Nullable Long id;

        @Version
        private @Nullable Integer version;
    }

    interface Tickets extends ListCrudRepository<Ticket, Long> {}

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(
            considerNestedRepositories = true,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Tickets.class))
    static class Repositories {}

    private final TestApplication application =
            TestApplication.withRepositories(TestEngine.POSTGRESQL, Repositories.class, "logging.level.root=off");

    @BeforeEach
    void createTable() {
        application.define("CREATE TABLE ticket (id ${identity}, version ${bigint} NOT NULL)");
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private int session() {
        return application
                .jdbc()
                .sql("SELECT pg_backend_pid()")
                .query(Integer.class)
                .single();
    }

    private void end(int session) {
        try (Connection other = application.foreignConnection();
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(" + session + ", 10000)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whereNobodyKnowsWhetherItWasCommittedTheIdStays() {
        // What COMMIT waits for.
        application.template().execute("""
                CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN PERFORM pg_sleep(3); RETURN NULL; END'""");
        application.template().execute("""
                CREATE CONSTRAINT TRIGGER slowly AFTER INSERT ON ticket DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION slowly()""");
        Ticket ticket = new Ticket();
        try (UnitOfWork unit = application.database().unitOfWork()) {
            unit.begin();
            unit.registerNew(ticket);
            int session = session();
            CompletableFuture<Void> ending = OwnThread.runAfter(Duration.ofSeconds(1), () -> end(session));
            assertThatThrownBy(unit::commit).isInstanceOf(CommitOutcomeUnknownException.class);
            ending.join();
            assertThat(unit.isActive()).isFalse();
        }
        assertThat(ticket.id).isNotNull();
        assertThat(ticket.version).isZero();
    }

    @Test
    void whatWasLostBeforeTheCommitIsNewAgain() {
        Ticket ticket = new Ticket();
        try (UnitOfWork unit = application.database().unitOfWork()) {
            unit.begin();
            unit.registerNew(ticket);
            unit.flush();
            assertThat(ticket.id).isNotNull();
            end(session());
            unit.registerNew(new Ticket());
            assertThatThrownBy(unit::commit).isNotInstanceOf(CommitOutcomeUnknownException.class);
        }
        assertThat(ticket.id).isNull();
        assertThat(ticket.version).isNull();
        assertThat(application.database().table("ticket").count()).isZero();
    }
}
