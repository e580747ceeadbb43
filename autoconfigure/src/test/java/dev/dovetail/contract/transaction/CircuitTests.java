package dev.dovetail.contract.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.contract.EngineContract;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.transaction.CircuitStates;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

/** What never opens the circuit (F198); what does is provoked where servers are stopped. */
@EngineContract
class CircuitTests {

    private final TestEngine engine;

    CircuitTests(TestEngine engine) {
        this.engine = engine;
    }

    @Test
    void whatCallersDoWrongNeverOpensIt() {
        try (TestApplication application = TestApplication.on(engine)) {
            application.define("CREATE TABLE item (id ${bigint} PRIMARY KEY)");
            application.template().update("INSERT INTO item VALUES (1)");
            for (int i = 0; i < 1000; i++) {
                assertThatThrownBy(() -> application.template().update("INSERT INTO item VALUES (1)"))
                        .isInstanceOf(DuplicateKeyException.class);
            }
            assertThat(application.bean(CircuitStates.class).states())
                    .containsOnlyKeys(ConnectionRole.WRITER, ConnectionRole.READER)
                    .containsValue("closed")
                    .doesNotContainValue("open");
        }
    }

    @Test
    void itCanBeSwitchedOff() {
        try (TestApplication application = TestApplication.on(engine, "dovetail.circuit-breaker.enabled=false")) {
            assertThat(application
                            .context()
                            .getBeanProvider(CircuitStates.class)
                            .getIfAvailable())
                    .isNull();
        }
    }
}
