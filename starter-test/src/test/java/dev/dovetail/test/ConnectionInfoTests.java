package dev.dovetail.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionInfoTests {

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db/app, jdbc:postgresql://db/other, db, 5432, app",
        "jdbc:postgresql://db:6000/app?ssl=true, jdbc:postgresql://db:6000/other?ssl=true, db, 6000, app",
        "'jdbc:postgresql://a:1,b:2/app', 'jdbc:postgresql://a:1,b:2/other', a, 1, app",
        "jdbc:postgresql://db/app?user=x&ssl=true&password=y, jdbc:postgresql://db/other?ssl=true, db, 5432, app",
        "jdbc:postgresql://db/app?user=x&password=y, jdbc:postgresql://db/other, db, 5432, app",
    })
    void readsAUrlAndNamesAnotherDatabaseOfTheSameServer(
            String url, String other, String host, int port, String database) {
        ConnectionInfo info = ConnectionInfo.of(url, "me", "secret");
        assertThat(info.host()).isEqualTo(host);
        assertThat(info.port()).isEqualTo(port);
        assertThat(info.database()).isEqualTo(database);
        assertThat(info.with("other", "you", "").jdbcUrl()).isEqualTo(other);
        assertThat(info.with("other", "you", "").database()).isEqualTo("other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://db/?password=secret", "jdbc:postgresql:app", "jdbc:sqlite:app.db"})
    void aUrlWithoutServerAndDatabaseIsRefused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectionInfo.of(url, "me", "secret"))
                .withMessageNotContaining("secret");
    }

    @Test
    void thePasswordIsNotPrinted() {
        assertThat(ConnectionInfo.of("jdbc:postgresql://db/app", "me", "secret"))
                .hasToString("me at jdbc:postgresql://db/app");
    }
}
