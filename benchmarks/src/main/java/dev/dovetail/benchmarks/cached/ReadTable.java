package dev.dovetail.benchmarks.cached;

import dev.dovetail.benchmarks.cached.ReadRounds.ReadTime;
import dev.dovetail.benchmarks.report.MarkdownTable;
import dev.dovetail.benchmarks.report.Spread;
import dev.dovetail.benchmarks.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Reads that a cache answers, beside Spring's. */
final class ReadTable {

    private static final double LIMIT = 1;

    private final List<ReadTime> times;

    ReadTable(List<ReadTime> times) {
        this.times = times;
    }

    String markdown() {
        if (times.isEmpty()) {
            return "";
        }
        MarkdownTable table = new MarkdownTable(
                "a row by id, from the cache", "ns per call", "÷ " + ReadWay.CACHEABLE.title(), "bytes per call");
        for (int threads : threads()) {
            for (ReadWay way : ReadWay.values()) {
                nanos(way, threads)
                        .ifPresent(nanos -> table.row(
                                way.title() + ", " + count(threads),
                                nanos.text(),
                                quotient(way, threads).map(Spread::text).orElse(""),
                                spread(way, threads, ReadTime::bytes)
                                        .map(bytes -> Spread.number(bytes.median()))
                                        .orElse("")));
            }
        }
        return "### Hits\n\n" + table + "\n";
    }

    List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        for (int threads : threads()) {
            quotient(ReadWay.REPOSITORY, threads)
                    .ifPresent(times -> verdicts.add(Verdict.atMost(
                            LIMIT,
                            "%s, %s: time of a hit ÷ %s"
                                    .formatted(ReadWay.REPOSITORY.title(), count(threads), ReadWay.CACHEABLE.title()),
                            times)));
        }
        return verdicts;
    }

    private List<Integer> threads() {
        return times.stream().map(ReadTime::threads).distinct().sorted().toList();
    }

    private static String count(int threads) {
        return threads == 1 ? "1 thread" : threads + " threads";
    }

    private Optional<Spread> quotient(ReadWay way, int threads) {
        return nanos(way, threads)
                .flatMap(own -> nanos(ReadWay.CACHEABLE, threads).map(own::over));
    }

    private Optional<Spread> nanos(ReadWay way, int threads) {
        return spread(way, threads, ReadTime::nanos);
    }

    private Optional<Spread> spread(ReadWay way, int threads, ToDoubleFunction<ReadTime> figure) {
        double[] values = times.stream()
                .filter(time -> time.way() == way && time.threads() == threads)
                .mapToDouble(figure)
                .toArray();
        return values.length > 0 ? Optional.of(Spread.of(values)) : Optional.empty();
    }
}
