package dev.dovetail.benchmarks.hitrate;

import dev.dovetail.benchmarks.report.BarChart;
import dev.dovetail.benchmarks.report.BarChart.Bar;
import dev.dovetail.benchmarks.report.MarkdownTable;
import dev.dovetail.benchmarks.report.Spread;
import dev.dovetail.benchmarks.report.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Table, plot and verdicts: W-TinyLFU beside the best of the others. */
final class HitRateReport {

    private static final double LIMIT = 1;

    private final Map<String, List<HitRate>> cases = new LinkedHashMap<>();

    HitRateReport(List<HitRate> rates) {
        rates.forEach(rate ->
                cases.computeIfAbsent(title(rate), none -> new ArrayList<>()).add(rate));
    }

    String markdown() {
        List<String> titles = new ArrayList<>(List.of("% of the keys were in the cache"));
        for (Policy policy : Policy.values()) {
            titles.add(policy.title());
        }
        MarkdownTable table = new MarkdownTable(titles.toArray(String[]::new));
        cases.forEach((title, rates) -> {
            List<String> row = new ArrayList<>(List.of(title));
            for (Policy policy : Policy.values()) {
                row.add(percent(find(rates, policy).spread()));
            }
            table.row(row.toArray(String[]::new));
        });
        return table + "\n" + Verdict.table(verdicts());
    }

    List<Verdict> verdicts() {
        return cases.entrySet().stream()
                .map(each -> verdict(each.getKey(), each.getValue()))
                .toList();
    }

    String plot() {
        BarChart chart = new BarChart(
                "Hit rates of a full cache",
                "Percent of the keys that were in the cache: longer is better. Medians over runs.",
                0);
        cases.forEach((title, rates) ->
                chart.group(title, rates.stream().map(HitRateReport::bar).toList()));
        return chart.svg();
    }

    private static Verdict verdict(String title, List<HitRate> rates) {
        Spread own = find(rates, Policy.W_TINY_LFU).spread();
        HitRate best = rates.stream()
                .filter(rate -> rate.policy() != Policy.W_TINY_LFU)
                .max(Comparator.comparingDouble(rate -> rate.spread().median()))
                .orElseThrow();
        double other = best.spread().median();
        return new Verdict(
                "%s: at most 1 point below the best other, here %s"
                        .formatted(title, best.policy().title()),
                String.format(
                        Locale.ROOT,
                        "%+.2f (%+.2f to %+.2f)",
                        own.median() - other,
                        own.min() - other,
                        own.max() - other),
                own.median() >= other - LIMIT);
    }

    private static Bar bar(HitRate rate) {
        Spread spread = rate.spread();
        return new Bar(rate.policy().title(), spread.median(), percent(spread), rate.policy() == Policy.W_TINY_LFU);
    }

    private static HitRate find(List<HitRate> rates, Policy policy) {
        return rates.stream()
                .filter(rate -> rate.policy() == policy)
                .findFirst()
                .orElseThrow();
    }

    private static String percent(Spread spread) {
        return spread.values().size() == 1
                ? String.format(Locale.ROOT, "%.2f", spread.median())
                : String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", spread.median(), spread.min(), spread.max());
    }

    private static String title(HitRate rate) {
        return String.format(Locale.ROOT, "%s, %,d entries", rate.trace(), rate.entries());
    }
}
