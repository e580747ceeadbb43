package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.transaction.Saga;
import dev.dovetail.transaction.SagaRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The process is killed (SIGKILL) in the midst of sagas: afterwards each of them is done as a whole or undone as a whole, and no
 * step was undone twice; and whoever was told of one that was undone is told of that, too (F95).
 */
class KilledSagaTests {

    private static final int SHORTEST_MILLIS = 50;
    private static final int LONGEST_MILLIS = 400;

    @TempDir
    Path directory;

    private final Set<String> acknowledged = new TreeSet<>();
    private final Set<String> called = new TreeSet<>();

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void everySagaIsDoneOrUndone(TestEngine engine) throws Exception {
        kill(engine, 10);
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    @Tag("soak")
    void everySagaIsDoneOrUndoneForLong(TestEngine engine) throws Exception {
        kill(engine, 200);
    }

    private void kill(TestEngine engine, int rounds) throws Exception {
        Map<String, String> database = engine.freshDatabase();
        try (TestApplication application = TestApplication.with(database)) {
            application.defineOwnTables();
        }
        String[] arguments = TestDatabaseAccess.arguments(database);
        try (TestDatabaseAccess access = TestDatabaseAccess.open(arguments)) {
            SagaProcess.createTables(access);
        }
        Random random = new Random(42);
        for (int round = 0; round < rounds; round++) {
            try (Child child = prepare(arguments)) {
                child.await("ready").tell("go");
                readUntilKilled(child, random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS));
            }
        }
        try (TestDatabaseAccess access = TestDatabaseAccess.open(arguments)) {
            verify(access, engine, rounds);
        }
    }

    private Child prepare(String... arguments) throws IOException {
        return Child.start(Files.createTempDirectory(directory, "child"), SagaProcess.class, arguments);
    }

    private void readUntilKilled(Child child, int millis) throws IOException {
        String line = child.awaitPrefix(SagaProcess.DONE);
        Thread killer = new Thread(() -> killAfter(child, millis), "killer");
        killer.start();
        // The last line may have been cut, so that it is only believed when another one follows.
        for (String following = child.readLine(); following != null; following = child.readLine()) {
            if (line.startsWith(SagaProcess.CALLED)) {
                called.add(line.substring(SagaProcess.CALLED.length()));
            } else {
                acknowledged.add(line.substring(SagaProcess.DONE.length()));
            }
            line = following;
        }
    }

    private static void killAfter(Child child, int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            child.kill();
        }
    }

    private record Ended(String id, String state) {}

    private void verify(TestDatabaseAccess access, TestEngine engine, int rounds) {
        // Nobody owns what the killed ones have left any more.
        access.jdbc().update("UPDATE dovetail_saga SET owned_until = 0");
        SagaRunner runner = SagaProcess.runner(access);
        Saga<String> saga = SagaProcess.saga(runner, access);
        int left = runner.recover(List.of(saga), () -> true);

        List<Ended> sagas = access.jdbc()
                .query(
                        "SELECT id, state FROM dovetail_saga",
                        (row, number) -> new Ended(row.getString("id"), row.getString("state")));
        assertThat(sagas).extracting(Ended::state).containsOnly("COMPLETED", "COMPENSATED");
        for (Ended each : sagas) {
            int bookings = count(access, "SELECT count(*) FROM booking WHERE saga = ?", each.id);
            List<String> undone =
                    access.jdbc().queryForList("SELECT step FROM undone WHERE saga = ?", String.class, each.id);
            if (each.state.equals("COMPLETED")) {
                assertThat(bookings).as("steps of %s", each).isEqualTo(3);
                assertThat(undone).as("undone steps of %s", each).isEmpty();
            } else {
                assertThat(bookings).as("steps of %s", each).isZero();
                assertThat(acknowledged).doesNotContain(each.id);
                assertThat(undone)
                        .as("undone steps of %s: the first ones, as many as were done", each)
                        .containsAll(SagaProcess.STEPS.subList(0, Math.min(undone.size(), SagaProcess.STEPS.size())));
                assertThat(undone.contains(SagaProcess.CALL) || !called.contains(each.id))
                        .as("who was told of %s is told of its end", each)
                        .isTrue();
            }
        }
        int takenOver = count(access, "SELECT count(*) FROM dovetail_saga WHERE token > 1");
        assertThat(takenOver).as("sagas that a killed process left").isPositive();
        assertThat(sagas).extracting(Ended::id).containsAll(acknowledged);
        System.out.printf(
                "%s: %d sagas, %d acknowledged, through %d kills, %d taken over, %d of them by the last%n",
                engine, sagas.size(), acknowledged.size(), rounds, takenOver, left);
    }

    private static int count(TestDatabaseAccess access, String query, Object... values) {
        Integer count = access.jdbc().queryForObject(query, Integer.class, values);
        return count == null ? 0 : count;
    }
}
