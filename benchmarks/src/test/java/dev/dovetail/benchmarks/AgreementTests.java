package dev.dovetail.benchmarks;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dovetail.benchmarks.peer.Peer;
import dev.dovetail.benchmarks.subject.Agreement;
import dev.dovetail.benchmarks.subject.DatabaseUnderTest;
import dev.dovetail.benchmarks.subject.Databases;
import dev.dovetail.benchmarks.subject.Engine;
import dev.dovetail.benchmarks.subject.SampleUsers;
import dev.dovetail.benchmarks.subject.Subject;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Everybody does the same work on both databases, and whoever does not is found out. */
class AgreementTests {

    private static final int ROWS = 60;

    static Stream<Arguments> everybodyEverywhere() {
        return Stream.of(Engine.values())
                .flatMap(engine ->
                        Stream.of(Peer.values()).filter(Peer::isComplete).map(peer -> Arguments.of(engine, peer)));
    }

    @ParameterizedTest
    @MethodSource("everybodyEverywhere")
    void everybodyDoesTheSameWork(Engine engine, Peer peer) {
        try (DatabaseUnderTest database = Databases.copy(engine, ROWS);
                Subject subject = peer.open(database)) {
            Agreement.check(subject, database, ROWS);
            assertThat(database.queryForLong("SELECT count(*) FROM users")).isEqualTo(ROWS);
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aTableThatHoldsSomethingElseIsFoundOut(Engine engine) {
        try (DatabaseUnderTest database = Databases.copy(engine, ROWS);
                Subject subject = Peer.JDBC.open(database)) {
            database.execute("UPDATE users SET name = 'Somebody else' WHERE id = 31");
            assertThatIllegalStateException()
                    .isThrownBy(() -> Agreement.check(subject, database, ROWS))
                    .withMessageContaining("row among all");
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void theTableIsFilledAsTheSampleSays(Engine engine) {
        try (DatabaseUnderTest database = Databases.copy(engine, ROWS);
                Subject subject = Peer.JDBC.open(database)) {
            assertThat(subject.all())
                    .hasSize(ROWS)
                    .allSatisfy(user -> assertThat(user).isEqualTo(SampleUsers.stored(requireNonNull(user.id()))));
        }
    }
}
