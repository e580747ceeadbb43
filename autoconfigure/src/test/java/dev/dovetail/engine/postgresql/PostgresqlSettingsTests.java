package dev.dovetail.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresqlSettingsTests {

    @Test
    void theShorterOfStatementAndQueryTimeoutHolds() {
        assertThat(effective("30s", "5s")).hasSeconds(5);
        assertThat(effective("5s", "30s")).hasSeconds(5);
        assertThat(effective("0s", "7s")).hasSeconds(7);
        assertThat(effective("7s", "0s")).hasSeconds(7);
        assertThat(effective("0s", "0s")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "P25D", "PT0.0005S"})
    void timeoutsOutsideOfWhatTheServerTakesAreRefused(String timeout) {
        Duration wrong = Duration.parse(timeout);
        Duration right = Duration.ofSeconds(1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(wrong, right, right, right))
                .withMessageContaining("dovetail.postgresql.statement-timeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(right, wrong, right, right))
                .withMessageContaining("dovetail.postgresql.lock-timeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(right, right, wrong, right))
                .withMessageContaining("dovetail.postgresql.idle-in-transaction-timeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(right, right, right, wrong))
                .withMessageContaining("dovetail.query-timeout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "work mem", "1st", "a-b", "a=b", "a;b", "größe", "x\n", "-c"})
    void namesThatAreNoneAreRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestSettings.with(Map.of(name, "1")))
                .withMessageContaining("dovetail.postgresql.settings." + name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "statement_timeout",
                "LOCK_TIMEOUT",
                "idle_in_transaction_session_timeout",
                "application_name",
                "TimeZone",
                "datestyle",
                "client_encoding"
            })
    void settingsThatHaveAnotherPlaceAreRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestSettings.with(Map.of(name, "1")))
                .withMessageContaining("cannot be set here");
    }

    @ParameterizedTest
    @CsvSource({
        "work_mem,lots",
        "WORK_MEM,64mb",
        "maintenance_work_mem,1 MiB",
        "temp_buffers,''",
        "effective_cache_size,x"
    })
    void memoryThatIsObviouslyNoneIsRefused(String name, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestSettings.with(Map.of(name, value)))
                .withMessageContaining("64MB")
                .withMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource({"work_mem,64MB", "work_mem,65536", "work_mem,'1.5 GB'", "hash_mem_multiplier,2.0", "my.work_mem,lots"})
    void otherValuesAreLeftToTheServer(String name, String value) {
        assertThatNoException().isThrownBy(() -> TestSettings.with(Map.of(name, value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\nb", "a\tb", "\u007f"})
    void controlCharactersAreRefused(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestSettings.with(Map.of("search_path", value)))
                .withMessageContaining("control character");
    }

    @Test
    void aReplicaThatCannotBeReadIsNamedByItsPlaceNotItsText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestSettings.withReplicas("postgres://a/db", "postgres://me:s3cr3t/x@b/db"))
                .withMessageContaining("dovetail.postgresql.replicas[1]")
                .satisfies(e -> assertThat(Secrets.everythingIn(e)).doesNotContain("s3cr3t"));
    }

    @Test
    void toStringHoldsNeitherUrlsNorValues() {
        PostgresqlSettings settings = new PostgresqlSettings(
                List.of("postgres://me:s3cr3t@b/db"),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Map.of("my.key", "s3cr3t"),
                null);

        assertThat(settings.toString()).contains("my.key").doesNotContain("s3cr3t");
    }

    private static Duration effective(String statementTimeout, String queryTimeout) {
        return settings(
                        Duration.parse("PT" + statementTimeout),
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.parse("PT" + queryTimeout))
                .effectiveStatementTimeout();
    }

    private static PostgresqlSettings settings(Duration statement, Duration lock, Duration idle, Duration query) {
        return new PostgresqlSettings(List.of(), statement, lock, idle, query, Map.of(), null);
    }
}
