package dev.dovetail.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TransactionOptionsTests {

    private final TransactionOptions options = TransactionOptions.named("test");

    @Test
    void whatMakesNoSenseIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withTimeout(Duration.ofSeconds(-1)))
                .withMessageContaining("timeout must be 0, for no limit, or longer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withMaxRetries(-1))
                .withMessageContaining("maxRetries must be 0 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withRetryDelay(Duration.ofDays(110_000)))
                .withMessageContaining("retryDelay must be from 0 to 1 day");
    }

    @Test
    void aPartOfASecondCountsAsOne() {
        assertThat(options.withTimeout(Duration.ofMillis(1001)).definition().getTimeout())
                .isEqualTo(2);
    }
}
