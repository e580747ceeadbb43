package dev.dovetail.monitoring.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.OwnThread;
import dev.dovetail.datasource.StatementEvent;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.monitoring.statistics.Statements.Hand;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * How much memory the statistics hold on to: what is on the heap after garbage was collected, with them and without. Four
 * threads execute statements of 300 characters for two hours of a clock that is moved, so that there is in full whatever is
 * kept by thread, minute, duration or error.
 */
class StatisticsMemoryTests {

    private static final int THREADS = 4;
    private static final int TEXTS = 10_000;
    private static final Duration BETWEEN = Duration.ofMillis(7);
    private static final StatisticsSettings SETTINGS = new StatisticsSettings(Duration.ZERO, 500, 10, 1000);

    // Nearly twice the 7 MB that were measured, as others in this JVM come and go.
    private static final long MOST_BYTES = 12 << 20;
    // The texts that are remembered take up to 1.6 MB, and are forgotten together.
    private static final long MOST_GROWTH = 3 << 20;

    private static final String COLUMNS = String.join(
            ", ",
            IntStream.range(0, 12)
                    .mapToObj(column -> "\"orders\".\"column_%02d\"".formatted(column))
                    .toList());
    private static final List<String> CALLERS =
            IntStream.range(0, 100).mapToObj(i -> "Repository.find" + i).toList();
    private static final List<ErrorCode> CODES = List.of(ErrorCode.values());

    private final Hand clock = new Hand();

    @Test
    void aMillionStatementsOfTenThousandTextsNeedNoMoreMemoryThanAsManyAsFillAnHour(TestReporter reporter) {
        execute(Statements.statistics(SETTINGS, clock, CurrentUnit.NONE), 20_000);
        long without = used();
        StatementStatistics statistics = Statements.statistics(SETTINGS, clock, CurrentUnit.NONE);

        long nanos = execute(statistics, 600_000);
        long early = used() - without;
        nanos += execute(statistics, 400_000);
        long late = used() - without;

        reporter.publishEntry("bytes after 600,000 statements", String.valueOf(early));
        reporter.publishEntry("bytes after 1,000,000 statements", String.valueOf(late));
        assertThatAllAreCounted(statistics, 1_000_000, nanos);
        assertThat(late).as("bytes").isBetween(1L << 20, MOST_BYTES);
        assertThat(late - early).as("bytes more").isLessThan(MOST_GROWTH);
    }

    private static void assertThatAllAreCounted(StatementStatistics statistics, long count, long nanos) {
        List<StatementFigures> kept = statistics.statements();
        StatementFigures others = statistics.others();
        assertThat(kept).hasSize(SETTINGS.statements());
        assertThat(statistics.totals().count()).isEqualTo(count);
        assertThat(statistics.totals().totalNanos()).isEqualTo(nanos);
        assertThat(kept.stream().mapToLong(StatementFigures::count).sum() + others.count())
                .isEqualTo(count);
        assertThat(kept.stream().mapToLong(StatementFigures::totalNanos).sum() + others.totalNanos())
                .isEqualTo(nanos);
    }

    // Returns how long they took together.
    private long execute(StatementStatistics statistics, int statements) {
        LongAdder nanos = new LongAdder();
        List<CompletableFuture<Void>> threads = IntStream.range(0, THREADS)
                .mapToObj(thread -> OwnThread.run(() -> {
                    Random random = new Random(thread);
                    for (int i = 0; i < statements / THREADS; i++) {
                        StatementEvent event = statement(random);
                        statistics.onStatement(event);
                        nanos.add(event.totalNanos());
                        goOn();
                    }
                }))
                .toList();
        threads.forEach(CompletableFuture::join);
        return nanos.sum();
    }

    private synchronized void goOn() {
        clock.move(BETWEEN);
    }

    // Every second one is of one of the first hundred; the others come and go.
    private static StatementEvent statement(Random random) {
        int text = random.nextBoolean() ? random.nextInt(100) : random.nextInt(TEXTS);
        String sql = "SELECT " + COLUMNS + " FROM \"orders\" WHERE \"orders\".\"c" + text + "\" = ?";
        if (random.nextInt(100) == 0) {
            return Statements.failed(sql, CODES.get(random.nextInt(CODES.size())));
        }
        // As many between 1 and 10 µs as between 0.1 and 1 s.
        long nanos = (long) Math.pow(10, 3 + 6 * random.nextDouble());
        String caller = CALLERS.get(random.nextInt(CALLERS.size()));
        return new StatementEvent(sql, ConnectionRole.READER, 0, 1, nanos, nanos, 1, true, null, caller);
    }

    private static long used() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        return IntStream.range(0, 5)
                .mapToLong(i -> {
                    memory.gc();
                    return memory.getHeapMemoryUsage().getUsed();
                })
                .min()
                .orElseThrow();
    }
}
