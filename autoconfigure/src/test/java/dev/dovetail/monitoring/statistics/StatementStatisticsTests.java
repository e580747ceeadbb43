package dev.dovetail.monitoring.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.dovetail.contract.OwnThread;
import dev.dovetail.datasource.OperationContext;
import dev.dovetail.datasource.StatementEvent;
import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.monitoring.statistics.Statements.Hand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whether the figures are those of what was executed. */
class StatementStatisticsTests {

    private final Hand clock = new Hand();
    private final StatementStatistics statistics =
            Statements.statistics(StatisticsSettings.DEFAULTS, clock, CurrentUnit.NONE);

    @Test
    void figuresAreThoseComputedByHand() {
        for (long millis : new long[] {1, 2, 3, 4, 190, 200, 1000}) {
            statistics.onStatement(Statements.query("SELECT a FROM t WHERE id = " + millis, 0, millis, 2, "Ts.find"));
            clock.move(Duration.ofSeconds(1));
        }
        StatementFigures figures = only();
        assertThat(figures.text()).isEqualTo("SELECT a FROM t WHERE id = ?");
        assertThat(figures.id()).matches("[0-9a-f]{16}");
        assertThat(figures.query()).isTrue();
        assertThat(figures.count()).isEqualTo(7);
        assertThat(figures.errors()).isZero();
        assertThat(figures.slow()).isEqualTo(2);
        assertThat(figures.rows()).isEqualTo(14);
        assertThat(figures.totalNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1400));
        assertThat(figures.meanNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(200));
        assertThat(figures.maxNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1000));
        assertThat((double) figures.p50Nanos()).isCloseTo(4e6, within(0.13e6));
        assertThat(figures.p99Nanos()).isBetween(970_000_000L, 1_000_000_000L);
        assertThat(figures.callers()).containsExactly("Ts.find");
        assertThat(figures.first()).isEqualTo(Statements.START);
        assertThat(figures.last()).isEqualTo(Statements.START.plusSeconds(6));
    }

    private StatementFigures only() {
        assertThat(statistics.statements()).hasSize(1);
        return statistics.statements().get(0);
    }

    @Test
    void whatMaintenanceExecutesIsNotCounted() {
        statistics.onStatement(new StatementEvent(
                "VACUUM", ConnectionRole.MAINTENANCE, 0, 1, 9, 9_000_000_000L, 0, false, null, null));
        assertThat(statistics.statements()).isEmpty();
        assertThat(statistics.totals().count()).isZero();
    }

    @Test
    void whatHealthAsksIsNotCounted() {
        statistics.onStatement(Statements.query("SELECT version()", 0, 900, 1, OperationContext.HEALTH));
        assertThat(statistics.statements()).isEmpty();
        assertThat(statistics.totals().count()).isZero();
    }

    @Test
    void callersAreBounded() {
        for (int i = 0; i < 1000; i++) {
            statistics.onStatement(Statements.query("SELECT 1", 0, 1, 1, "Repository.method" + i));
        }
        assertThat(only().callers()).hasSize(8).startsWith("Repository.method0");
    }

    @Test
    void aTextOfAnyLengthIsCutAndStillToldFromAnother() {
        String prefix = "SELECT " + "a, ".repeat(5000);
        statistics.onStatement(Statements.query(prefix + "b FROM t", 1));
        statistics.onStatement(Statements.query(prefix + "c FROM t", 1));
        assertThat(statistics.statements())
                .hasSize(2)
                .allMatch(each -> each.text().length() == 4097);
    }

    @Test
    void aMillionCallsOfTenThousandTextsAreCountedExactlyInBoundedMemory() {
        Random random = new Random(1);
        int calls = 1_000_000;
        long[] counts = new long[10_000];
        long[] nanos = new long[10_000];
        long longest = 0;
        for (int i = 0; i < calls; i++) {
            // Every second call is of one of the first hundred; the others come and go.
            int text = i % 2 == 0 ? random.nextInt(100) : random.nextInt(10_000);
            long duration = 1_000L + random.nextInt(500_000);
            counts[text]++;
            nanos[text] += duration;
            longest = Math.max(longest, duration);
            statistics.onStatement(Statements.query("SELECT c" + text + " FROM t", duration));
        }
        long total = Arrays.stream(nanos).sum();
        assertThat(statistics.totals().count()).isEqualTo(calls);
        assertThat(statistics.totals().totalNanos()).isEqualTo(total);
        assertThat(statistics.totals().maxNanos()).isEqualTo(longest);
        List<StatementFigures> kept = statistics.statements();
        assertThat(kept).hasSize(500);
        StatementFigures others = statistics.others();
        assertThat(kept.stream().mapToLong(StatementFigures::count).sum() + others.count())
                .isEqualTo(calls);
        assertThat(kept.stream().mapToLong(StatementFigures::totalNanos).sum() + others.totalNanos())
                .isEqualTo(total);
        assertThat(kept.stream().mapToLong(StatementFigures::rows).sum() + others.rows())
                .isEqualTo(calls);
        assertThatTheMostUsedAreKept(kept, counts);
    }

    private static void assertThatTheMostUsedAreKept(List<StatementFigures> kept, long[] counts) {
        Map<String, Long> known = new HashMap<>();
        kept.forEach(each -> known.put(each.text(), each.count()));
        for (int text = 0; text < 100; text++) {
            assertThat(known).as("text %d", text).containsKey("SELECT c" + text + " FROM t");
            // What it did before it was kept is with the others.
            assertThat(known.get("SELECT c" + text + " FROM t")).isBetween(counts[text] - 64, counts[text]);
        }
    }

    @Test
    void whatIsKeptFollowsItsUse() {
        StatementStatistics few =
                Statements.statistics(new StatisticsSettings(Duration.ZERO, 10, 10, 0), clock, () -> null);
        for (int i = 0; i < 10; i++) {
            execute(few, "SELECT old" + i + " FROM t", 50);
        }
        clock.move(Duration.ofMinutes(62));
        execute(few, "SELECT old3 FROM t", 50);
        for (int i = 0; i < 9; i++) {
            execute(few, "SELECT young" + i + " FROM t", 20);
        }
        assertThat(few.statements())
                .extracting(StatementFigures::text)
                .contains("SELECT old3 FROM t")
                .filteredOn(text -> text.startsWith("SELECT young"))
                .hasSize(9);
        assertThat(few.statements().stream().mapToLong(StatementFigures::count).sum()
                        + few.others().count())
                .isEqualTo(10 * 50 + 50 + 9 * 20);
    }

    @Test
    void whatIsRareDoesNotReplaceWhatIsUsed() {
        StatementStatistics few = Statements.statistics(2);
        execute(few, "SELECT a FROM t", 1000);
        execute(few, "SELECT b FROM t", 1000);
        for (int i = 0; i < 10_000; i++) {
            execute(few, "SELECT x" + i + " FROM t", 1);
        }
        assertThat(few.statements()).extracting(StatementFigures::count).containsExactly(1000L, 1000L);
        assertThat(few.others().count()).isEqualTo(10_000);
    }

    private static void execute(StatementStatistics statistics, String sql, int times) {
        for (int i = 0; i < times; i++) {
            statistics.onStatement(Statements.query(sql, 1000));
        }
    }

    @Test
    void eightThreadsAreCountedExactlyWhileStatementsAreReplaced() {
        StatementStatistics few = Statements.statistics(20);
        int each = 50_000;
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            Random random = new Random(thread);
            threads.add(OwnThread.run(() -> {
                for (int i = 0; i < each; i++) {
                    int text = i % 2 == 0 ? 0 : 1 + i / 1000 * 7 + random.nextInt(40);
                    few.onStatement(Statements.query("SELECT c" + text + " FROM t", 1000 + i));
                }
            }));
        }
        long read = 0;
        while (!threads.stream().allMatch(CompletableFuture::isDone)) {
            read += few.statements().size() + few.totals(Duration.ofMinutes(1)).count();
        }
        threads.forEach(CompletableFuture::join);
        assertThat(read).isPositive();
        List<StatementFigures> kept = few.statements();
        long sum = kept.stream().mapToLong(StatementFigures::count).sum();
        assertThat(sum + few.others().count()).isEqualTo(8L * each);
        assertThat(few.totals().count()).isEqualTo(8L * each);
        assertThat(few.totals().totalNanos()).isEqualTo(8 * (1000L * each + each * (each - 1L) / 2));
        assertThat(few.totals(Duration.ofHours(1)).count()).isEqualTo(8L * each);
        assertThat(few.insights(Duration.ofHours(1), 1).mostFrequent().get(0).count())
                .isEqualTo(8L * each / 2);
    }

    @Test
    void aWindowHoldsTheMinutesItCovers() {
        statistics.onStatement(Statements.query("SELECT 1", 0, 10, 1, null));
        clock.move(Duration.ofMinutes(5));
        statistics.onStatement(Statements.query("SELECT 1", 0, 30, 1, null));
        assertThat(statistics.totals(Duration.ofMinutes(4)).count()).isEqualTo(1);
        assertThat(statistics.totals(Duration.ofMinutes(5)).count()).isEqualTo(2);
        assertThat(statistics.totals(Duration.ofMinutes(4)).meanNanos()).isEqualTo(30_000_000);
        clock.move(Duration.ofMinutes(55));
        assertThat(statistics.totals(Duration.ofDays(9)).count()).isEqualTo(2);
        clock.move(Duration.ofMinutes(1));
        assertThat(statistics.totals(Duration.ofHours(1)).count()).isEqualTo(1);
        assertThat(statistics.minutes()).hasSize(61);
        assertThat(statistics.minutes().get(5).figures().count()).isZero();
        assertThat(statistics.minutes().get(4).figures().count()).isEqualTo(1);
        assertThat(statistics.totals().count()).isEqualTo(2);
        clock.move(Duration.ofDays(-1));
        assertThat(statistics.minutes()).hasSize(61);
        statistics.onStatement(Statements.query("SELECT 1", 0, 30, 1, null));
        assertThat(statistics.totals().count()).isEqualTo(3);
    }

    @Test
    void ofTheMinutesBeforeTheStartNothingIsKnown() {
        assertThat(statistics.minutes()).hasSize(1);
        clock.move(Duration.ofMinutes(5));
        assertThat(statistics.minutes()).hasSize(6);
        clock.move(Duration.ofDays(1));
        assertThat(statistics.minutes()).hasSize(61);
    }

    @Test
    void whenTheClockWasAheadForAnHourThenWhatComesAfterIsCounted() {
        clock.move(Duration.ofDays(1));
        for (int i = 0; i < 70; i++) {
            statistics.onStatement(Statements.query("SELECT 1", 0, 10, 1, null));
            clock.move(Duration.ofMinutes(1));
        }
        clock.move(Duration.ofDays(-1));
        statistics.onStatement(Statements.query("SELECT 1", 0, 30, 1, null));

        assertThat(statistics.totals(Duration.ofMinutes(1)).count()).isEqualTo(1);
        assertThat(statistics.totals(Duration.ofMinutes(1)).maxNanos()).isEqualTo(30_000_000);
        assertThat(statistics.insights(Duration.ofMinutes(1), 1).slowest()).hasSize(1);
        assertThat(statistics.totals().count()).isEqualTo(71);
    }

    @Test
    void insightsOfAScriptedLoadAreExactlyThese() {
        for (int i = 0; i < 20; i++) {
            statistics.onStatement(Statements.query("SELECT a FROM t WHERE id = " + i, 0, 1, 1, null));
        }
        for (int i = 0; i < 5; i++) {
            statistics.onStatement(Statements.query("SELECT b FROM t", 0, 300, 1, null));
        }
        for (int i = 0; i < 3; i++) {
            statistics.onStatement(Statements.failed("INSERT INTO c VALUES (" + i + ")", ErrorCode.UNIQUE_VIOLATION));
        }
        QueryInsights insights = statistics.insights(Duration.ofMinutes(10), 1);
        assertThat(insights.slowest()).extracting(StatementInsight::text).containsExactly("SELECT b FROM t");
        assertThat(insights.slowest().get(0).averageTime()).isEqualTo(Duration.ofMillis(300));
        assertThat(insights.mostFrequent())
                .extracting(StatementInsight::text, StatementInsight::count)
                .containsExactly(tuple("SELECT a FROM t WHERE id = ?", 20L));
        assertThat(insights.mostTotalTime()).extracting(StatementInsight::text).containsExactly("SELECT b FROM t");
        assertThat(insights.errorPatterns()).hasSize(1);
        ErrorPattern pattern = insights.errorPatterns().get(0);
        assertThat(pattern.error()).isEqualTo(ErrorCode.UNIQUE_VIOLATION);
        assertThat(pattern.count()).isEqualTo(3);
        assertThat(pattern.statements())
                .extracting(ErrorPattern.FailedStatement::text, ErrorPattern.FailedStatement::count)
                .containsExactly(tuple("INSERT INTO c VALUES (?)", 3L));
        assertThat(insights.nPlusOne()).isEmpty();
        assertThat(insights.largeResults()).isEmpty();
        clock.move(Duration.ofMinutes(12));
        assertThat(statistics.insights(Duration.ofMinutes(10), 5))
                .isEqualTo(QueryInsights.none(Duration.ofMinutes(10)));
        assertThatIllegalArgumentException().isThrownBy(() -> statistics.insights(Duration.ZERO, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> statistics.insights(Duration.ofHours(1), 0));
    }
}
