package dev.dovetail.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnknownNameExceptionTests {

    private static UnknownNameException of(String name, String... available) {
        return UnknownNameException.of("column", name, "table \"t\"", List.of(available));
    }

    @ParameterizedTest
    @CsvSource({
        "emial, email",
        "EMAIL, email",
        "emai, email",
        "e_mail, email",
        "fist_name, first_name",
        "frist_name, first_name",
        "firstName, first_name",
        "TITLE, title",
        "ıd, id"
    })
    void whenANameIsMistypedThenTheOneThatWasMeantIsNamed(String mistyped, String meant) {
        assertThat(of(mistyped, "id", "title", "email", "first_name", "created_at"))
                .hasMessageContaining(". Did you mean " + meant + "?");
    }

    @Test
    void whenSeveralAreAlikeThenTheNearestComesFirstAndThreeAreEnough() {
        assertThat(of("colour", "colours", "color", "colour2", "kolour", "size"))
                .hasMessageContaining("Did you mean color or colour2 or colours?");
    }

    @Test
    void whenNothingIsAlikeThenNothingIsProposed() {
        assertThat(of("xyz", "id", "name"))
                .hasMessage("There is no column \"xyz\" in table \"t\". There are: id, name.");
        assertThat(of("xyz")).hasMessage("There is no column \"xyz\" in table \"t\". There are none.");
        assertThat(of("", "id")).hasMessageContaining("no column \"\"");
    }

    @Test
    void whenNamesAreEndlessThenTheMessageIsNot() {
        String endless = "x".repeat(10_000);
        String[] available = IntStream.range(0, 500).mapToObj(i -> endless + i).toArray(String[]::new);

        UnknownNameException thrown = of(endless, available);

        assertThat(thrown.getMessage()).hasSizeLessThan(50 * 103 + 300).endsWith(" and 450 more.");
        assertThat(thrown.available()).hasSize(500);
    }

    @Test
    void whenANameHasControlCharactersThenTheyDoNotReachTheLog() {
        String hostile = "a\r\nERROR b\t\u0000\u0007\u001b[31m\u0085\u009b\u2028\u2029\u202e\u200b\ud800";

        String message = String.valueOf(of(hostile, hostile + "c").getMessage());

        assertThat(message).matches("[\\x20-\\x7e]+").contains("a??ERROR b");
    }

    @Test
    void whenANameIsCutThenNoCharacterIsHalved() {
        String message = String.valueOf(of("😀".repeat(200), "id").getMessage());

        assertThat(message).contains("\"" + "😀".repeat(100) + "…\"");
    }

    @Test
    void whenItTravelsThenItKeepsWhatItKnows() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(of("x", "b", "a"));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((UnknownNameException) in.readObject()).available()).containsExactly("a", "b");
        }
    }
}
