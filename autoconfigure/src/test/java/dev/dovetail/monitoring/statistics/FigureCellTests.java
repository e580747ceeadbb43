package dev.dovetail.monitoring.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FigureCellTests {

    private static final long START = 29_000_000L * Execution.MILLIS_PER_MINUTE;

    private static Execution execution(Random random, long millis) {
        return new Execution(
                millis,
                random.nextInt(1_000, 1_000_000_000),
                random.nextInt(5),
                random.nextInt(9) == 0,
                random.nextInt(7) == 0);
    }

    // As threads of one clock come to a cell: about in its order, over most of an hour.
    private static List<Execution> executions(Random random) {
        List<Execution> executions = new ArrayList<>();
        for (int minute = 2; minute < 55; minute += random.nextInt(4)) {
            for (int i = random.nextInt(30); i > 0; i--) {
                executions.add(
                        execution(random, START + minute * Execution.MILLIS_PER_MINUTE - random.nextInt(120_000)));
            }
        }
        return executions;
    }

    private static Minute counted(List<Execution> executions, long from, long to) {
        Minute sum = new Minute(true);
        executions.stream()
                .filter(each -> each.minute() >= from && each.minute() <= to)
                .forEach(sum::add);
        return sum;
    }

    private static void assertSame(Minute actual, Minute expected) {
        assertThat(actual)
                .usingRecursiveComparison()
                .ignoringFields("number", "durations")
                .isEqualTo(expected);
        for (double share : new double[] {0.01, 0.5, 0.95, 0.99, 1}) {
            assertThat(actual.percentile(share)).isEqualTo(expected.percentile(share));
        }
    }

    private static void assertHolds(List<FigureCell> cells, List<Execution> executions) {
        long first = START / Execution.MILLIS_PER_MINUTE;
        Minute all = new Minute(true);
        cells.forEach(cell -> cell.addTo(all));
        assertSame(all, counted(executions, Long.MIN_VALUE, Long.MAX_VALUE));
        for (long from = first; from < first + 56; from += 5) {
            for (long to = from; to < first + 56; to += 7) {
                Minute sum = new Minute(true);
                for (FigureCell cell : cells) {
                    cell.addTo(sum, from, to);
                }
                assertSame(sum, counted(executions, from, to));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void everyMinuteHasWhatHappenedInIt(int seed) {
        List<Execution> executions = executions(new Random(seed));
        FigureCell cell = new FigureCell(true);
        executions.forEach(cell::add);
        assertHolds(List.of(cell), executions);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11, 12, 13, 14, 15, 16, 17, 18, 19})
    void cellsHaveWhatHappenedTogether(int seed) {
        Random random = new Random(seed);
        List<Execution> executions = executions(random);
        List<FigureCell> cells =
                IntStream.range(0, 4).mapToObj(i -> new FigureCell(true)).toList();
        executions.forEach(each -> cells.get(random.nextInt(cells.size())).add(each));
        assertHolds(cells, executions);
    }

    @Test
    void whatHappenedElsewhereCountsInTheSumOnly() {
        Random random = new Random(30);
        List<Execution> elsewhere = executions(random);
        FigureCell cell = new FigureCell(true);
        Execution own = execution(random, START);
        cell.add(own);
        cell.add(counted(elsewhere, Long.MIN_VALUE, Long.MAX_VALUE));
        Minute all = new Minute(true);
        cell.addTo(all);
        Minute hour = new Minute(true);
        cell.addTo(hour, 0, Long.MAX_VALUE);
        assertSame(hour, counted(List.of(own), Long.MIN_VALUE, Long.MAX_VALUE));
        elsewhere.add(own);
        assertSame(all, counted(elsewhere, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    @Test
    void anHourLaterItsPlaceIsTaken() {
        FigureCell cell = new FigureCell(false);
        Random random = new Random(20);
        long minutes = START / Execution.MILLIS_PER_MINUTE;
        for (int minute = 0; minute <= FigureCell.MINUTES; minute++) {
            cell.add(execution(random, START + minute * Execution.MILLIS_PER_MINUTE));
        }
        cell.add(execution(random, START + (FigureCell.MINUTES + 1L) * Execution.MILLIS_PER_MINUTE));
        Minute all = new Minute(true);
        cell.addTo(all);
        assertThat(all.count).isEqualTo(FigureCell.MINUTES + 2);
        Minute gone = new Minute(false);
        cell.addTo(gone, minutes, minutes);
        assertThat(gone.count).isZero();
        Minute kept = new Minute(false);
        cell.addTo(kept, minutes + 2, minutes + FigureCell.MINUTES + 1);
        assertThat(kept.count).isEqualTo(FigureCell.MINUTES);
    }

    @Test
    void anEmptyOneHasNothing() {
        Minute all = new Minute(true);
        new FigureCell(true).addTo(all);
        assertSame(all, new Minute(true));
    }
}
