package dev.dovetail.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.engine.ConnectionRole;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One that throws changes nothing. */
class StatementListenersTests {

    @Test
    void theOthersHearOfTheStatementAndItsCallerOfNothing() {
        StatementEvent event = new StatementEvent("SELECT 1", ConnectionRole.WRITER, 0, 1, 1, 1, 1, true, null, null);
        List<StatementEvent> heard = new ArrayList<>();
        StatementListener broken = statement -> {
            throw new IllegalStateException("expected by this test");
        };

        new StatementListeners(List.of(broken, heard::add)).onStatement(event);

        assertThat(heard).containsExactly(event);
    }
}
