package dev.dovetail.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ApplicationNameTests {

    @Test
    void isCutToWholeCharacters() {
        assertThat(ApplicationName.fitted("a".repeat(63))).hasSize(63);
        assertThat(ApplicationName.fitted("a".repeat(64))).isEqualTo("a".repeat(63));
        assertThat(ApplicationName.fitted("a".repeat(62) + "ğ")).isEqualTo("a".repeat(62));
        assertThat(ApplicationName.fitted("a".repeat(60) + "🦉b")).isEqualTo("a".repeat(60));
        assertThat(ApplicationName.fitted("🦉".repeat(20)).getBytes(StandardCharsets.UTF_8))
                .hasSize(60);
    }

    @Test
    void holdsNothingThatWouldEndTheStartUpMessage() {
        assertThat(ApplicationName.fitted("a\u0000b\nc")).isEqualTo("a?b?c");
    }

    @Test
    void isRecognisedAsTheServerWritesIt() {
        assertThat(ApplicationName.isShownAs("Bücher", "B\\xc3\\xbccher")).isTrue();
        assertThat(ApplicationName.isShownAs("Bücher", "B??cher")).isTrue();
        assertThat(ApplicationName.isShownAs("Bücher", "Bücher")).isTrue();
        assertThat(ApplicationName.isShownAs("Bücher", "Bucher")).isFalse();
    }
}
