package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import dev.dovetail.transaction.OutboxDelivery;
import dev.dovetail.transaction.OutboxMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The process is killed (SIGKILL) while it stores orders and delivers messages of them: each order that was stored is told of, each
 * repetition under the same id, and no order that was not stored (F98).
 */
class KilledOutboxTests {

    private static final int SHORTEST_MILLIS = 50;
    private static final int LONGEST_MILLIS = 400;

    private static final Pattern STORED = Pattern.compile(OutboxProcess.STORED + "(\\S{36})");
    private static final Pattern DELIVERED = Pattern.compile(OutboxProcess.DELIVERED + "(\\S{36}) (\\S{36})");

    @TempDir
    Path directory;

    private final Set<String> acknowledged = new TreeSet<>();
    private final Map<String, List<String>> delivered = new HashMap<>();

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void everyOrderIsToldOf(TestEngine engine) throws Exception {
        kill(engine, 10);
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    @Tag("soak")
    void everyOrderIsToldOfForLong(TestEngine engine) throws Exception {
        kill(engine, 200);
    }

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void whoeverLivesTakesOver(TestEngine engine) throws Exception {
        Map<String, String> database = engine.freshDatabase();
        try (TestApplication application = TestApplication.with(database)) {
            application.defineOwnTables();
        }
        String[] arguments = TestDatabaseAccess.arguments(database);
        try (TestDatabaseAccess access = TestDatabaseAccess.open(arguments);
                Child child =
                        Child.start(Files.createTempDirectory(directory, "child"), OutboxProcess.class, arguments)) {
            OutboxProcess.createTables(access);
            child.await("ready").tell("go");
            // It has the right to deliver, and keeps it.
            child.awaitPrefix(OutboxProcess.DELIVERED);
            child.kill();
            child.exitCode();
            OutboxProcess.store(access, OutboxProcess.outbox(access));
            OutboxDelivery delivery = OutboxProcess.delivery(access, this::deliver);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (waiting(access) > 0) {
                assertThat(System.nanoTime()).as("in time").isLessThan(end);
                delivery.deliver(() -> true);
                TimeUnit.MILLISECONDS.sleep(10);
            }
            delivery.end();
        }
        assertThat(delivered).isNotEmpty();
    }

    private static int waiting(TestDatabaseAccess access) {
        Integer count = access.jdbc().queryForObject("SELECT count(*) FROM dovetail_outbox", Integer.class);
        return count == null ? 0 : count;
    }

    private void kill(TestEngine engine, int rounds) throws Exception {
        Map<String, String> database = engine.freshDatabase();
        try (TestApplication application = TestApplication.with(database)) {
            application.defineOwnTables();
        }
        String[] arguments = TestDatabaseAccess.arguments(database);
        try (TestDatabaseAccess access = TestDatabaseAccess.open(arguments)) {
            OutboxProcess.createTables(access);
        }
        Random random = new Random(42);
        for (int round = 0; round < rounds; round++) {
            Path temporary = Files.createTempDirectory(directory, "child");
            try (Child child = Child.start(temporary, OutboxProcess.class, arguments)) {
                child.await("ready").tell("go");
                readUntilKilled(child, random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS));
            }
        }
        try (TestDatabaseAccess access = TestDatabaseAccess.open(arguments)) {
            access.jdbc().update("UPDATE dovetail_lease SET expires_at = 0");
            access.jdbc().update("UPDATE dovetail_outbox SET next_attempt_at = 0");
            OutboxDelivery delivery = OutboxProcess.delivery(access, this::deliver);
            delivery.deliver(() -> true);
            delivery.end();
            verify(access, engine, rounds);
        }
    }

    private void deliver(OutboxMessage message) {
        delivered.computeIfAbsent(message.payload(), order -> new ArrayList<>()).add(message.id());
    }

    private void readUntilKilled(Child child, int millis) throws IOException {
        String line = child.awaitPrefix(OutboxProcess.DELIVERED);
        Thread killer = new Thread(() -> killAfter(child, millis), "killer");
        killer.start();
        for (String next = line; next != null; next = child.readLine()) {
            note(next);
        }
    }

    // The last line may have been cut; then the order was not removed either.
    private void note(String line) {
        Matcher stored = STORED.matcher(line);
        Matcher told = DELIVERED.matcher(line);
        if (stored.matches()) {
            acknowledged.add(stored.group(1));
        } else if (told.matches()) {
            delivered.computeIfAbsent(told.group(1), order -> new ArrayList<>()).add(told.group(2));
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

    private void verify(TestDatabaseAccess access, TestEngine engine, int rounds) {
        List<String> orders = access.jdbc().queryForList("SELECT id FROM orders", String.class);
        assertThat(orders).containsAll(acknowledged);
        assertThat(waiting(access)).isZero();
        assertThat(delivered.keySet()).as("orders that were told of").containsExactlyInAnyOrderElementsOf(orders);
        assertThat(delivered.values())
                .allSatisfy(ids -> assertThat(Set.copyOf(ids)).hasSize(1));
        long twice = delivered.values().stream().filter(ids -> ids.size() > 1).count();
        System.out.printf(
                "%s: %d orders, %d acknowledged, through %d kills, %d told of more than once%n",
                engine, orders.size(), acknowledged.size(), rounds, twice);
    }
}
