package dev.dovetail.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused names the property, and never the key. */
class KeyRingTests {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    @ParameterizedTest
    @ValueSource(strings = {"c2hvcnQ=", "not base64 at all!", "", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void aKeyOfAnotherLengthIsRefused(String text) {
        assertThatThrownBy(() -> new KeyRing("a", Map.of("a", text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dovetail.encryption.keys.a must be 32 bytes")
                .satisfies(e -> assertThat(e.getCause()).isNull())
                .satisfies(e -> assertThat(text.isEmpty()
                                || !String.valueOf(e.getMessage()).contains(text))
                        .isTrue());
    }

    @Test
    void anActiveKeyThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> new KeyRing("b", Map.of("a", KEY)))
                .hasMessageContaining("dovetail.encryption.active-key is 'b'")
                .hasMessageContaining("[a]")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(KEY));
    }

    @Test
    void itsTextHoldsNoKeyAndNobodyChangesOne() {
        KeyRing ring = new KeyRing("a", Map.of("a", KEY));
        byte[] given = ring.key("a").orElseThrow();
        given[0] = 1;

        assertThat(ring.toString()).contains("active=a").doesNotContain(KEY);
        assertThat(ring.key("a").orElseThrow()[0]).isZero();
        assertThat(new KeyRing(" ", Map.of()).active()).isEmpty();
    }
}
