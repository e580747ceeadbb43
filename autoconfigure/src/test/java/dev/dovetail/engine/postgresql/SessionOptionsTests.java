package dev.dovetail.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.engine.ConnectionRole;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionOptionsTests {

    @Test
    void theUsersOwnComeLastAndWin() {
        SessionOptions options = SessionOptions.of(
                PostgresqlSettings.defaults(), ConnectionRole.WRITER, "-c statement_timeout=5min -c jit=off");

        assertThat(options.text())
                .isEqualTo("-c statement_timeout=30000 -c lock_timeout=10000"
                        + " -c idle_in_transaction_session_timeout=60000 -c statement_timeout=5min -c jit=off");
        assertThat(options.values())
                .containsEntry("statement_timeout", "5min")
                .containsEntry("lock_timeout", "10000")
                .containsEntry("jit", "off");
    }

    @Test
    void maintenanceHasTheLastWordOnItsTimeouts() {
        SessionOptions options = SessionOptions.of(
                PostgresqlSettings.defaults(), ConnectionRole.MAINTENANCE, "-c statement_timeout=5min");

        assertThat(options.values())
                .containsEntry("statement_timeout", "0")
                .containsEntry("idle_in_transaction_session_timeout", "0")
                .containsEntry("lock_timeout", "10000");
        assertThat(SessionOptions.parse(options.text())).isEqualTo(options.values());
    }

    @Test
    void valuesAreEscapedSoThatNothingBreaksOut() {
        String nasty = "a b\\ -c log_statement=all \\\\x";

        SessionOptions options =
                SessionOptions.of(TestSettings.with(Map.of("my.value", nasty)), ConnectionRole.WRITER, null);

        assertThat(options.text()).endsWith("-c my.value=a\\ b\\\\\\ -c\\ log_statement=all\\ \\\\\\\\x");
        assertThat(SessionOptions.parse(options.text()))
                .containsEntry("my.value", nasty)
                .doesNotContainKey("log_statement");
    }

    @Test
    void readsEveryFormOfAnOption() {
        assertThat(SessionOptions.parse("  -c a=1 -cB=2 --c-d=x\\ y -e -c  broken --flag -c e= "))
                .containsExactly(Map.entry("a", "1"), Map.entry("b", "2"), Map.entry("c_d", "x y"), Map.entry("e", ""));
    }
}
