package dev.dovetail.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.datasource.RoutingDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The process is killed (SIGKILL) while four threads commit: what was acknowledged is there, nothing is there by half, and
 * the file is sound.
 *
 * <p>With {@code journal_mode=off} the fourteenth kill left half a transaction.
 */
class KilledProcessTests {

    private static final int KILLS_PER_FILE = 25;
    private static final int SHORTEST_MILLIS = 100;
    private static final int LONGEST_MILLIS = 700;

    @TempDir
    Path directory;

    @Test
    void nothingAcknowledgedIsLostAndNothingIsHalfWritten() throws Exception {
        killWhileCommitting(1);
    }

    @Test
    @Tag("soak")
    void nothingAcknowledgedIsLostAndNothingIsHalfWrittenForLong() throws Exception {
        killWhileCommitting(40);
    }

    private void killWhileCommitting(int files) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int survivors = 0;
        for (int i = 1; i <= files; i++) {
            survivors += killWhileCommitting(directory.resolve("killed-" + i + ".db"), random, seed);
        }
        System.out.printf("%d acknowledged transactions survived %d kills%n", survivors, files * KILLS_PER_FILE);
    }

    private int killWhileCommitting(Path file, Random random, long seed) throws Exception {
        Set<Integer> acknowledged = new TreeSet<>();
        Child next = prepare(file);
        try {
            for (int round = 1; round <= KILLS_PER_FILE; round++) {
                Child running = next;
                // Starting a JVM takes longer than what is tested, so the next one starts meanwhile.
                next = prepare(file);
                running.await("ready").tell("go");
                readUntilKilled(running, acknowledged, random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS));
                verify(file, acknowledged, round, seed);
            }
        } finally {
            next.close();
        }
        assertThat(acknowledged.size()).as("transactions in %s", file).isGreaterThan(KILLS_PER_FILE);
        return acknowledged.size();
    }

    private Child prepare(Path file) throws IOException {
        Path temporary = Files.createTempDirectory(directory, "child");
        return Child.start(temporary, Committer.class, file.toString());
    }

    private static void readUntilKilled(Child child, Set<Integer> acknowledged, int millis) throws IOException {
        String line = child.awaitPrefix(Committer.ACKNOWLEDGED);
        Thread killer = new Thread(() -> killAfter(child, millis), "killer");
        killer.start();
        // The last line may have been cut, so that it is only believed when another one follows.
        for (String following = child.readLine(); following != null; following = child.readLine()) {
            acknowledged.add(Integer.valueOf(line.substring(Committer.ACKNOWLEDGED.length())));
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

    private static void verify(Path file, Set<Integer> acknowledged, int round, long seed) {
        try (RoutingDataSource dataSource = Committer.open(file)) {
            assertThat(new JdbcTemplate(dataSource).queryForList("PRAGMA integrity_check", String.class))
                    .as("round %d, seed %d", round, seed)
                    .containsExactly("ok");
            // One more each round: the acknowledgement that may have been cut.
            new Ledger(dataSource).verify(acknowledged, round * (Committer.THREADS + 1));
        } catch (AssertionError e) {
            throw new AssertionError("Round %d, seed %d".formatted(round, seed), e);
        }
    }
}
