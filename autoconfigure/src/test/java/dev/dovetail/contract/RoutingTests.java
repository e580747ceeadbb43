package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.datasource.StatementEvent;
import dev.dovetail.engine.ConnectionRole;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/** Which connection a statement goes to, and that each is seen once. */
@EngineContract
class RoutingTests {

    private final TestEngine engine;
    private TestApplication application;

    RoutingTests(TestEngine engine) {
        this.engine = engine;
        this.application = TestApplication.on(engine);
    }

    @BeforeEach
    void createTable() {
        application
                .jdbc()
                .sql("CREATE TABLE item (id integer PRIMARY KEY, name text)")
                .update();
        application.statements();
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void autocommitReadsGoWhereNothingLags() {
        application.jdbc().sql("SELECT count(*) FROM item").query(Long.class).single();
        application.template().queryForList("SELECT * FROM item");

        ConnectionRole expected = engine == TestEngine.SQLITE ? ConnectionRole.READER : ConnectionRole.WRITER;
        assertThat(application.statements()).extracting(StatementEvent::role).containsExactly(expected, expected);
    }

    @Test
    void everyStatementIsSeenOnceWithItsRows() {
        application.jdbc().sql("INSERT INTO item VALUES (1, 'a'), (2, 'b')").update();
        application.jdbc().sql("SELECT * FROM item").query().listOfRows();

        List<StatementEvent> statements = application.statements();
        assertThat(statements).extracting(StatementEvent::rows).containsExactly(2L, 2L);
        assertThat(statements).extracting(StatementEvent::query).containsExactly(false, true);
    }

    @Test
    void aReadOnlyTransactionCannotWrite() {
        assertThatThrownBy(() -> application
                        .readOnlyTransaction()
                        .executeWithoutResult(status -> application
                                .jdbc()
                                .sql("INSERT INTO item VALUES (1, 'a')")
                                .update()))
                .isInstanceOf(InvalidDataAccessApiUsageException.class);
        assertThat(application.jdbc().sql("INSERT INTO item VALUES (1, 'a')").update())
                .isEqualTo(1);
    }
}
