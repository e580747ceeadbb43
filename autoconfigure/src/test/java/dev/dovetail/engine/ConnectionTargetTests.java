package dev.dovetail.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionTargetTests {

    @Test
    void emptyCredentialsAreNone() {
        ConnectionTarget target = new ConnectionTarget("postgres://ada:secret@localhost/badges", "", "", "badges");

        assertThat(target.username()).isNull();
        assertThat(target.password()).isNull();
    }

    @Test
    void isSilentAboutThePassword() {
        assertThat(new ConnectionTarget("postgres://ada:secret@localhost/badges", "ada", "secret", "badges"))
                .asString()
                .doesNotContain("secret");
    }
}
