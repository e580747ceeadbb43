package dev.dovetail.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyColumnsTests {

    @Test
    void areReadWhateverTheLanguageAndTheNames() {
        assertThat(KeyColumns.of("Key (a, b)=(1, 2) already exists.")).containsExactly("a", "b");
        assertThat(KeyColumns.of("Schlüssel »(email)=(x)« existiert bereits.")).containsExactly("email");
        assertThat(KeyColumns.of("Key (lower(email), tenant)=(a@b, 1) already exists."))
                .containsExactly("lower(email)", "tenant");
        assertThat(KeyColumns.of("Key (\"Weird, )=( \"\"Name\"\"\", b)=(1, 2) already exists."))
                .containsExactly("Weird, )=( \"Name\"", "b");
        assertThat(KeyColumns.of("Key (COALESCE(a, b))=(1) already exists.")).containsExactly("COALESCE(a, b)");
    }

    @Test
    void valuesAreNeverTakenForColumns() {
        assertThat(KeyColumns.of("Key (a)=(s3cr3t)=(x) already exists.")).containsExactly("a");
        assertThat(KeyColumns.of("Failing row contains (s3cr3t, null).")).isEmpty();
        assertThat(KeyColumns.of("Key (s3cr3t")).isEmpty();
        assertThat(KeyColumns.of("Key")).isEmpty();
        assertThat(KeyColumns.of(null)).isEmpty();
    }
}
